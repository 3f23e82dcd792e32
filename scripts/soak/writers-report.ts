import { writeTogether } from './writers.ts'

/** 20,000 edits by eight writers on one object: every accepted one is in the object, or was overwritten by who had seen it. */
export async function soakWriters(options: { readonly count: number | null; readonly seed: number }): Promise<boolean> {
  const { count, seed } = options
  const edits = count ?? 20_000
  console.log(`${edits} edits, seed ${seed}`)
  const { broken, ...told } = await writeTogether({ edits, seed })
  console.log(told)
  for (const one of broken) console.log(`BROKEN: ${one}`)
  console.log(broken.length === 0 ? 'Every accepted write is accounted for.' : `${broken.length} are not.`)
  return broken.length === 0 && Object.keys(told.refused).length === 0
}
