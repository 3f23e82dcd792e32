import { forEachDiagnostic } from '@codemirror/lint'
import type { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { changedPlaces } from '../edit/change-gutter.ts'
import { othersBetween } from '../edit/others-marks.ts'
import { markPlace, marksAt, wordsOf } from './marks.ts'

/** Moves the cursor to the next marked line, or the one before, round the ends of the text, and says what is marked there. */
export function goToMark(view: EditorView, step: 1 | -1): void {
  const { state } = view
  const place = state.facet(markPlace)
  if (place === null) return
  view.focus()
  const lines = markedLines(state)
  const own = state.doc.lineAt(state.selection.main.head).from
  const next =
    step === 1
      ? (lines.find(line => line > own) ?? lines[0])
      : (lines.findLast(line => line < own) ?? lines[lines.length - 1])
  if (next === undefined) {
    view.dispatch({ effects: EditorView.announce.of(place.messages.t('marks:nowhere')) })
    return
  }
  const words = place.messages.t('marks:lineWith', {
    line: state.doc.lineAt(next).number,
    marks: wordsOf(marksAt(state, next, place), place),
  })
  view.dispatch({
    selection: { anchor: next },
    effects: [EditorView.scrollIntoView(next, { y: 'center' }), EditorView.announce.of(words)],
  })
}

/** Beginnings of the lines on which something was found or changed, in order: of stretches of changed lines the first. */
function markedLines(state: EditorState): readonly number[] {
  const lines = new Set(changedPlaces(state))
  const add = (offset: number) => void lines.add(state.doc.lineAt(offset).from)
  forEachDiagnostic(state, ({ severity }, from) => severity === 'hint' || add(from))
  othersBetween(state, 0, state.doc.length, add)
  return [...lines].sort((a, b) => a - b)
}
