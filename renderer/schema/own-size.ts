import type { Text } from '@codemirror/state'

/** From so many lines of fields on, yaml-language-server takes longer for an answer than a person waits for one. */
const mostLines = 5_000

/** Whether a text is too much for yaml-language-server. What stands in block scalars costs it little. */
export function isLarge(text: Text): boolean {
  if (text.lines <= mostLines) return false
  let count = 0
  /** The column of the key whose block scalar the lines belong to. */
  let block: number | null = null
  for (const line of text.iterLines()) {
    const indent = line.search(/\S/)
    if (indent < 0 || (block !== null && indent > block)) continue
    block = /(?::|-)[ \t]+[|>][-+\d]*[ \t]*(?:#.*)?$/.test(line) ? indent : null
    count += 1
    if (count > mostLines) return true
  }
  return false
}
