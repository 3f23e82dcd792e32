import { EditorSelection, type EditorState, type Text, type TransactionSpec } from '@codemirror/state'
import { type Command, EditorView } from '@codemirror/view'
import { shapeOf } from '../edit/place/line.ts'
import { lastLine, nextLine } from '../edit/place/line-tree.ts'
import { contentColumn, holderOf, indentOf, levelsAt } from './yaml-lines.ts'

/** A dash typed where a map goes on begins the next item of the list around it. */
export const dashInput = EditorView.inputHandler.of((view, from, to, typed) => {
  if (typed !== ' ' || from !== to || view.state.readOnly) return false
  const change = dashAt(view.state)
  if (change === null) return false
  view.dispatch(change)
  return true
})

/** What a blank behind a dash does beyond being typed; null for nothing. */
export function dashAt({ doc, selection }: EditorState): TransactionSpec | null {
  const { main, ranges } = selection
  const line = doc.lineAt(main.head)
  if (ranges.length > 1 || !main.empty || !/^ +-$/.test(line.text) || main.head !== line.to) return null
  const column = line.text.length - 1
  const above = lastLine(doc, line.number, ({ indent }) => indent < Number.POSITIVE_INFINITY)
  const shape = above === null ? null : shapeOf(doc.line(above).text)
  if (above === null || shape === null || holderOf(doc, line.number, column) !== null) return null
  if (shape.key !== null && shape.value === null && column >= shape.key.from) return null
  const levels = levelsAt(doc, above)
  const list = levels.find(level => level.kind === 'list' && level.column < column)
  const isPlace = levels.some(level => level.kind === 'list' && level.column === column)
  if (isPlace || list === undefined) return null
  const insert = `${' '.repeat(list.column)}- `
  return {
    changes: { from: line.from, to: line.to, insert },
    selection: EditorSelection.cursor(line.from + insert.length),
    userEvent: 'input.type',
    scrollIntoView: true,
  }
}

/** Tab at the beginning of an item or a key moves it with all that belongs to it. */
export const moveIn: Command = view => moveBlock(view, 2)
/** Shift-Tab moves it back. */
export const moveOut: Command = view => moveBlock(view, -2)

function moveBlock({ state, dispatch }: EditorView, by: 2 | -2): boolean {
  const change = blockMoved(state, by)
  if (change === null) return false
  dispatch(state.update(change))
  return true
}

/** How an item or a key is moved with what belongs to it; null where the cursor is not at its beginning, or nothing belongs to it. */
export function blockMoved({ doc, selection, readOnly }: EditorState, by: 2 | -2): TransactionSpec | null {
  const { main, ranges } = selection
  const line = doc.lineAt(main.head)
  const shape = shapeOf(line.text)
  if (readOnly || ranges.length > 1 || !main.empty || shape === null) return null
  if (main.head - line.from > contentColumn(shape) || shape.indent + by < 0) return null
  if (holderOf(doc, line.number, shape.indent) !== null) return null
  const last = lastOfBlock(doc, line.number, shape.indent, shape.dashes.length > 0)
  if (last === line.number) return null
  const changes = []
  for (let number = line.number; number <= last; number += 1) {
    const { from, text } = doc.line(number)
    if (text.trim() === '') continue
    changes.push(by > 0 ? { from, insert: '  ' } : { from, to: from + 2 })
  }
  return { changes, userEvent: by > 0 ? 'input.indent' : 'delete.dedent' }
}

function lastOfBlock(text: Text, number: number, column: number, isItem: boolean): number {
  const next = nextLine(text, number, ({ indent, plain }) =>
    isItem ? indent <= column : indent < column || plain <= column,
  )
  let last = next === null ? text.lines : next - 1
  // Blank lines and comments at its end are the next one's.
  while (last > number && isBeside(text.line(last).text, column)) last -= 1
  return last
}

function isBeside(line: string, column: number): boolean {
  return line.trim() === '' || (line.trimStart().startsWith('#') && indentOf(line) <= column)
}
