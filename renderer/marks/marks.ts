import { foldedRanges } from '@codemirror/language'
import { type Diagnostic, forEachDiagnostic } from '@codemirror/lint'
import { type EditorState, Facet } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type { AidPlace } from '../edit/aids.ts'
import { changesBetween } from '../edit/change-gutter.ts'
import { othersBetween } from '../edit/others-marks.ts'
import { drawOwners } from '../owners/owner-card.ts'
import { huesOf, ownerName } from '../owners/owner-look.ts'
import { ownersBetween } from '../owners/owners-gutter.ts'

/** What a mark tells of its line, the most urgent first. */
export const markKinds = ['error', 'warning', 'info', 'others', 'change', 'fold', 'owner'] as const
export type MarkKind = (typeof markKinds)[number]

/** A mark beside a line, in words: what the gutters show to the eye alone. */
export type Mark = {
  readonly kind: MarkKind
  readonly words: string
  /** What is shown of it in the place of its words, links among it; null for the words. */
  readonly draw: ((view: EditorView) => Node) | null
  /** What can be done about it. */
  readonly acts: readonly { readonly name: string; readonly run: (view: EditorView) => void }[]
}

/** Where the words of marks come from, in an editor whose marks are told. */
export const markPlace = Facet.define<AidPlace, AidPlace | null>({ combine: ([first = null]) => first })

// A server's message may quote a whole object.
const longestWords = 400

/** The marks of the lines that begin within a stretch, by the beginnings of their lines; each line's in the order of `markKinds`. */
export function marksBetween(
  state: EditorState,
  from: number,
  to: number,
  place: AidPlace,
): ReadonlyMap<number, readonly Mark[]> {
  const marks = new Map<number, Mark[]>()
  const add = (at: number, mark: Mark) => {
    const line = state.doc.lineAt(at).from
    if (line < from || line > to) return
    const here = marks.get(line)
    if (here === undefined) marks.set(line, [mark])
    else here.push(mark)
  }
  const { t } = place.messages
  const plain = (kind: MarkKind, words: string): Mark => ({ kind, words: shortened(words), draw: null, acts: [] })
  forEachDiagnostic(state, (found, at, end) => {
    if (found.severity !== 'hint') add(at, findingMark(found, at, end, place))
  })
  othersBetween(state, from, to, (at, words) => add(at, plain('others', words)))
  changesBetween(state, from, to, (at, change) => add(at, plain('change', t(`marks:change.${change}`))))
  foldedRanges(state).between(from, to, (at, end) => {
    const count = state.doc.lineAt(end).number - state.doc.lineAt(at).number
    if (count > 0) add(at, plain('fold', t('marks:folded', { count })))
  })
  ownersBetween(state, from, to, (at, set, owners) => {
    const own = set.flatMap(index => owners[index] ?? [])
    const words = t('owners:says.owned', { owners: own.map(ownerName) })
    add(at, { ...plain('owner', words), draw: () => drawOwners(own, huesOf(owners), set, place) })
  })
  for (const here of marks.values()) here.sort((a, b) => markKinds.indexOf(a.kind) - markKinds.indexOf(b.kind))
  return marks
}

/** The marks of the line around an offset. */
export function marksAt(state: EditorState, offset: number, place: AidPlace): readonly Mark[] {
  const { from, to } = state.doc.lineAt(offset)
  return marksBetween(state, from, to, place).get(from) ?? []
}

/** Marks in one sentence. */
export function wordsOf(marks: readonly Mark[], { messages }: AidPlace): string {
  return marks.map(({ words }) => words.replace(/[.。]$/, '')).join(messages.t('marks:between'))
}

function findingMark(found: Diagnostic, from: number, to: number, { messages }: AidPlace): Mark {
  const { severity, message, renderMessage, actions = [] } = found
  const kind = severity === 'hint' ? 'info' : severity
  return {
    kind,
    words: shortened(messages.t(`marks:found.${kind}`, { message })),
    draw: renderMessage ?? null,
    acts: actions.map(({ name, apply }) => ({ name, run: view => apply(view, from, to) })),
  }
}

function shortened(words: string): string {
  return words.length > longestWords ? `${words.slice(0, longestWords)}…` : words
}
