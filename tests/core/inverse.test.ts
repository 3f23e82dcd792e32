import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inverseOf } from '../../core/inverse.ts'
import { equalJson, type Json, type JsonObject } from '../../core/json.ts'
import { mergeThreeWay } from '../../core/merge.ts'

const value: fc.Arbitrary<Json> = fc.oneof(
  fc.integer({ min: 0, max: 9 }),
  fc.string({ maxLength: 4 }),
  fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('p', 'q', 'r'), fc.integer({ min: 0, max: 9 }), { maxKeys: 3 }),
)
const fields = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), value, { noNullPrototype: true })

const mine = fields('a', 'b', 'c')
const theirs = fields('x', 'y', 'z')

function objectOf(generation: number, mine: Record<string, Json>, theirs: Record<string, Json>): JsonObject {
  const metadata = { name: 'it', uid: 'u', resourceVersion: String(100 + generation), generation }
  return { apiVersion: 'v1', kind: 'Thing', metadata, spec: { ...theirs, ...mine } }
}

test('edit, then undo, with foreign writes before and after: the fields are as they were, and what others wrote stays', () => {
  fc.assert(
    fc.property(mine, mine, theirs, theirs, (former, edited, foreign, later) => {
      const before = objectOf(1, former, foreign)
      const after = objectOf(2, edited, foreign)
      const live = objectOf(7, edited, later)
      const inverse = inverseOf(before, after)
      const undone = mergeThreeWay(inverse.base, inverse.mine, live, null)
      expect(undone.ok && undone.merged).toEqual(objectOf(7, former, later))
      // An undo is an edit like any other, so it can be undone in its turn, others having written again.
      const again = inverseOf(live, objectOf(8, former, later))
      const redone = mergeThreeWay(again.base, again.mine, objectOf(9, former, foreign), null)
      expect(redone.ok && redone.merged).toEqual(objectOf(9, edited, foreign))
    }),
    { numRuns: 500 },
  )
})

test('what somebody has changed since in the same place is a conflict, unless it says what was there before', () => {
  fc.assert(
    fc.property(value, value, value, (former, edited, since) => {
      const [before, after, live] = [former, edited, since].map((a, at) => objectOf(at, { a }, {}))
      if (before === undefined || after === undefined || live === undefined) throw new Error('three were made')
      const { base, mine } = inverseOf(before, after)
      const undone = mergeThreeWay(base, mine, live, null)
      if (equalJson(since, edited) || equalJson(since, former))
        expect(undone.ok && undone.merged.spec).toEqual({ a: former })
      // Maps and lists of plain values meet part by part, where they may agree.
      else if (typeof since !== 'object' && !equalJson(former, edited)) expect(undone.ok).toBe(false)
    }),
    { numRuns: 500 },
  )
})
