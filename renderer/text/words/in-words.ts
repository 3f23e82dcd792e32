import './in-words.css'
import { type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state'
import { type Command, EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from '@codemirror/view'
import type { AidPlace } from '../../edit/aids.ts'
import { pathAt } from '../../edit/path-at.ts'
import { readScalar, shapeOf } from '../../edit/place/line.ts'
import { holderOf, indentOf } from '../yaml-lines.ts'
import { sayAtCursor } from './ask.ts'
import { meaningOf, type Value } from './recognise.ts'
import { wordsOf } from './say.ts'

type WordsPlace = Pick<AidPlace, 'opened' | 'state' | 'messages'>

/** Lines of a value that are read. */
const mostLines = 2_000

const setShown = StateEffect.define<number | null>()

// The place whose words are shown by key, until the person goes on.
const shown = StateField.define<number | null>({
  create: () => null,
  update(before, transaction) {
    const asked = transaction.effects.find(effect => effect.is(setShown))
    if (asked !== undefined) return asked.value
    return transaction.docChanged || transaction.selection !== undefined ? null : before
  },
})

/** Says what a value means, by pointer, and by key at the cursor: quantities, schedules, times, modes, certificates, images. */
export function inWords(place: WordsPlace): Extension {
  const tooltip = (state: EditorState, position: number) => tooltipAt(state, position, place)
  return [
    shown,
    hoverTooltip(({ state }, position) => (state.field(shown) === null ? tooltip(state, position) : null), {
      hideOnChange: true,
    }),
    showTooltip.compute([shown], state => {
      const position = state.field(shown)
      return position === null ? null : tooltip(state, position)
    }),
    sayAtCursor.of(view => show(view, place)),
    keymap.of([{ key: 'Escape', run: hide }]),
  ]
}

function show(view: EditorView, place: WordsPlace): boolean {
  const { head } = view.state.selection.main
  // Wherever the cursor is on its line, the line's value is meant.
  const line = view.state.doc.lineAt(head)
  const value = shapeOf(line.text)?.value
  const position = value === null || value === undefined ? head : Math.max(head, line.from + value.from)
  const found = valueAt(view.state, position, place)
  const words = found === null ? [] : saying(found.value, place)
  const said = words.length > 0 ? words.join('\n') : place.messages.t('text:words.nothing')
  view.dispatch({ effects: [setShown.of(words.length > 0 ? position : null), EditorView.announce.of(said)] })
  return true
}

const hide: Command = view => {
  if (view.state.field(shown) === null) return false
  view.dispatch({ effects: setShown.of(null) })
  return true
}

function tooltipAt(state: EditorState, position: number, place: WordsPlace): Tooltip | null {
  const found = valueAt(state, position, place)
  const words = found === null ? [] : saying(found.value, place)
  if (found === null || words.length === 0) return null
  return { pos: found.from, end: found.to, above: true, create: () => ({ dom: draw(words) }) }
}

function saying(value: Value, { messages }: WordsPlace): readonly string[] {
  const meaning = meaningOf(value)
  return meaning === null ? [] : wordsOf(meaning, messages, new Date())
}

function draw(lines: readonly string[]): HTMLElement {
  const dom = document.createElement('div')
  dom.className = 'in-words'
  for (const line of lines) dom.append(Object.assign(document.createElement('p'), { textContent: line }))
  return dom
}

type Found = { readonly value: Value; readonly from: number; readonly to: number }

function valueAt({ doc }: EditorState, position: number, { opened, state }: WordsPlace): Found | null {
  const { path, on, from, to } = pathAt(doc, position)
  if (on !== 'value' && !(on === 'entry' && from < to)) return null
  const line = doc.lineAt(position)
  const holder = holderOf(doc, line.number, indentOf(line.text))
  const isBlock = holder?.kind === 'block'
  const text = isBlock ? linesBelow(doc, holder.line) : readScalar(doc.sliceString(from, to))
  const { kind } = opened.ref
  const secret = kind === 'Secret' && state().secretData === 'encoded' && path[0] === 'data'
  return { value: { path, text, kind, secret, timeZone: timeZoneBeside(doc, line.number) }, from, to }
}

type Doc = EditorState['doc']

function linesBelow(doc: Doc, header: number): string {
  const indent = indentOf(doc.line(header).text)
  const lines: string[] = []
  for (let number = header + 1; number <= Math.min(doc.lines, header + mostLines); number += 1) {
    const { text } = doc.line(number)
    if (text.trim() !== '' && indentOf(text) <= indent) break
    lines.push(text.trim())
  }
  return lines.join('\n')
}

/** Lines around a schedule among which its `timeZone` is looked for. */
const around = 400

function timeZoneBeside(doc: Doc, number: number): string | null {
  const { text } = doc.line(number)
  if (!text.includes('schedule:')) return null
  const column = indentOf(text)
  for (const step of [1, -1]) {
    for (let next = number + step; next >= 1 && next <= doc.lines && Math.abs(next - number) < around; next += step) {
      const line = doc.line(next).text
      if (line.trim() !== '' && indentOf(line) < column) break
      const shape = shapeOf(line)
      if (shape?.key?.name === 'timeZone' && shape.key.from === column && shape.value !== null) {
        return readScalar(line.slice(shape.value.from, shape.value.to))
      }
    }
  }
  return null
}
