import { expect, test } from 'vitest'
import { killOften } from '../../../../scripts/soak/kill.ts'
import { seed } from '../../../seed.ts'

// 500 kills: `npm run soak -- kill`.
const kills = 50

test(`${kills} kills of the host at random moments: every text comes back, no submit is done twice`, async () => {
  console.log(`kills, seed ${seed}`)
  const { broken, restored, submits, typed } = await killOften({ kills, seed })
  expect(broken).toEqual([])
  expect(restored).toBeGreaterThan(kills / 2)
  expect(submits).toBeGreaterThan(kills / 5)
  expect(typed).toBeGreaterThan(kills)
}, 600_000)
