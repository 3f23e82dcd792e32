import { type EditorState, type Extension, RangeSet, StateEffect, StateField } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  GutterMarker,
  gutter,
  hoverTooltip,
  keymap,
  showTooltip,
  type Tooltip,
} from '@codemirror/view'

/** A place that others changed, with what and who in words. */
export type OthersMark = {
  readonly from: number
  readonly to: number
  readonly words: string
  /** Whether it meets a change of mine. */
  readonly overlaps: boolean
}

/** Tells the editor where others changed something, in order of the text. */
export const setOthersMarks = StateEffect.define<readonly OthersMark[]>()

/** What the marks offer: the way to the conflict view, in words; null where nothing can be decided now. */
export type OthersAction = { readonly label: string; readonly run: () => void }

const showWords = StateEffect.define<number | null>()

type Marks = { readonly texts: DecorationSet; readonly lines: RangeSet<OthersMarker> }

class OthersMarker extends GutterMarker {
  readonly overlaps: boolean

  constructor(overlaps: boolean) {
    super()
    this.overlaps = overlaps
    this.elementClass = overlaps ? 'others-line overlaps' : 'others-line'
  }

  override eq(other: OthersMarker): boolean {
    return other.overlaps === this.overlaps
  }
}

const lineMarkers = { quiet: new OthersMarker(false), overlap: new OthersMarker(true) }

const marksField = StateField.define<Marks>({
  create: () => ({ texts: Decoration.none, lines: RangeSet.empty }),
  update(marks, transaction) {
    let next = marks
    if (transaction.docChanged) {
      const { changes } = transaction
      next = { texts: marks.texts.map(changes), lines: marks.lines.map(changes) }
    }
    for (const effect of transaction.effects) {
      if (effect.is(setOthersMarks)) next = marksOf(transaction.state, effect.value)
    }
    return next
  },
  provide: field => EditorView.decorations.from(field, ({ texts }) => texts),
})

// The place whose words are shown by key, until the person goes on.
const shownField = StateField.define<number | null>({
  create: () => null,
  update(shown, transaction) {
    const asked = transaction.effects.find(effect => effect.is(showWords))
    if (asked !== undefined) return asked.value
    return transaction.docChanged || transaction.selection !== undefined ? null : shown
  },
})

/** Marks on the lines that others changed; their words come by pointer, and by `goToNextOther`. `act` is asked each time. */
export function othersMarks(act: () => OthersAction | null): Extension {
  return [
    marksField,
    shownField,
    gutter({ class: 'cm-othersGutter', markers: view => view.state.field(marksField).lines }),
    // Never beside the same words, shown by key.
    hoverTooltip(({ state }, place) => (state.field(shownField) === null ? tooltipAt(state, place, act) : null), {
      hideOnChange: true,
    }),
    showTooltip.compute([shownField, marksField], state => {
      const shown = state.field(shownField)
      return shown === null ? null : tooltipAt(state, shown, act)
    }),
    keymap.of([{ key: 'Escape', run: closeWords }]),
  ]
}

function closeWords(view: EditorView): boolean {
  if (view.state.field(shownField) === null) return false
  view.dispatch({ effects: showWords.of(null) })
  return true
}

/** Moves the cursor to the next place that others changed, or the first, and says what it is. False when there is none. */
export function goToNextOther(view: EditorView): boolean {
  const places = placesOf(view.state)
  const { head } = view.state.selection.main
  const next = places.find(({ from }) => from > head) ?? places[0]
  if (next === undefined) return false
  view.dispatch({
    selection: { anchor: next.from },
    effects: [
      EditorView.scrollIntoView(next.from, { y: 'center' }),
      showWords.of(next.from),
      EditorView.announce.of(next.words.join(' ')),
    ],
  })
  return true
}

/** Tells the places within a stretch that others changed, with what and who in words. */
export function othersBetween(
  state: EditorState,
  from: number,
  to: number,
  tell: (at: number, words: string) => void,
): void {
  state.field(marksField, false)?.texts.between(from, to, (at, _to, { spec }) => {
    if (at >= from) tell(at, spec.words.join(' '))
  })
}

type Place = {
  readonly from: number
  readonly to: number
  readonly words: readonly string[]
  readonly overlaps: boolean
}

function placesOf(state: EditorState): readonly Place[] {
  const places: Place[] = []
  for (const cursor = state.field(marksField).texts.iter(); cursor.value !== null; cursor.next()) {
    const { words, overlaps } = cursor.value.spec
    places.push({ from: cursor.from, to: cursor.to, words, overlaps })
  }
  return places
}

function tooltipAt(state: EditorState, offset: number, act: () => OthersAction | null): Tooltip | null {
  const place = placesOf(state).find(({ from, to }) => from <= offset && offset <= to)
  if (place === undefined) return null
  return { pos: place.from, end: place.to, above: true, create: () => ({ dom: draw(place, act()) }) }
}

function draw({ words, overlaps }: Place, action: OthersAction | null): HTMLElement {
  const dom = document.createElement('div')
  dom.className = 'others-words'
  for (const line of words) dom.append(Object.assign(document.createElement('p'), { textContent: line }))
  if (!overlaps || action === null) return dom
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button button-small'
  button.textContent = action.label
  button.onclick = action.run
  dom.append(button)
  return dom
}

function marksOf(state: EditorState, marks: readonly OthersMark[]): Marks {
  const { length } = state.doc
  const byPlace = Map.groupBy(
    marks.filter(({ to }) => to <= length),
    ({ from }) => from,
  )
  const places = [...byPlace].map(([from, here]) => ({
    from,
    to: Math.max(...here.map(({ to }) => to)),
    words: here.map(({ words }) => words),
    overlaps: here.some(({ overlaps }) => overlaps),
  }))
  const byLine = Map.groupBy(places, ({ from }) => state.doc.lineAt(from).from)
  return {
    texts: Decoration.set(
      places
        .filter(({ from, to }) => from < to)
        .map(({ from, to, words, overlaps }) =>
          Decoration.mark({ class: overlaps ? 'others-mark overlaps' : 'others-mark', words, overlaps }).range(
            from,
            to,
          ),
        ),
      true,
    ),
    lines: RangeSet.of(
      [...byLine].map(([from, here]) =>
        (here.some(({ overlaps }) => overlaps) ? lineMarkers.overlap : lineMarkers.quiet).range(from),
      ),
      true,
    ),
  }
}
