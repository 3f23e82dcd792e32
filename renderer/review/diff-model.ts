import type { Layer, LineMark } from '../../contract/review.ts'
import type { LineChange } from '../../core/text-diff.ts'

/** Two texts as lines, and where they differ. Lines count from 0 here, as in `LineChange`. */
export type Diff = {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly changes: readonly LineChange[]
}

/** A stretch to draw at once: at most `sliceRows` rows, changes kept in pairs. */
export type Slice = { readonly kind: 'slice'; readonly stretches: readonly Stretch[]; readonly rows: number }

/** Lines that are not shown until asked for. `id` stays the same while the texts do. */
export type Fold = {
  readonly kind: 'fold'
  readonly id: string
  readonly lines: number
  readonly stretches: readonly Stretch[]
}

/** Neighbouring lines: equal ones on both sides, or a change. */
export type Stretch = LineChange & { readonly same: boolean }

/** The layers of lines by their 1-based number, for each side. */
export type Layers = { readonly before: ReadonlyMap<number, Layer>; readonly after: ReadonlyMap<number, Layer> }

/** The lines of a text; a line break at its end does not begin another line. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** The marks by side and line. */
export function layersOf(marks: readonly LineMark[]): Layers {
  const layers = { before: new Map<number, Layer>(), after: new Map<number, Layer>() }
  for (const { side, line, layer } of marks) layers[side].set(line, layer)
  return layers
}

/** The layers that lines of a change belong to; none where no mark names one of them. */
export function layersOfChange(change: LineChange, layers: Layers): ReadonlySet<Layer> {
  const found = new Set<Layer>()
  for (let line = change.beforeFrom; line < change.beforeTo; line += 1) add(found, layers.before.get(line + 1))
  for (let line = change.afterFrom; line < change.afterTo; line += 1) add(found, layers.after.get(line + 1))
  return found
}

function add(set: Set<Layer>, layer: Layer | undefined): void {
  if (layer !== undefined) set.add(layer)
}

/** Rows drawn at once: enough for a screen, few enough to be drawn within a frame. */
const sliceRows = 120

/** Unchanged lines shown around a change. */
const context = 3

/** Fewer hidden lines than this are shown: a fold's own row would be as tall. */
const smallestFold = 3

/**
 * A diff as slices and folds, in order. `shown` says which changes are wanted (others are folded away with the lines
 * around them); `opened` are the ids of folds that were opened; null opens all.
 */
export function layOut(
  diff: Diff,
  shown: (change: LineChange) => boolean,
  opened: ReadonlySet<string> | null,
): readonly (Slice | Fold)[] {
  const parts: (Slice | Fold)[] = []
  let rows: Stretch[] = []
  const flush = () => {
    parts.push(...slicesOf(rows))
    rows = []
  }
  for (const { stretches, visible } of visibleRuns(diff, shown)) {
    const lines = stretches.reduce((sum, stretch) => sum + heightOf(stretch), 0)
    const id = foldId(stretches)
    if (visible || lines < smallestFold || opened === null || opened.has(id)) rows.push(...stretches)
    else {
      flush()
      parts.push({ kind: 'fold', id, lines, stretches })
    }
  }
  flush()
  return parts
}

type Run = { readonly stretches: Stretch[]; readonly visible: boolean }

function visibleRuns(diff: Diff, shown: (change: LineChange) => boolean): Run[] {
  const runs: Run[] = []
  const put = (stretch: Stretch, visible: boolean) => {
    if (heightOf(stretch) === 0) return
    const last = runs.at(-1)
    if (last?.visible === visible) last.stretches.push(stretch)
    else runs.push({ stretches: [stretch], visible })
  }
  const all = stretchesOf(diff)
  for (const [index, stretch] of all.entries()) {
    if (!stretch.same) {
      put(stretch, shown(stretch))
      continue
    }
    const [former, next] = [all[index - 1], all[index + 1]]
    const lead = former !== undefined && shown(former) ? context : 0
    const trail = next !== undefined && shown(next) ? context : 0
    const length = stretch.beforeTo - stretch.beforeFrom
    const cuts = lead + trail >= length ? [0, length, length] : [0, lead, length - trail, length]
    cuts.slice(1).forEach((cut, part) => {
      put(cutOf(stretch, cuts[part] ?? 0, cut), part !== 1)
    })
  }
  return runs
}

function stretchesOf({ before, after, changes }: Diff): Stretch[] {
  const stretches: Stretch[] = []
  let [inBefore, inAfter] = [0, 0]
  const same = (beforeTo: number, afterTo: number) => {
    if (beforeTo === inBefore) return
    stretches.push({ same: true, beforeFrom: inBefore, beforeTo, afterFrom: inAfter, afterTo })
  }
  for (const change of changes) {
    same(change.beforeFrom, change.afterFrom)
    stretches.push({ ...change, same: false })
    inBefore = change.beforeTo
    inAfter = change.afterTo
  }
  same(before.length, after.length)
  return stretches
}

function cutOf({ beforeFrom, afterFrom }: Stretch, from: number, to: number): Stretch {
  return {
    same: true,
    beforeFrom: beforeFrom + from,
    beforeTo: beforeFrom + to,
    afterFrom: afterFrom + from,
    afterTo: afterFrom + to,
  }
}

function slicesOf(stretches: readonly Stretch[]): Slice[] {
  const slices: Slice[] = []
  let current: Stretch[] = []
  let rows = 0
  const flush = () => {
    if (rows > 0) slices.push({ kind: 'slice', stretches: current, rows })
    current = []
    rows = 0
  }
  for (const piece of stretches.flatMap(piecesOf)) {
    if (rows + heightOf(piece) > sliceRows) flush()
    current.push(piece)
    rows += heightOf(piece)
  }
  flush()
  return slices
}

/** A long stretch in pieces; a change's lines stay beside their partners. */
function piecesOf(stretch: Stretch): Stretch[] {
  const longest = Math.max(stretch.beforeTo - stretch.beforeFrom, stretch.afterTo - stretch.afterFrom)
  const step = sliceRows / 2
  if (longest <= step) return [stretch]
  const pieces: Stretch[] = []
  for (let at = 0; at < longest; at += step) {
    const cut = (from: number, to: number) => [Math.min(from + at, to), Math.min(from + at + step, to)] as const
    const [beforeFrom, beforeTo] = cut(stretch.beforeFrom, stretch.beforeTo)
    const [afterFrom, afterTo] = cut(stretch.afterFrom, stretch.afterTo)
    pieces.push({ same: stretch.same, beforeFrom, beforeTo, afterFrom, afterTo })
  }
  return pieces
}

function heightOf({ same, beforeFrom, beforeTo, afterFrom, afterTo }: Stretch): number {
  return same ? beforeTo - beforeFrom : beforeTo - beforeFrom + afterTo - afterFrom
}

function foldId([first]: readonly Stretch[]): string {
  return `${first?.beforeFrom}/${first?.afterFrom}`
}
