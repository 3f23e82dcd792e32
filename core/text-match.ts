/** Lines `[a0, a1)` of a beside `[b0, b1)` of b. */
type Stretch = { a0: number; a1: number; b0: number; b1: number }

/** Both texts as line numbers, the matches found so far, and room to count in: all zero, but where a function is at work. */
type Texts = {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly match: Int32Array
  readonly inA: Int32Array
  readonly inB: Int32Array
  /** By line number, its first place in b; by place in b, the next place of the same line. */
  readonly first: Int32Array
  readonly next: Int32Array
}

/**
 * Which lines of two texts belong together. The texts are numbers from 0 to `kinds` - 1, equal for equal lines; the answer
 * holds for each line of a its partner in b, or -1. A patience diff (lines that occur once in both are matched first)
 * with Myers' algorithm where no line is unique. Linear in effect: a stretch without any likeness is left unmatched.
 */
export function matchLines(a: Int32Array, b: Int32Array, kinds: number): Int32Array {
  const [inA, inB, first] = [new Int32Array(kinds), new Int32Array(kinds), new Int32Array(kinds)]
  const texts = { a, b, match: new Int32Array(a.length).fill(-1), inA, inB, first, next: new Int32Array(b.length) }
  // A stack of its own: the stretches of a long text nest deeper than calls may.
  const waiting: Stretch[] = [{ a0: 0, a1: a.length, b0: 0, b1: b.length }]
  for (let stretch = waiting.pop(); stretch !== undefined; stretch = waiting.pop()) {
    matchEnds(texts, stretch)
    if (stretch.a0 === stretch.a1 || stretch.b0 === stretch.b1) continue
    const unique = anchorsIn(texts, stretch, 1)
    if (unique.length === 0 && matchShortest(texts, stretch)) continue
    const anchors = unique.length > 0 ? unique : anchorsIn(texts, stretch, Number.POSITIVE_INFINITY)
    if (anchors.length > 0) for (const part of between(stretch, anchors, texts.match)) waiting.push(part)
  }
  return texts.match
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
/** Lines that occur equally often on both sides of the stretch, at most `most` times, each paired with its like as far as the order allows. */
function anchorsIn({ a, b, inA, inB, first, next }: Texts, { a0, a1, b0, b1 }: Stretch, most: number): readonly Pair[] {
  for (let i = a0; i < a1; i++) increment(inA, a[i])
  for (let j = b1 - 1; j >= b0; j--) {
    const line = b[j] ?? 0
    increment(inB, line)
    next[j] = first[line] ?? 0
    first[line] = j
  }
  const pairs: Pair[] = []
  for (let i = a0; i < a1; i++) {
    const line = a[i] ?? 0
    const times = inA[line] ?? 0
    if (times > most || times !== inB[line]) continue
    const j = first[line] ?? 0
    first[line] = next[j] ?? 0
    pairs.push({ i, j })
  }
  for (let i = a0; i < a1; i++) inA[a[i] ?? 0] = 0
  for (let j = b0; j < b1; j++) inB[b[j] ?? 0] = 0
  return inOrder(pairs)
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

// The search costs the square of the edits it needs.
const maxEdits = 200

/** Matches a stretch by the shortest edit script (Myers 1986, greedy). False, and nothing matched, when it needs too many edits. */
function matchShortest(texts: Texts, stretch: Stretch): boolean {
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
        return true
      }
    }
  }
  return false
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
