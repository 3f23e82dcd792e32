import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yamlLanguage } from '@codemirror/lang-yaml'
import { foldKeymap } from '@codemirror/language'
import { searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { crosshairCursor, EditorView, keymap, rectangularSelection } from '@codemirror/view'
import { findReplace } from './find-panel.ts'
import { pasteYaml } from './paste.ts'
import { textBindings } from './text-commands.ts'
import { yamlIndent } from './yaml-indent.ts'
import { dashInput, moveIn, moveOut } from './yaml-items.ts'

/** The app's own keys, which the text leaves to it: Review, and Alt+L, which goes to the list. */
const appKeys: readonly (string | undefined)[] = ['Mod-Enter', 'Alt-l']

/** What makes typing in an editor of YAML comfortable, whatever the settings. */
export function textComfort(): Extension {
  return [
    severalCursors(),
    yamlLanguage.data.of({ closeBrackets: { brackets: ['[', '{', '"', "'"] } }),
    closeBrackets(),
    yamlIndent,
    dashInput,
    pasteYaml,
    findReplace(),
    // Tab indents; Escape, then Tab leaves the editor, as everywhere in CodeMirror.
    keymap.of([
      ...closeBracketsKeymap,
      { key: 'Tab', run: moveIn, shift: moveOut },
      ...textBindings,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...defaultKeymap.filter(({ key }) => !appKeys.includes(key)),
      indentWithTab,
    ]),
  ]
}

/** Alt or Ctrl and a click add a cursor; Alt and a drag select a column. */
function severalCursors(): Extension {
  return [
    EditorState.allowMultipleSelections.of(true),
    EditorView.clickAddsSelectionRange.of(({ altKey, ctrlKey, metaKey }) => altKey || ctrlKey || metaKey),
    rectangularSelection(),
    crosshairCursor(),
  ]
}
