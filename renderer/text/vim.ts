import { moveCompletionSelection, startCompletion } from '@codemirror/autocomplete'
import { type Extension, Facet, Prec } from '@codemirror/state'
import { type Command, EditorView, keymap, ViewPlugin } from '@codemirror/view'
import { type CodeMirror, getCM, Vim, vim } from '@replit/codemirror-vim'
import { type InputMode, inputMode, setInputMode } from './input-mode.ts'
import type { TextPlace } from './text-aids.ts'

// Vim's table of commands is one for all editors of the page: each asks the editor for its place.
const vimPlace = Facet.define<TextPlace, TextPlace | null>({ combine: ([first = null]) => first })

/** Vim's keys in an editor. `:w` asks for the review: nothing is written before it. */
export function vimKeys(place: TextPlace): Extension {
  defineCommands()
  return [
    vimPlace.of(place),
    inputMode,
    Prec.high(vim()),
    modeTelling,
    vimTheme,
    keymap.of([
      { key: 'Ctrl-n', run: nextCompletion(true) },
      { key: 'Ctrl-p', run: nextCompletion(false) },
    ]),
  ]
}

function nextCompletion(forward: boolean): Command {
  const move = moveCompletionSelection(forward)
  return view => move(view) || startCompletion(view)
}

const modes: Readonly<Record<string, InputMode>> = {
  normal: 'normal',
  insert: 'insert',
  replace: 'replace',
  visual: 'visual',
  'visual linewise': 'visualLine',
  'visual blockwise': 'visualBlock',
}

/** Tells the editor's state of each change of mode. */
const modeTelling = ViewPlugin.define(view => {
  let ended = false
  const cm = getCM(view)
  const tell = ({ mode, subMode = '' }: { readonly mode: string; readonly subMode?: string }) => {
    const now = modes[`${mode} ${subMode}`.trim()] ?? 'normal'
    // Vim changes its mode also while the view is being updated.
    queueMicrotask(() => {
      if (!ended && view.state.field(inputMode, false) !== now) view.dispatch({ effects: setInputMode.of(now) })
    })
  }
  cm?.on('vim-mode-change', tell)
  return {
    destroy: () => {
      ended = true
      cm?.off('vim-mode-change', tell)
    },
  }
})

type Ex = { readonly argString?: string }

let defined = false

function defineCommands(): void {
  if (defined) return
  defined = true
  const define = (name: string, short: string, run: (place: TextPlace, forced: boolean, cm: CodeMirror) => unknown) =>
    Vim.defineEx(name, short, (cm: CodeMirror, { argString = '' }: Ex) => {
      const place = cm.cm6.state.facet(vimPlace)
      if (place !== null) run(place, argString.trim().startsWith('!'), cm)
    })
  const review = ({ run, messages }: TextPlace, _: boolean, cm: CodeMirror) => {
    if (!run('edit.review')) say(cm, messages.t('text:vim.noReview'))
  }
  define('write', 'w', review)
  define('wq', 'wq', review)
  define('xit', 'x', review)
  const quit = ({ run }: TextPlace, forced: boolean) => run(forced ? 'edit.discardNow' : 'edits.closeActive')
  define('quit', 'q', quit)
  define('qall', 'qa', quit)
  define('edit', 'e', ({ run, messages }, forced, cm) => {
    if (forced) run('text.startOver')
    else if (!run('edit.takeIn')) say(cm, messages.t('text:vim.nothingCame'))
  })
  define('help', 'h', ({ run }) => run('app.shortcuts'))
  Vim.defineOption('wrap', false, 'boolean', [], (value, cm) => {
    const place = cm?.cm6.state.facet(vimPlace)
    if (place === undefined || place === null) return false
    if (value !== undefined && value !== place.settings().softWrap) place.run('text.wrap')
    return place.settings().softWrap
  })
}

function say(cm: CodeMirror, words: string): void {
  const note = document.createElement('div')
  note.setAttribute('role', 'status')
  note.textContent = words
  cm.openNotification(note, { bottom: true, duration: 5_000 })
}

const vimTheme = Prec.highest(
  EditorView.theme({
    '.cm-fat-cursor': { background: 'var(--accent) !important', color: 'var(--on-accent) !important' },
    '&:not(.cm-focused) .cm-fat-cursor': {
      background: 'none !important',
      outline: 'solid 1px var(--accent) !important',
      color: 'transparent !important',
    },
    '.cm-vim-panel': {
      alignItems: 'center',
      minBlockSize: '1.75rem',
      paddingInline: 'var(--space-3)',
      fontFamily: 'var(--font-code)',
      fontSize: 'var(--text-small)',
    },
    '.cm-vim-panel input': { flex: '1', color: 'var(--text)', font: 'inherit', outline: 'none !important' },
  }),
)
