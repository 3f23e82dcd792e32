import type { Text } from '@codemirror/state'

/** From so many lines of fields on, yaml-language-server takes longer for an answer than a person waits for one. */
const mostLines = 5_000

/** Whether a text is too much for yaml-language-server. What stands in block scalars costs it little. */
export function isLarge(text: Text): boolean {
  return text.lines > mostLines && countFieldLines(text) > mostLines
}

function countFieldLines(text: Text): number {
  let count = 0
  /** The column of the key whose block scalar the lines belong to. */
  let block: number | null = null
  for (const line of text.iterLines()) {
    const indent = line.search(/\S/)
    if (block !== null && (indent < 0 || indent > block)) continue
    block = /(?::|-)[ \t]+[|>][-+\d]*[ \t]*(?:#.*)?$/.test(line) ? indent : null
    if (indent >= 0) count += 1
  }
  return count
}
