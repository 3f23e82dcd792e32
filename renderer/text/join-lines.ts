import { EditorSelection, type EditorState, type StateCommand } from '@codemirror/state'

/** Joins each line of the selection with the next one, with one blank between them. */
export const joinLines: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false
  const seams = seamsOf(state)
  if (seams.length === 0) return false
  const changes = state.changes(seams)
  const { ranges, mainIndex } = state.selection.map(changes)
  dispatch(
    state.update({
      changes,
      selection: EditorSelection.create(
        ranges.map(range => (range.empty ? EditorSelection.cursor(range.head) : range)),
        mainIndex,
      ),
      userEvent: 'delete.join',
      scrollIntoView: true,
    }),
  )
  return true
}

function seamsOf({ doc, selection }: EditorState): { from: number; to: number; insert: string }[] {
  const lines = new Set<number>()
  for (const { from, to } of selection.ranges) {
    const [first, last] = [doc.lineAt(from).number, doc.lineAt(to).number]
    for (let number = first; number < Math.max(last, first + 1); number += 1) lines.add(number)
  }
  return [...lines]
    .filter(number => number < doc.lines)
    .sort((a, b) => a - b)
    .map(number => {
      const [line, next] = [doc.line(number), doc.line(number + 1)]
      const end = line.from + line.text.trimEnd().length
      const start = next.from + next.text.length - next.text.trimStart().length
      const blank = line.text.trim() !== '' && next.text.trim() !== '' ? ' ' : ''
      return { from: end, to: start, insert: blank }
    })
}
