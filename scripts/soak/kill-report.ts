import { killOften } from './kill.ts'

/** 500 kills of the host at random moments: every text is back, no submit was done twice, and what is said of one is so. */
export async function soakKill(options: { readonly count: number | null; readonly seed: number }): Promise<boolean> {
  const { count, seed } = options
  const kills = count ?? 500
  console.log(`${kills} kills, seed ${seed}`)
  const { broken, ...told } = await killOften({ kills, seed })
  console.log(told)
  for (const one of broken) console.log(`BROKEN: ${one}`)
  console.log(broken.length === 0 ? 'Every text came back, and no submit was done twice.' : `${broken.length} broken.`)
  return broken.length === 0
}
