import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineChanges } from '../../../core/text-diff.ts'
import { type Diff, layersOf, layersOfChange, layOut, linesOf } from '../../../renderer/review/diff-model.ts'

function diffOf(before: string, after: string): Diff {
  return { before: linesOf(before), after: linesOf(after), changes: lineChanges(before, after) }
}

/** A layout in one line: `2=` two equal lines, `1-2+` one removed and two added, `[5]` five folded. Slices end with `|`. */
function notation(diff: Diff, opened: ReadonlySet<string> | null = new Set(), shown = () => true): string {
  return layOut(diff, shown, opened)
    .map(part => {
      if (part.kind === 'fold') return `[${part.lines}]`
      const stretches = part.stretches.map(({ same, beforeFrom, beforeTo, afterFrom, afterTo }) =>
        same ? `${beforeTo - beforeFrom}=` : `${beforeTo - beforeFrom}-${afterTo - afterFrom}+`,
      )
      return `${stretches.join(' ')}|`
    })
    .join(' ')
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`)
const text = (count: number, changes: Readonly<Record<number, string>> = {}) =>
  numbered(count)
    .map((line, index) => changes[index] ?? line)
    .join('')

describe('a layout', () => {
  test.each([
    ['equal texts', text(9), text(9), '[9]'],
    ['a change in the middle', text(20), text(20, { 10: 'x\n' }), '[7] 3= 1-1+ 3=| [6]'],
    ['a change at the beginning', text(9), text(9, { 0: 'x\n' }), '1-1+ 3=| [5]'],
    ['changes whose surroundings touch', text(12), text(12, { 3: 'x\n', 10: 'y\n' }), '3= 1-1+ 6= 1-1+ 1=|'],
    ['a fold too small to be worth it', text(6), text(6, { 0: 'x\n' }), '1-1+ 3= 2=|'],
    ['lines added', text(2), `${text(2)}a\nb\n`, '2= 0-2+|'],
    ['an empty text', '', 'a\n', '0-1+|'],
  ])('of %s', (_, before, after, expected) => {
    expect(notation(diffOf(before, after))).toBe(expected)
  })

  test('opens one fold, or all', () => {
    const diff = diffOf(text(20), text(20, { 10: 'x\n' }))
    expect(notation(diff, new Set(['0/0']))).toBe('7= 3= 1-1+ 3=| [6]')
    expect(notation(diff, null)).toBe('7= 3= 1-1+ 3= 6=|')
  })

  test('folds changes that are not wanted away with their lines', () => {
    const diff = diffOf(text(20), text(20, { 10: 'x\n' }))
    expect(notation(diff, new Set(), () => false)).toBe('[21]')
  })

  test('cuts a long change into slices that keep partners together', () => {
    const all = Object.fromEntries(numbered(200).map((_, index) => [index, `x ${index}\n`]))
    expect(notation(diffOf(text(200), text(200, all)))).toBe('60-60+| 60-60+| 60-60+| 20-20+|')
  })
})

test('whatever differs, every line of both texts is laid out once and in order', () => {
  const texts = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', 'd\n'), { maxLength: 300 }).map(lines => lines.join(''))
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const diff = diffOf(before, after)
      const stretches = layOut(diff, () => true, new Set()).flatMap(part => part.stretches)
      const lines = (from: 'beforeFrom' | 'afterFrom', to: 'beforeTo' | 'afterTo') =>
        stretches.flatMap(stretch =>
          Array.from({ length: stretch[to] - stretch[from] }, (_, index) => stretch[from] + index),
        )
      expect(lines('beforeFrom', 'beforeTo')).toEqual(diff.before.map((_, index) => index))
      expect(lines('afterFrom', 'afterTo')).toEqual(diff.after.map((_, index) => index))
    }),
    { verbose: 1 },
  )
})

test('the layers of a change are those of its lines on both sides', () => {
  const layers = layersOf([
    { side: 'before', line: 2, layer: 'mine', path: 'a' },
    { side: 'after', line: 3, layer: 'server', path: 'b' },
    { side: 'after', line: 9, layer: 'any-write', path: 'c' },
  ])
  expect([...layersOfChange({ beforeFrom: 1, beforeTo: 2, afterFrom: 1, afterTo: 3 }, layers)]).toEqual([
    'mine',
    'server',
  ])
  expect([...layersOfChange({ beforeFrom: 4, beforeTo: 5, afterFrom: 4, afterTo: 4 }, layers)]).toEqual([])
})
