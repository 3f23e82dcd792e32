import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'

declare global {
  interface Window {
    /** Puts the cursor at an offset of the text, in sight. */
    goTo: (offset: number) => void
  }
}

// CodeMirror with what any editor of YAML has, and nothing of ours: what ours is held against.
const answer = await fetch('/text')
const parent = document.querySelector('#place')
if (parent === null) throw new Error('the page has no #place')
const view = new EditorView({
  parent,
  doc: await answer.text(),
  extensions: [
    history(),
    lineNumbers(),
    yaml(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.theme({ '&': { height: '100vh' }, '.cm-scroller': { overflow: 'auto' } }),
  ],
})
window.goTo = anchor => {
  view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
  view.focus()
}
