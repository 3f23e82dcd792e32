import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

// Colours are variables of `editor.css`, so that light and dark are a matter of the page alone.
const highlight = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--code-key)' },
  { tag: tags.string, color: 'var(--code-string)' },
  { tag: tags.content, color: 'var(--code-value)' },
  { tag: [tags.lineComment, tags.comment], color: 'var(--code-comment)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace, tags.meta], color: 'var(--code-mark)' },
  { tag: [tags.labelName, tags.typeName, tags.keyword, tags.attributeValue], color: 'var(--code-label)' },
])

const theme = EditorView.theme({
  '&': { blockSize: '100%', color: 'var(--text)', backgroundColor: 'var(--surface)', fontSize: 'var(--text-body)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--text)', paddingBlock: 'var(--space-2)' },
  '.cm-line': { paddingInline: 'var(--space-2)' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--code-selection)',
  },
  '.cm-activeLine': { backgroundColor: 'var(--code-active-line)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--code-match)' },
  '.cm-searchMatch': { backgroundColor: 'var(--code-found)', outline: '1px solid var(--code-found-edge)' },
  '.cm-searchMatch.cm-searchMatch-selected': { backgroundColor: 'var(--code-found-now)' },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--code-match)',
    outline: '1px solid var(--line-control)',
  },
  '.cm-gutters': {
    backgroundColor: 'var(--surface)',
    color: 'var(--text-faint)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLineGutter': { backgroundColor: 'var(--code-active-line)', color: 'var(--text)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '3ch', paddingInline: '0.5rem 0.25rem' },
  '.cm-foldGutter .cm-gutterElement': { cursor: 'pointer', paddingInline: '0.125rem', color: 'var(--text-faint)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--accent-softer)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius-small)',
    color: 'var(--text-muted)',
    marginInlineStart: '0.5rem',
    paddingInline: '0.375rem',
    fontFamily: 'var(--font-text)',
    fontSize: 'var(--text-small)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface-raised)',
    border: '0',
    borderRadius: 'var(--radius)',
    boxShadow: 'var(--shadow-raised)',
    color: 'var(--text)',
    fontFamily: 'var(--font-text)',
    maxInlineSize: '32rem',
  },
  '.cm-diagnostic': { padding: 'var(--space-2) var(--space-3)', borderLeft: '3px solid var(--bad)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-lint-marker-error': { content: 'none' },
  // Below the app's dialogs.
  '.cm-panels': {
    zIndex: 1,
    backgroundColor: 'var(--surface-sunken)',
    color: 'var(--text)',
    fontFamily: 'var(--font-text)',
  },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-textfield': {
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line-control)',
    borderRadius: 'var(--radius-small)',
    color: 'var(--text)',
    fontSize: 'var(--text-small)',
    padding: '0.1875rem 0.375rem',
  },
  '.cm-button': {
    backgroundColor: 'var(--surface-raised)',
    backgroundImage: 'none',
    border: '1px solid var(--line-control)',
    borderRadius: 'var(--radius-small)',
    color: 'var(--text)',
    fontSize: 'var(--text-small)',
    padding: '0.1875rem 0.5rem',
  },
  '.cm-button:active': { backgroundImage: 'none', backgroundColor: 'var(--surface-pressed)' },
})

/** The look of every editor: the page's tokens. */
export const editorTheme: Extension = [theme, syntaxHighlighting(highlight)]
