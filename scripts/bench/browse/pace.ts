import { setTimeout as delay } from 'node:timers/promises'
import { seeded } from '../../soak/random.ts'
import type { Churned } from './seam.ts'

/** So many of a list's first rows are certainly on screen. */
export const inSightRows = 15

/** A change of the row of that index. */
export type Change = { readonly index: number; readonly number: number }

/** What a change writes into the Status: its number, and the time at which it is sent. */
export function statusOf({ number }: Change): string {
  return `c${number}@${Date.now()}`
}

/** Makes changes of random rows at an even pace, a batch every few milliseconds; one in twenty is of the first rows. */
export async function changeAtPace(
  { perSecond, seconds, count }: { readonly perSecond: number; readonly seconds: number; readonly count: number },
  write: (changes: readonly Change[]) => void,
): Promise<Churned> {
  const random = seeded(1)
  const began = Date.now()
  const changes = perSecond * seconds
  const inSight: number[] = []
  for (let made = 0; made < changes; ) {
    const due = Math.min(changes, Math.floor(((Date.now() - began) / 1_000) * perSecond))
    const batch: Change[] = []
    for (; made < due; made++) {
      const index = Math.floor(random() * (made % 20 === 0 ? inSightRows : count))
      if (index < inSightRows) inSight.push(made)
      batch.push({ index, number: made })
    }
    if (batch.length > 0) write(batch)
    await delay(5)
  }
  return { changes, inSight }
}
