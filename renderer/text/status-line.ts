import './status-line.css'
import { gotoLine } from '@codemirror/search'
import type { EditorState, Extension } from '@codemirror/state'
import { type EditorView, type Panel, showPanel, type ViewUpdate } from '@codemirror/view'
import { inputMode } from './input-mode.ts'
import type { TextPlace } from './text-aids.ts'

// No key waits for these words.
const pauseMs = 80

// Smaller texts need no word about their size.
const large = 256 * 1024

/** A quiet line below the text: where the cursor is, what is selected, how long lines and keys behave, the size of a large text. */
export function statusLine(place: TextPlace): Extension {
  return showPanel.of(view => createStatusLine(view, place))
}

function createStatusLine(view: EditorView, { messages, settings, run }: TextPlace): Panel {
  const dom = document.createElement('div')
  dom.className = 'status-line'
  const position = button(() => gotoLine(view))
  const selection = document.createElement('span')
  const mode = document.createElement('strong')
  const size = document.createElement('span')
  const indent = document.createElement('span')
  const wrap = button(() => run('text.wrap'))
  const space = document.createElement('span')
  space.className = 'status-line-space'
  dom.append(position, selection, mode, space, size, indent, wrap)

  function write(state: EditorState): void {
    const { main, ranges } = state.selection
    const line = state.doc.lineAt(main.head)
    const { t } = messages
    put(position, t('text:status.position', { line: line.number, column: main.head - line.from + 1 }))
    put(selection, selectionWords(state, t))
    selection.hidden = main.empty && ranges.length === 1
    const { softWrap } = settings()
    const name = state.field(inputMode, false) ?? null
    mode.hidden = name === null
    put(mode, name === null ? '' : t(`text:mode.${name}`))
    size.hidden = state.doc.length < large
    put(size, t('text:status.size', { size: Math.round(state.doc.length / 1024) }))
    put(indent, t('text:status.indent', { count: state.tabSize }))
    put(wrap, t(softWrap ? 'text:status.wraps' : 'text:status.wrapsNot'))
    wrap.setAttribute('aria-pressed', String(softWrap))
    position.title = t('text:commands.goToLine')
    wrap.title = t('text:commands.wrap')
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  const speak = () => {
    timer = undefined
    write(view.state)
  }
  speak()
  messages.on('languageChanged', speak)
  return {
    dom,
    update: ({ docChanged, selectionSet, transactions }: ViewUpdate) => {
      if (docChanged || selectionSet || transactions.some(({ effects }) => effects.length > 0)) {
        timer ??= setTimeout(speak, pauseMs)
      }
    },
    destroy: () => {
      clearTimeout(timer)
      messages.off('languageChanged', speak)
    },
  }
}

function selectionWords({ selection: { ranges }, doc }: EditorState, t: TextPlace['messages']['t']): string {
  const characters = ranges.reduce((sum, { from, to }) => sum + to - from, 0)
  if (ranges.length > 1) return t('text:status.cursors', { count: ranges.length, characters })
  const [range] = ranges
  const lines = range === undefined ? 1 : doc.lineAt(range.to).number - doc.lineAt(range.from).number + 1
  return lines > 1
    ? t('text:status.selectedLines', { count: lines, characters })
    : t('text:status.selected', { count: characters })
}

function button(press: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.onclick = press
  return made
}

/** Writes only what differs: a text node that is set anew is laid out anew, at each key. */
function put(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}
