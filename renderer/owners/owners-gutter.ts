import { type EditorState, type Extension, RangeSet, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  GutterMarker,
  gutter,
  keymap,
  showTooltip,
  type Tooltip,
  ViewPlugin,
} from '@codemirror/view'
import type { Owner } from '../../core/ownership.ts'
import type { Aid, AidPlace } from '../edit/aids.ts'
import type { Owned } from './owned-task.ts'
import { drawOwners } from './owner-card.ts'
import { huesOf, ownerName } from './owner-look.ts'
import { setOwned } from './owners-aid.ts'

/** Shows in a gutter of its own who owns each line; who that is, on demand. */
export const ownersGutter: Aid = {
  wanted: settings => settings.ownersGutter,
  extension: place => gutterOf(place),
}

/** Shows only the lines of one owner, by its position in `Owned.owners`; null for all. */
export const showOnly = StateEffect.define<number | null>()

const showCard = StateEffect.define<number | null>()

class OwnerMarker extends GutterMarker {
  readonly owners: readonly number[]
  readonly hues: readonly number[]
  readonly title: string

  constructor(owners: readonly number[], hues: readonly number[], title: string) {
    super()
    this.owners = owners
    this.hues = hues
    this.title = title
  }

  override eq(other: OwnerMarker): boolean {
    return other.title === this.title && other.owners.join() === this.owners.join()
  }

  override toDOM(): Node {
    const dom = document.createElement('span')
    dom.className = 'owner-mark'
    dom.title = this.title
    dom.setAttribute('role', 'img')
    dom.setAttribute('aria-label', this.title)
    for (const hue of this.hues) {
      const bar = document.createElement('i')
      bar.className = `owner-hue-${hue}`
      dom.append(bar)
    }
    return dom
  }
}

type Shown = {
  readonly owners: readonly Owner[]
  readonly all: RangeSet<OwnerMarker>
  /** Those of the owner that alone is shown; all where that is null. */
  readonly drawn: RangeSet<OwnerMarker>
  readonly only: number | null
  /** The beginning of the line whose card is open. */
  readonly card: number | null
}

const nothing: Shown = { owners: [], all: RangeSet.empty, drawn: RangeSet.empty, only: null, card: null }

const shownField = StateField.define<Shown>({
  create: () => nothing,
  update(shown, { docChanged, changes, effects, selection, state }) {
    let next = shown
    if (docChanged) {
      next = { ...next, all: next.all.map(changes), drawn: next.drawn.map(changes), card: null }
    } else if (selection !== undefined && next.card !== null) next = { ...next, card: null }
    for (const effect of effects) {
      if (effect.is(setOwned)) next = withOwned(next, effect.value, state)
      else if (effect.is(showOnly)) next = withOnly({ ...next, only: effect.value })
      else if (effect.is(showCard)) next = { ...next, card: effect.value }
    }
    return next
  },
})

function withOwned(shown: Shown, owned: Owned, state: EditorState): Shown {
  const { owners } = owned
  const same = shown.only !== null && ownerName(owners[shown.only]) === ownerName(shown.owners[shown.only])
  return withOnly({ ...shown, owners, all: marksOf(owned, state), only: same ? shown.only : null })
}

function withOnly(shown: Shown): Shown {
  const { only, all } = shown
  if (only === null) return { ...shown, drawn: all }
  return { ...shown, drawn: all.update({ filter: (_from, _to, { owners }) => owners.includes(only) }) }
}

function marksOf({ lines, sets, owners }: Owned, { doc }: EditorState): RangeSet<OwnerMarker> {
  const hues = huesOf(owners)
  const markers = sets.map(set => {
    const title = set.map(index => ownerName(owners[index])).join(', ')
    return new OwnerMarker(set, [...new Set(set.map(index => hues[index] ?? 0))].slice(0, 2), title)
  })
  const builder = new RangeSetBuilder<OwnerMarker>()
  // Line after line, without a search from the root of the text for each.
  let from = 0
  const iterator = doc.iterLines()
  for (const set of lines) {
    if (iterator.next().done) break
    const marker = markers[set]
    if (marker !== undefined) builder.add(from, from, marker)
    from += iterator.value.length + 1
  }
  return builder.finish()
}

const ownLine = Decoration.line({ class: 'owner-only-line' })

/** The lines of the one owner that is shown, as far as they are in sight. */
const onlyLines = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet = Decoration.none
    update({ view }: { readonly view: EditorView }): void {
      this.decorations = decorate(view)
    }
  },
  { decorations: plugin => plugin.decorations },
)

function decorate({ state, visibleRanges }: EditorView): DecorationSet {
  const { only, drawn } = state.field(shownField)
  if (only === null) return Decoration.none
  const lines = visibleRanges.flatMap(({ from, to }) => {
    const found: number[] = []
    drawn.between(from, to, at => void found.push(at))
    return found
  })
  return Decoration.set(lines.map(at => ownLine.range(at)))
}

function gutterOf(place: AidPlace): Extension {
  return [
    shownField.init(state => {
      const { owned } = place.state()
      return owned !== null && owned.lines.length === state.doc.lines ? withOwned(nothing, owned, state) : nothing
    }),
    gutter({
      class: 'cm-ownersGutter',
      markers: view => view.state.field(shownField).drawn,
      domEventHandlers: {
        mousedown(view, line) {
          const { card } = view.state.field(shownField)
          view.dispatch({ effects: showCard.of(card === line.from ? null : line.from) })
          return true
        },
      },
    }),
    onlyLines,
    showTooltip.compute([shownField], state => cardOf(state, place)),
    keymap.of([{ key: 'Escape', run: view => closeCard(view) }]),
  ]
}

function cardOf(state: EditorState, place: AidPlace): Tooltip | null {
  const { card, owners } = state.field(shownField)
  if (card === null) return null
  const set = ownersAt(state, card)
  const shown = set.flatMap(index => owners[index] ?? [])
  return { pos: card, above: true, create: () => ({ dom: drawOwners(shown, huesOf(owners), set, place) }) }
}

function ownersAt(state: EditorState, lineStart: number): readonly number[] {
  let found: readonly number[] = []
  state.field(shownField).all.between(lineStart, lineStart, (_from, _to, marker) => {
    found = marker.owners
  })
  return found
}

/** Tells who owns the lines that begin within a stretch, as far as that is shown: positions among all owners, which come along. */
export function ownersBetween(
  state: EditorState,
  from: number,
  to: number,
  tell: (at: number, set: readonly number[], owners: readonly Owner[]) => void,
): void {
  const shown = state.field(shownField, false)
  shown?.drawn.between(from, to, (at, _to, marker) => tell(at, marker.owners, shown.owners))
}

function closeCard(view: EditorView): boolean {
  if (view.state.field(shownField).card === null) return false
  view.dispatch({ effects: showCard.of(null) })
  return true
}

/** Opens the card of the cursor's line, and says it. `words` says who owns a line, by their names. */
export function showOwnerOfLine(view: EditorView, words: (owners: readonly Owner[]) => string): void {
  const shown = view.state.field(shownField, false)
  if (shown === undefined) return
  const { from } = view.state.doc.lineAt(view.state.selection.main.head)
  const owners = ownersAt(view.state, from).flatMap(index => shown.owners[index] ?? [])
  view.dispatch({ effects: [showCard.of(from), EditorView.announce.of(words(owners))] })
}

/** Moves the cursor to the next stretch of lines of one owner, or the first. False where it owns none. */
export function goToNextOf(view: EditorView, owner: number): boolean {
  const shown = view.state.field(shownField, false)
  if (shown === undefined) return false
  const { doc, selection } = view.state
  const stretches: number[] = []
  let last = -1
  for (const cursor = shown.all.iter(); cursor.value !== null; cursor.next()) {
    if (!cursor.value.owners.includes(owner)) continue
    const { number } = doc.lineAt(cursor.from)
    if (number !== last + 1) stretches.push(cursor.from)
    last = number
  }
  const next = stretches.find(from => from > selection.main.head) ?? stretches[0]
  if (next === undefined) return false
  view.dispatch({ selection: { anchor: next }, effects: EditorView.scrollIntoView(next, { y: 'center' }) })
  return true
}
