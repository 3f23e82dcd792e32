import {
  addCursorAbove,
  addCursorBelow,
  copyLineDown,
  copyLineUp,
  deleteLine,
  moveLineDown,
  moveLineUp,
  selectLine,
  selectParentSyntax,
  toggleComment,
} from '@codemirror/commands'
import { foldCode, unfoldAll, unfoldCode } from '@codemirror/language'
import {
  findNext,
  findPrevious,
  gotoLine,
  openSearchPanel,
  selectNextOccurrence,
  selectSelectionMatches,
} from '@codemirror/search'
import type { Command, KeyBinding } from '@codemirror/view'
import { foldAtOpening, foldToDepth, foldUnchanged } from './folds.ts'
import { joinLines } from './join-lines.ts'
import { sayInWords } from './words/ask.ts'

/** Something that the keys and the palette do with a text; `keys` as the page's commands name them. */
export type TextCommand = {
  /** Its words are `commands.<name>` in the catalogue `text`. */
  readonly name: TextCommandName
  readonly keys: readonly string[]
  readonly run: Command
  /** Whether CodeMirror's own keymaps have the keys already. */
  readonly bound: boolean
}

type TextCommandName = keyof typeof import('../../assets/messages/en/text.json')['commands']

const bound = (name: TextCommandName, keys: string, run: Command): TextCommand => ({
  name,
  keys: keys === '' ? [] : [keys],
  run,
  bound: true,
})
const ours = (name: TextCommandName, keys: string, run: Command): TextCommand => ({
  ...bound(name, keys, run),
  bound: false,
})

/** All commands on a text, in the order in which the shortcuts show them. */
export const textCommands: readonly TextCommand[] = [
  bound('find', 'Mod+F', openSearchPanel),
  ours('replace', 'Mod+H', openReplace),
  bound('findNext', 'F3', findNext),
  bound('findPrevious', 'Shift+F3', findPrevious),
  bound('goToLine', 'Mod+Alt+G', gotoLine),
  bound('nextOccurrence', 'Mod+D', selectNextOccurrence),
  bound('allOccurrences', 'Mod+Shift+L', selectSelectionMatches),
  bound('cursorAbove', 'Mod+Alt+ArrowUp', addCursorAbove),
  bound('cursorBelow', 'Mod+Alt+ArrowDown', addCursorBelow),
  bound('selectMore', 'Mod+I', selectParentSyntax),
  ours('selectLine', 'Mod+L', selectLine),
  bound('moveUp', 'Alt+ArrowUp', moveLineUp),
  bound('moveDown', 'Alt+ArrowDown', moveLineDown),
  bound('copyUp', 'Shift+Alt+ArrowUp', copyLineUp),
  bound('copyDown', 'Shift+Alt+ArrowDown', copyLineDown),
  bound('deleteLine', 'Mod+Shift+K', deleteLine),
  ours('join', 'Mod+J', joinLines),
  bound('comment', 'Mod+/', toggleComment),
  ours('inWords', 'Alt+I', sayInWords),
  bound('fold', 'Mod+Shift+[', foldCode),
  bound('unfold', 'Mod+Shift+]', unfoldCode),
  ours('foldAll', 'Mod+Alt+[', foldToDepth(1)),
  ours('foldDepth2', '', foldToDepth(2)),
  ours('foldDepth3', '', foldToDepth(3)),
  ours('foldDepth4', '', foldToDepth(4)),
  ours('foldUnchanged', '', foldUnchanged),
  ours('foldLong', '', foldAtOpening),
  bound('unfoldAll', 'Mod+Alt+]', unfoldAll),
]

/** The keys of those commands that CodeMirror's own keymaps have not. */
export const textBindings: readonly KeyBinding[] = textCommands
  .filter(command => !command.bound)
  .flatMap(({ keys, run }) => keys.map(key => ({ key: boundKey(key), run, preventDefault: true })))

/** A key in CodeMirror's notation: `Mod-h`, `Alt-i`. */
function boundKey(keys: string): string {
  const parts = keys.split('+')
  const key = parts.pop() ?? ''
  return [...parts, key.length === 1 ? key.toLowerCase() : key].join('-')
}

/** Opens the search with the cursor in what replaces. */
function openReplace(view: Parameters<Command>[0]): boolean {
  openSearchPanel(view)
  view.dom.querySelector<HTMLInputElement>('.find-panel [name=replace]')?.select()
  return true
}
