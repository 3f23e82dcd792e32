import { expect, test } from 'vitest'
import type { Guard } from '../../../../contract/guard.ts'
import { type GuardRecord, recordsFor, strictest, withGuard } from '../../../../electron/host/guards/book.ts'

const open: Guard = { colour: null, writes: 'allowed', confirm: false }
const locked: Guard = { colour: 'red', writes: 'after-unlock', confirm: true }
const never: Guard = { colour: 'blue', writes: 'never', confirm: false }

/** A cluster in one word: `a/1` is address a with uid 1, `a/?` the same address, its uid unknown. */
function cluster(word: string) {
  const [address = '', uid = '?'] = word.split('/')
  return { address, uid: uid === '?' ? null : uid }
}
const book = (...words: string[]): GuardRecord[] => words.map(word => ({ ...cluster(word), guard: locked }))
const words = (records: readonly GuardRecord[]) =>
  records.map(({ address, uid }) => `${address}/${uid ?? '?'}`).join(' ')

test.each([
  ['the same cluster', 'a/1 b/2', 'a/1', 'a/1'],
  ['another address', 'a/1', 'b/2', ''],
  ['another cluster at the same address and CA', 'a/1', 'a/2', ''],
  ['the same cluster behind a tunnel or with a new CA', 'a/1', 'b/1', 'a/1'],
  ['a tunnel with a guard of its own', 'a/1 b/1', 'b/1', 'b/1'],
  ['a person who may not read the uid, or no answer yet', 'a/1 b/2', 'a/?', 'a/1'],
  ['a guard that was set without an answer', 'a/?', 'a/1', 'a/?'],
  ['two clusters that were behind one address', 'a/1 a/2', 'a/?', 'a/1 a/2'],
  ['the known uid before the unknown one', 'a/? a/1', 'a/1', 'a/1'],
])('%s: of %s holds for %s: %s', (_, kept, asked, held) => {
  expect(words(recordsFor(book(...kept.split(' ')), cluster(asked)))).toBe(held)
})

test.each([
  ['b/2', 'a/1', 'b/2 a/1'],
  ['a/1', 'a/1', 'a/1'],
  ['a/?', 'a/1', 'a/1'],
  ['a/2', 'a/1', 'a/2 a/1'],
  ['a/1', 'a/?', 'a/1'],
  ['a/1 a/2', 'a/?', 'a/?'],
])('to %s a guard for %s is added: %s', (kept, set, after) => {
  const next = withGuard(book(...kept.split(' ')), cluster(set), never)
  expect(words(next)).toBe(after)
  // Whatever was known before, the person sees what was chosen.
  expect(strictest(recordsFor(next, cluster(set)).map(record => record.guard))).toEqual(never)
})

test('the strictest of several guards counts, part by part', () => {
  expect(strictest([open, locked, never])).toEqual({ colour: 'red', writes: 'never', confirm: true })
  expect(strictest([open])).toEqual(open)
})
