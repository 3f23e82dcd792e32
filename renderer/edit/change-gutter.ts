import { type EditorState, type Extension, RangeSet, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state'
import { EditorView, GutterMarker, gutter } from '@codemirror/view'
import type { LineChange } from '../../core/text-diff.ts'

/** Tells the editor which of its lines differ from the base's. */
export const setLineChanges = StateEffect.define<readonly LineChange[]>()

/** How a line differs from the base. */
export type LineMark = 'added' | 'changed' | 'removed' | 'removed-at-end'

class ChangeMarker extends GutterMarker {
  readonly mark: LineMark

  constructor(mark: LineMark) {
    super()
    this.mark = mark
    this.elementClass = `change-mark change-${mark}`
  }

  override eq(other: ChangeMarker): boolean {
    return other.mark === this.mark
  }
}

const markers: { readonly [M in LineMark]: ChangeMarker } = {
  added: new ChangeMarker('added'),
  changed: new ChangeMarker('changed'),
  removed: new ChangeMarker('removed'),
  'removed-at-end': new ChangeMarker('removed-at-end'),
}

const lineMarks = StateField.define<RangeSet<ChangeMarker>>({
  create: () => RangeSet.empty,
  update(marks, transaction) {
    let next = transaction.docChanged ? marks.map(transaction.changes) : marks
    for (const effect of transaction.effects) {
      if (effect.is(setLineChanges)) next = marksOf(transaction.state, effect.value)
    }
    return next
  },
})

/** A narrow gutter that shows which lines were added, changed or (as a wedge between lines) removed. */
export function changeGutter(): Extension {
  return [lineMarks, gutter({ class: 'cm-changeGutter', markers: view => view.state.field(lineMarks) })]
}

/** The places of the changed stretches, in order, to walk through. */
export function changedPlaces(state: EditorState): number[] {
  const places: number[] = []
  let lastLine = -1
  for (const cursor = state.field(lineMarks).iter(); cursor.value !== null; cursor.next()) {
    const line = state.doc.lineAt(cursor.from).number
    if (line !== lastLine + 1) places.push(cursor.from)
    lastLine = line
  }
  return places
}

/** Tells the marks of the lines that begin within a stretch. */
export function changesBetween(
  state: EditorState,
  from: number,
  to: number,
  tell: (at: number, mark: LineMark) => void,
): void {
  state.field(lineMarks, false)?.between(from, to, (at, _to, { mark }) => tell(at, mark))
}

/** Whether any line is changed that begins within a stretch. */
export function isChangedWithin(state: EditorState, from: number, to: number): boolean {
  let isChanged = false
  state.field(lineMarks).between(from, to, () => {
    isChanged = true
    return false
  })
  return isChanged
}

function marksOf(state: EditorState, changes: readonly LineChange[]): RangeSet<ChangeMarker> {
  const { doc } = state
  const builder = new RangeSetBuilder<ChangeMarker>()
  // A text that ends with a line break has an empty line behind it in the editor.
  const lines = doc.line(doc.lines).length === 0 ? doc.lines - 1 : doc.lines
  let last = 0
  const add = (number: number, marker: ChangeMarker) => {
    if (number <= last || number > doc.lines) return
    last = number
    const { from } = doc.line(number)
    builder.add(from, from, marker)
  }
  for (const { beforeFrom, beforeTo, afterFrom, afterTo } of changes) {
    const replaced = beforeTo - beforeFrom
    if (afterTo === afterFrom) {
      if (afterFrom < lines) add(afterFrom + 1, markers.removed)
      else add(Math.max(lines, 1), markers['removed-at-end'])
      continue
    }
    for (let line = afterFrom; line < afterTo; line += 1) {
      add(line + 1, line - afterFrom < replaced ? markers.changed : markers.added)
    }
  }
  return builder.finish()
}

/** Moves the cursor to the next changed stretch, or the first. False when nothing is changed. */
export function goToNextChange(view: EditorView): boolean {
  const places = changedPlaces(view.state)
  const { head } = view.state.selection.main
  const next = places.find(place => place > head) ?? places[0]
  if (next === undefined) return false
  view.dispatch({ selection: { anchor: next }, effects: EditorView.scrollIntoView(next, { y: 'center' }) })
  return true
}
