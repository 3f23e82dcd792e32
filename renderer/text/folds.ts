import { foldEffect, foldedRanges, unfoldEffect } from '@codemirror/language'
import type { EditorState, StateCommand, StateEffect, Text } from '@codemirror/state'
import type { Command, EditorView } from '@codemirror/view'
import { isChangedWithin } from '../edit/change-gutter.ts'
import { type FoldRange, foldableAtOpening } from '../edit/fold-status.ts'

// A value of this length is no reading matter, and its line would be as wide.
const longValue = 300
/** How much of a long value stays to be seen. */
const shownOfValue = 48
const longBlock = 8

/** A block scalar on the way; `dull` where only its size says whether it is folded. */
type OpenBlock = FoldRange & { readonly indent: number; readonly lines: number; readonly dull: boolean }

const noBlock: OpenBlock = { indent: Number.POSITIVE_INFINITY, from: 0, to: 0, lines: 0, dull: false }

function isLong({ from, to, lines, dull }: OpenBlock): boolean {
  return lines > longBlock || (dull && to - from > longValue)
}

/** Long values that nobody comes for: those of one long line, and what kubectl applied last, certificates and the like. */
export function longValues(text: Text): FoldRange[] {
  const ranges: FoldRange[] = []
  let place = 0
  let annotations = -1
  let block = noBlock
  for (const line of text.iterLines()) {
    const from = place
    const to = from + line.length
    place = to + 1
    const indent = depthOf(line)
    if (indent > block.indent) {
      // Blank lines at its end are not counted until something follows them.
      if (indent === Number.POSITIVE_INFINITY) continue
      const isPlain = block.lines === 0 && !block.dull && !line.includes('-----BEGIN')
      block = isPlain ? noBlock : { ...block, to, lines: block.lines + 1 }
    } else {
      if (isLong(block)) ranges.push({ from: block.from, to: block.to })
      block = noBlock
      if (indent <= annotations) annotations = -1
      if (line.endsWith(' annotations:')) annotations = indent
      if (isBlockHeader(line)) block = { indent, from: to, to, lines: 0, dull: annotations >= 0 }
      else if (line.length > longValue) {
        const start = from + Math.max(line.indexOf(': ') + 2, indent) + shownOfValue
        if (start < to - shownOfValue) ranges.push({ from: start, to })
      }
    }
  }
  if (isLong(block)) ranges.push({ from: block.from, to: block.to })
  return ranges
}

/** How many blanks a line begins with, endlessly many where there is nothing else. */
function depthOf(line: string): number {
  let at = 0
  while (line.charCodeAt(at) === 32) at += 1
  return at === line.length ? Number.POSITIVE_INFINITY : at
}

function isBlockHeader(line: string): boolean {
  // Of a text's lines few end so.
  return '|>-+123456789'.includes(line.at(-1) ?? ' ') && /[:-] [|>][-+\d]*$/.test(line.slice(-120))
}

/** A stretch of a text that belongs to the line above it; `depth` counts from 1, `header` is the offset of that line. */
type Region = FoldRange & { readonly depth: number; readonly header: number }

/** All such stretches, outer ones first, by indentation alone: one walk over the lines, which no syntax tree has to be there for. */
export function regions(text: Text): Region[] {
  const found: (Region & { to: number; readonly rank: number })[] = []
  const open: (Region & { to: number; readonly rank: number })[] = []
  let place = 0
  let script = Number.POSITIVE_INFINITY
  let last = 0
  for (const line of text.iterLines()) {
    const from = place
    const to = place + line.length
    place = to + 1
    const indent = depthOf(line)
    if (indent === Number.POSITIVE_INFINITY) continue
    // An item may stand in the column of its list's key.
    const rank = indent * 2 + (line.startsWith('- ', indent) ? 1 : 0)
    if (rank > script) {
      last = to
      continue
    }
    while ((open.at(-1)?.rank ?? -1) >= rank) finish(open.pop(), last)
    last = to
    const region = { from: to, to, depth: open.length + 1, header: from, rank }
    open.push(region)
    found.push(region)
    script = isBlockHeader(line) ? rank : Number.POSITIVE_INFINITY
  }
  while (open.length > 0) finish(open.pop(), last)
  return found.filter(region => region.to > region.from)
}

function finish(region: { to: number } | undefined, last: number): void {
  if (region !== undefined) region.to = last
}

/** Folds what nobody comes for: `status`, `managedFields` and long values. */
export const foldAtOpening: StateCommand = ({ state, dispatch }) => {
  const { doc } = state
  // CodeMirror takes the folds of one transaction in order only.
  const ranges = [...foldableAtOpening(doc), ...longValues(doc)].sort((a, b) => a.from - b.from)
  if (ranges.length > 0) dispatch(state.update({ effects: ranges.map(range => foldEffect.of(range)) }))
  return true
}

/** Folds all of a depth, and nothing else. */
export const foldToDepth =
  (depth: number): Command =>
  view =>
    fold(
      view,
      regions(view.state.doc).filter(region => region.depth === depth),
    )

/** Folds everything in which nothing is changed. */
export const foldUnchanged: Command = view => {
  const folds: Region[] = []
  let covered = 0
  for (const region of regions(view.state.doc)) {
    if (region.header < covered || isChangedWithin(view.state, region.header, region.to)) continue
    folds.push(region)
    covered = region.to
  }
  return fold(view, folds)
}

function fold(view: EditorView, ranges: readonly FoldRange[]): boolean {
  view.dispatch({ effects: [...unfolded(view.state), ...ranges.map(({ from, to }) => foldEffect.of({ from, to }))] })
  return true
}

function unfolded(state: EditorState): StateEffect<unknown>[] {
  const effects: StateEffect<unknown>[] = []
  foldedRanges(state).between(0, state.doc.length, (from, to) => {
    effects.push(unfoldEffect.of({ from, to }))
  })
  return effects
}
