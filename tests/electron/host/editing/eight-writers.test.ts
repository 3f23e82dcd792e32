import { describe, expect, test } from 'vitest'
import { chainsBroken } from '../../../../scripts/soak/chains.ts'
import { writeTogether } from '../../../../scripts/soak/writers.ts'
import { seed } from '../../../seed.ts'

// 20,000 edits: `npm run soak -- writers`.
const edits = 500

test(`${edits} random edits by eight writers on one object: every accepted one is accounted for`, async () => {
  console.log(`eight writers, seed ${seed}`)
  const { broken, refused, accepted, conflicts } = await writeTogether({ edits, seed })
  expect({ broken, refused }).toEqual({ broken: [], refused: {} })
  expect(accepted).toBeGreaterThan(edits / 2)
  expect(conflicts).toBeGreaterThan(0)
}, 300_000)

describe('the account itself', () => {
  const write = (from: string, to: string) => ({ field: 'f', from, to })

  test.each([
    ['each has seen what it overwrote', [write('1', '2'), write('2', '3')], '3', 0],
    ['in any order of answers', [write('2', '3'), write('1', '2')], '3', 0],
    ['two have overwritten the same: one of them is lost', [write('1', '2'), write('1', '3')], '3', 3],
    ['an accepted write that is not there', [write('1', '2')], '1', 1],
    ['a value that nobody was told to be accepted', [], '9', 1],
  ])('%s', (_, writes, last, breaks) => {
    expect(chainsBroken({ f: '1' }, writes, { f: last })).toHaveLength(breaks)
  })
})
