import { matchLines } from './text-match.ts'

/** Lines `[beforeFrom, beforeTo)` of one text that stand where `[afterFrom, afterTo)` stand in the other. Lines count from 0. */
export type LineChange = {
  readonly beforeFrom: number
  readonly beforeTo: number
  readonly afterFrom: number
  readonly afterTo: number
}

/** A line of a hunk. `before` and `after` are its 1-based numbers in the texts that hold it; `text` has no line break. */
export type HunkLine = {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
  readonly before?: number
  readonly after?: number
  /** True where the text ends with this line and without a line break. */
  readonly unterminated?: true
}

/** Neighbouring changes with the lines around them. The starts are 1-based; 0 in an empty text. */
export type Hunk = {
  readonly beforeStart: number
  readonly beforeCount: number
  readonly afterStart: number
  readonly afterCount: number
  readonly lines: readonly HunkLine[]
}

/** How two texts differ, line by line, in order (see `matchLines`). Added or removed list items are shown as whole ones. */
export function lineChanges(before: string, after: string): readonly LineChange[] {
  return changesOf(splitLines(before), splitLines(after))
}

/** The differing stretches of two texts as UTF-16 offsets, in the shape of CodeMirror merge's `diffConfig.override`. */
export function changedRanges(
  before: string,
  after: string,
): readonly { readonly fromA: number; readonly toA: number; readonly fromB: number; readonly toB: number }[] {
  const [a, b] = [splitLines(before), splitLines(after)]
  const [startsA, startsB] = [offsets(a), offsets(b)]
  return changesOf(a, b).map(({ beforeFrom, beforeTo, afterFrom, afterTo }) => ({
    fromA: startsA[beforeFrom] ?? before.length,
    toA: startsA[beforeTo] ?? before.length,
    fromB: startsB[afterFrom] ?? after.length,
    toB: startsB[afterTo] ?? after.length,
  }))
}

/** The hunks of a diff with `context` lines (default 3) around each change; hunks that would touch are one. */
export function hunks(
  before: string,
  after: string,
  { context = 3 }: { readonly context?: number } = {},
): readonly Hunk[] {
  const [a, b] = [splitLines(before), splitLines(after)]
  const result: Hunk[] = []
  let group: LineChange[] = []
  for (const change of changesOf(a, b)) {
    const last = group.at(-1)
    if (last !== undefined && change.beforeFrom - last.beforeTo > 2 * context) {
      result.push(hunkOf(a, b, group, context))
      group = []
    }
    group.push(change)
  }
  if (group.length > 0) result.push(hunkOf(a, b, group, context))
  return result
}

function hunkOf(a: readonly string[], b: readonly string[], changes: readonly LineChange[], context: number): Hunk {
  const lines: HunkLine[] = []
  const [first, last] = [changes[0], changes.at(-1)]
  if (first === undefined || last === undefined) throw new Error('a hunk without changes')
  const lead = Math.min(context, first.beforeFrom)
  const trail = Math.min(context, a.length - last.beforeTo)
  let [inA, inB] = [first.beforeFrom - lead, first.afterFrom - lead]
  const [startA, startB] = [inA, inB]
  const same = (until: number) => {
    for (; inA < until; inA++, inB++) lines.push({ kind: 'same', ...content(a[inA]), before: inA + 1, after: inB + 1 })
  }
  for (const change of changes) {
    same(change.beforeFrom)
    for (; inA < change.beforeTo; inA++) lines.push({ kind: 'removed', ...content(a[inA]), before: inA + 1 })
    for (; inB < change.afterTo; inB++) lines.push({ kind: 'added', ...content(b[inB]), after: inB + 1 })
  }
  same(last.beforeTo + trail)
  const [beforeCount, afterCount] = [inA - startA, inB - startB]
  // As in diff -u: an empty side is named by the line before it.
  const [beforeStart, afterStart] = [startA + (beforeCount > 0 ? 1 : 0), startB + (afterCount > 0 ? 1 : 0)]
  return { beforeStart, beforeCount, afterStart, afterCount, lines }
}

function content(line = ''): { text: string; unterminated?: true } {
  return line.endsWith('\n') ? { text: line.slice(0, -1) } : { text: line, unterminated: true }
}

/** The lines with their line breaks: a last line without one differs from the same line with one. */
function splitLines(text: string): readonly string[] {
  const lines: string[] = []
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from)
    const to = end < 0 ? text.length : end + 1
    lines.push(text.slice(from, to))
    from = to
  }
  return lines
}

function offsets(lines: readonly string[]): readonly number[] {
  let offset = 0
  return lines.map(line => {
    const start = offset
    offset += line.length
    return start
  })
}

function changesOf(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  const numbers = new Map<string, number>()
  const number = (line: string) => {
    const known = numbers.get(line)
    if (known !== undefined) return known
    numbers.set(line, numbers.size)
    return numbers.size - 1
  }
  const [a, b] = [Int32Array.from(before, number), Int32Array.from(after, number)]
  const changes: LineChange[] = []
  for (const change of gapsBetween(matchLines(a, b, numbers.size), b.length))
    changes.push(slide(change, changes.at(-1), before, after))
  return changes
}

/**
 * Lines that were only added or only removed can often be shown at several places (`- name: b`, `- name: c`: which dash is
 * new?). The place is taken where they begin with the shallowest line, a list item's first: then it is a whole item.
 */
function slide(
  change: LineChange,
  previous: LineChange | undefined,
  before: readonly string[],
  after: readonly string[],
): LineChange {
  const added = change.beforeFrom === change.beforeTo
  if (!added && change.afterFrom !== change.afterTo) return change
  const lines = added ? after : before
  const [from, to] = added ? [change.afterFrom, change.afterTo] : [change.beforeFrom, change.beforeTo]
  // One equal line stays between two changes, or they would be one.
  const room = change.beforeFrom - (previous?.beforeTo ?? -1) - 1
  let best = 0
  for (let up = 1; up <= room && lines[from - up] === lines[to - up]; up++) {
    if (depth(lines[from - up]) < depth(lines[from - best])) best = up
  }
  return {
    beforeFrom: change.beforeFrom - best,
    beforeTo: change.beforeTo - best,
    afterFrom: change.afterFrom - best,
    afterTo: change.afterTo - best,
  }
}

/** How deep a line stands; one that begins a list item stands above the other lines of its indentation. */
function depth(line = ''): number {
  const indent = line.search(/[^ ]/)
  return line.startsWith('-', indent) ? indent - 0.5 : indent
}

/** What lies between the matches: `match[i]` is the partner of line i, -1 where it has none. */
function gapsBetween(match: Int32Array, length: number): readonly LineChange[] {
  const changes: LineChange[] = []
  let [i, j] = [0, 0]
  while (i < match.length || j < length) {
    if (i < match.length && match[i] === j) {
      i++
      j++
      continue
    }
    const [beforeFrom, afterFrom] = [i, j]
    while (i < match.length && match[i] === -1) i++
    j = match[i] ?? length
    changes.push({ beforeFrom, beforeTo: i, afterFrom, afterTo: j })
  }
  return changes
}
