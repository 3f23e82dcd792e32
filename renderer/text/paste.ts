import { isolateHistory } from '@codemirror/commands'
import { EditorView } from '@codemirror/view'
import { reindent } from './paste-yaml.ts'

/** Pasted YAML is put where it is pasted. One undo takes that back, the next the paste. */
export const pasteYaml = EditorView.domEventHandlers({
  paste(event, view) {
    const raw = event.clipboardData?.getData('text/plain').replace(/\r\n?/g, '\n') ?? ''
    return paste(view, raw)
  },
})

/** Pastes a text; false where it is best pasted as any text is. */
export function paste(view: EditorView, raw: string): boolean {
  const { state } = view
  const { main, ranges } = state.selection
  if (state.readOnly || ranges.length > 1 || !raw.includes('\n')) return false
  const [first, last] = [state.doc.lineAt(main.from), state.doc.lineAt(main.to)]
  const place = {
    text: main.empty ? state.doc : state.doc.replace(main.from, main.to, state.toText('')),
    line: first.number,
    before: first.text.slice(0, main.from - first.from),
    after: last.text.slice(main.to - last.from),
  }
  const put = reindent(place, raw)
  if (put === null) return false
  view.dispatch(state.replaceSelection(raw), { userEvent: 'input.paste', scrollIntoView: true })
  const from = main.from - put.dropped
  const to = main.from + raw.length
  if (view.state.sliceDoc(from, to) === put.insert) return true
  view.dispatch({
    changes: { from, to, insert: put.insert },
    selection: { anchor: from + put.insert.length },
    annotations: isolateHistory.of('full'),
    userEvent: 'input.indent',
    scrollIntoView: true,
  })
  return true
}
