import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedRanges, type Hunk, hunks, lineChanges } from '../../core/text-diff.ts'

/** Both texts and their diff in one line: words are lines, `[old/new]` is a change. */
function bothTexts(notation: string): { before: string; after: string } {
  const text = (pattern: RegExp) =>
    notation
      .replace(/\[([^/\]]*)\/([^\]]*)\]/g, (_, old, young) => (pattern.source === 'before' ? old : young))
      .split(' ')
      .filter(word => word !== '')
      .map(word => `${word}\n`)
      .join('')
  return { before: text(/before/), after: text(/after/) }
}

function notationOf(before: string, after: string): string {
  const [a, b] = [before, after].map(text => text.split('\n').slice(0, -1)) as [string[], string[]]
  const words: string[] = []
  let at = 0
  for (const { beforeFrom, beforeTo, afterFrom, afterTo } of lineChanges(before, after)) {
    words.push(...a.slice(at, beforeFrom))
    words.push(`[${a.slice(beforeFrom, beforeTo).join(' ')}/${b.slice(afterFrom, afterTo).join(' ')}]`)
    at = beforeTo
  }
  return [...words, ...a.slice(at)].join(' ')
}

describe('lineChanges', () => {
  test.each([
    'one [two/twi] three',
    'one two three',
    '[/zero] one',
    'one [two/]',
    '[a b/c d]',
    'x [a/] y [/b] z [c/d]',
    // Unlike lines are matched first: the like ones between them do not lead astray.
    '- a [/- b] - c',
    '[/p] - x - y [- z/]',
    // A list item added between its like: the whole item is the change, not parts of two.
    'ports: - 80 TCP [/- 81 TCP] - 82 TCP',
  ])('%s', notation => {
    const { before, after } = bothTexts(notation)
    expect(notationOf(before, after)).toBe(notation)
  })

  test('finds a shortest change where no line is unique', () => {
    const removed = lineChanges('a\na\nb\nb\n', 'b\nb\na\na\n').map(change => change.beforeTo - change.beforeFrom)
    expect(removed.reduce((sum, lines) => sum + lines, 0)).toBe(2)
  })

  test('finds many changes among lines of which none is unique', () => {
    const lines = Array.from({ length: 6_000 }, (_, index) => `- name: item-${index % 600}`)
    const edited = lines.map((line, index) => (index % 10 === 7 ? `changed ${index % 130}` : line))
    const changes = lineChanges(lines.join('\n'), edited.join('\n'))
    expect(changes.reduce((sum, change) => sum + change.beforeTo - change.beforeFrom, 0)).toBe(600)
  })

  test('changes nothing else, in texts of every likeness', () => {
    const line = fc.constantFrom('a', 'b', '- a', '  a', '  - b', '')
    const text = fc.tuple(fc.array(line, { maxLength: 30 }), fc.boolean()).map(([lines, ends]) => {
      return lines.join('\n') + (ends ? '\n' : '')
    })
    fc.assert(
      fc.property(text, text, (before, after) => {
        let [result, at] = ['', 0]
        for (const { fromA, toA, fromB, toB } of changedRanges(before, after)) {
          expect(result.length + fromA - at).toBe(fromB)
          result += before.slice(at, fromA) + after.slice(fromB, toB)
          at = toA
        }
        expect(result + before.slice(at)).toBe(after)
        expect(lineChanges(before, before)).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  test('stays linear: a MiB without a unique line, turned round, or of two lines by turns', () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `    - name: item-${index % 300}`)
    const started = performance.now()
    lineChanges(lines.join('\n'), lines.toReversed().join('\n'))
    lineChanges('ab'.repeat(25_000).split('').join('\n'), 'abb'.repeat(17_000).split('').join('\n'))
    // Not a measurement: quadratic work on these would take minutes.
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

function textOf({ beforeStart, beforeCount, afterStart, afterCount, lines }: Hunk): string {
  const sign = { same: ' ', removed: '-', added: '+' }
  const body = lines.map(line => `${sign[line.kind]}${line.text}${line.unterminated ? '$' : ''}`)
  return [`@@ -${beforeStart},${beforeCount} +${afterStart},${afterCount} @@`, ...body].join('\n')
}

describe('hunks', () => {
  const shown = (before: string, after: string, context?: number) =>
    hunks(before, after, context === undefined ? {} : { context }).map(textOf)

  test('hold the lines around a change, and join where these would touch', () => {
    const { before, after } = bothTexts('a b c d [e/E] f g [h/H] i j k l m n [o/] p')
    expect(shown(before, after, 1)).toEqual([
      '@@ -4,6 +4,6 @@\n d\n-e\n+E\n f\n g\n-h\n+H\n i',
      '@@ -14,3 +14,2 @@\n n\n-o\n p',
    ])
    expect(shown(before, after)).toHaveLength(1)
    expect(shown(before, before)).toEqual([])
  })

  test('number their lines in both texts', () => {
    const { before, after } = bothTexts('a [b/x y] c')
    expect(hunks(before, after)[0]?.lines).toEqual([
      { kind: 'same', text: 'a', before: 1, after: 1 },
      { kind: 'removed', text: 'b', before: 2 },
      { kind: 'added', text: 'x', after: 2 },
      { kind: 'added', text: 'y', after: 3 },
      { kind: 'same', text: 'c', before: 3, after: 4 },
    ])
  })

  test('tell a last line without a line break from the same with one', () => {
    expect(shown('a\nb', 'a\nb\n')).toEqual(['@@ -1,2 +1,2 @@\n a\n-b$\n+b'])
    expect(shown('a\nb', 'x\nb')).toEqual(['@@ -1,2 +1,2 @@\n-a\n+x\n b$'])
    expect(shown('a\n\n', 'a\n')).toEqual(['@@ -1,2 +1,1 @@\n a\n-'])
  })

  test('name an empty side by the line before it, as diff -u does', () => {
    expect(shown('', 'a\n')).toEqual(['@@ -0,0 +1,1 @@\n+a'])
    expect(shown('a\nb\n', 'a\n', 0)).toEqual(['@@ -2,1 +1,0 @@\n-b'])
  })
})
