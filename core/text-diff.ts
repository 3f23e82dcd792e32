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

/**
 * How two texts differ, line by line, in order: a patience diff (lines that occur once in both texts are matched first),
 * with Myers' algorithm between them. Linear on large texts: a stretch without likeness is replaced as a whole.
 */
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

/** Both texts as line numbers (equal lines, equal numbers), and the matches found so far: `match[i]` is the partner in b, or -1. */
type Texts = { readonly a: Int32Array; readonly b: Int32Array; readonly match: Int32Array; readonly kinds: number }

function changesOf(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  const numbers = new Map<string, number>()
  const number = (line: string) => {
    const known = numbers.get(line)
    if (known !== undefined) return known
    numbers.set(line, numbers.size)
    return numbers.size - 1
  }
  const [a, b] = [Int32Array.from(before, number), Int32Array.from(after, number)]
  const texts: Texts = { a, b, match: new Int32Array(a.length).fill(-1), kinds: numbers.size }
  matchAll(texts)
  const changes: LineChange[] = []
  for (const change of gapsBetween(texts)) changes.push(slide(change, changes.at(-1), before, after))
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

function gapsBetween({ a, b, match }: Texts): readonly LineChange[] {
  const changes: LineChange[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && match[i] === j) {
      i++
      j++
      continue
    }
    const [beforeFrom, afterFrom] = [i, j]
    while (i < a.length && match[i] === -1) i++
    j = match[i] ?? b.length
    changes.push({ beforeFrom, beforeTo: i, afterFrom, afterTo: j })
  }
  return changes
}

/** Lines `[a0, a1)` of a beside `[b0, b1)` of b. */
type Stretch = { a0: number; a1: number; b0: number; b1: number }

function matchAll(texts: Texts): void {
  const counts = { a: new Int32Array(texts.kinds), b: new Int32Array(texts.kinds), at: new Int32Array(texts.kinds) }
  // A stack of its own: the stretches of a long text nest deeper than calls may.
  const waiting: Stretch[] = [{ a0: 0, a1: texts.a.length, b0: 0, b1: texts.b.length }]
  for (let stretch = waiting.pop(); stretch !== undefined; stretch = waiting.pop()) {
    matchEnds(texts, stretch)
    if (stretch.a0 === stretch.a1 || stretch.b0 === stretch.b1) continue
    const anchors = inOrder(uniquePairs(texts, stretch, counts))
    if (anchors.length === 0) matchShortest(texts, stretch)
    else waiting.push(...between(stretch, anchors, texts.match))
  }
}

/** Matches equal lines at both ends and shrinks the stretch to what is left. */
function matchEnds({ a, b, match }: Texts, stretch: Stretch): void {
  while (stretch.a0 < stretch.a1 && stretch.b0 < stretch.b1 && a[stretch.a0] === b[stretch.b0]) {
    match[stretch.a0++] = stretch.b0++
  }
  while (stretch.a0 < stretch.a1 && stretch.b0 < stretch.b1 && a[stretch.a1 - 1] === b[stretch.b1 - 1]) {
    match[--stretch.a1] = --stretch.b1
  }
}

type Pair = { readonly i: number; readonly j: number }
type Counts = { readonly a: Int32Array; readonly b: Int32Array; readonly at: Int32Array }

/** The lines that occur once on each side of the stretch, in a's order. Leaves the counts at zero. */
function uniquePairs({ a, b }: Texts, { a0, a1, b0, b1 }: Stretch, counts: Counts): readonly Pair[] {
  const pairs: Pair[] = []
  for (let i = a0; i < a1; i++) increment(counts.a, a[i])
  for (let j = b0; j < b1; j++) {
    increment(counts.b, b[j])
    counts.at[b[j] ?? 0] = j
  }
  for (let i = a0; i < a1; i++) {
    const line = a[i] ?? 0
    if (counts.a[line] === 1 && counts.b[line] === 1) pairs.push({ i, j: counts.at[line] ?? 0 })
  }
  for (let i = a0; i < a1; i++) counts.a[a[i] ?? 0] = 0
  for (let j = b0; j < b1; j++) counts.b[b[j] ?? 0] = 0
  return pairs
}

function increment(counts: Int32Array, line = 0): void {
  counts[line] = (counts[line] ?? 0) + 1
}

/** The longest run of pairs whose `j` ascends as their `i` does (patience sorting). */
function inOrder(pairs: readonly Pair[]): readonly Pair[] {
  const piles: number[] = []
  const previous = new Int32Array(pairs.length)
  pairs.forEach(({ j }, index) => {
    let [low, high] = [0, piles.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[piles[middle] ?? 0]?.j ?? 0) < j) low = middle + 1
      else high = middle
    }
    previous[index] = piles[low - 1] ?? -1
    piles[low] = index
  })
  const result: Pair[] = []
  for (let index = piles.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index]
    if (pair !== undefined) result.push(pair)
  }
  return result.reverse()
}

function between(stretch: Stretch, anchors: readonly Pair[], match: Int32Array): readonly Stretch[] {
  const result: Stretch[] = []
  let { a0, b0 } = stretch
  for (const { i, j } of anchors) {
    match[i] = j
    result.push({ a0, a1: i, b0, b1: j })
    a0 = i + 1
    b0 = j + 1
  }
  return [...result, { a0, a1: stretch.a1, b0, b1: stretch.b1 }]
}

// Beyond this many added and removed lines a stretch without any unique line is shown as replaced: more would cost its square.
const maxEdits = 200

/** Matches a stretch by the shortest edit script (Myers 1986, greedy), or not at all when it needs too many edits. */
function matchShortest(texts: Texts, stretch: Stretch): void {
  const { a, b } = texts
  const { a0, b0 } = stretch
  const [n, m] = [stretch.a1 - a0, stretch.b1 - b0]
  const limit = Math.min(n + m, maxEdits)
  // reach[zero + k] is how far in a the best path on diagonal k (position in a minus position in b) has come.
  const zero = limit + 1
  const reach = new Int32Array(2 * limit + 3)
  const trace: Int32Array[] = []
  for (let edits = 0; edits <= limit; edits++) {
    trace.push(reach.slice(zero - edits, zero + edits + 1))
    for (let k = -edits; k <= edits; k += 2) {
      const down = comesFromAbove(reach, zero, k, edits)
      let x = down ? (reach[zero + k + 1] ?? 0) : (reach[zero + k - 1] ?? 0) + 1
      while (x < n && x - k < m && a[a0 + x] === b[b0 + x - k]) x++
      reach[zero + k] = x
      if (x >= n && x - k >= m) {
        walkBack(texts, stretch, trace)
        return
      }
    }
  }
}

function comesFromAbove(reach: Int32Array, zero: number, k: number, edits: number): boolean {
  return k === -edits || (k !== edits && (reach[zero + k - 1] ?? 0) < (reach[zero + k + 1] ?? 0))
}

/** Follows the path from the end to the start; `trace[d]` holds the reach before the step with d edits, diagonal 0 in its middle. */
function walkBack({ match }: Texts, { a0, a1, b0, b1 }: Stretch, trace: readonly Int32Array[]): void {
  let [x, y] = [a1 - a0, b1 - b0]
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const reach = trace[edits] ?? new Int32Array()
    const k = comesFromAbove(reach, edits, x - y, edits) ? x - y + 1 : x - y - 1
    const fromX = reach[edits + k] ?? 0
    while (x > fromX && y > fromX - k) match[a0 + --x] = b0 + --y
    x = fromX
    y = fromX - k
  }
  while (x > 0) match[a0 + --x] = b0 + --y
}
