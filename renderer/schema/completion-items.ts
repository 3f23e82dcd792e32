import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { CompletionItem, CompletionList } from 'yaml-language-server'

/** The kind that yaml-language-server gives to a whole object's skeleton. */
const skeleton = 7

/**
 * Completions as the editor takes them: snippets whose cursor ends behind the text unless they say where, written in
 * the text's own way of lists (kubectl's dashes stand under their key's first letter).
 */
export function readyItems({ items, ...list }: CompletionList, document: TextDocument): CompletionList {
  const text = document.getText()
  const isFlat = /^( *)[^\s#-][^\n]*:\n\1- /m.test(text)
  const fields = items.filter(({ kind }) => kind !== skeleton)
  return { ...list, items: fields.map(item => ready(item, { document, text, isFlat })) }
}

type Place = { readonly document: TextDocument; readonly text: string; readonly isFlat: boolean }

function ready(item: CompletionItem, { document, text, isFlat }: Place): CompletionItem {
  const { textEdit } = item
  const label = named(item)
  if (textEdit === undefined || !('range' in textEdit)) {
    return { ...item, label, insertText: snippet(item.insertText ?? item.label, isFlat) }
  }
  const after = text.slice(document.offsetAt(textEdit.range.end)).slice(0, 1)
  // Another name for a key that has its value already.
  const newText = after === ':' ? `${textEdit.newText.split(':', 1)[0]}$0` : snippet(textEdit.newText, isFlat)
  return { ...item, label, insertText: newText, textEdit: { ...textEdit, newText } }
}

function snippet(text: string, isFlat: boolean): string {
  const listed = isFlat ? text.replace(/^ {2}( *- )/gm, '$1') : text
  return /\$\{?\d/.test(listed) ? listed : `${listed}$0`
}

/** `- (array item) io.k8s.api.core.v1.Container` is kubectl's `Container`. */
function named({ label }: CompletionItem): string {
  return label.replace(/^- \(array item\) (?:.*\.)?/, '- ')
}
