import type { Text } from '@codemirror/state'

/** A stretch of a text to fold: from the end of the key's line to the end of its last line. */
export type FoldRange = { readonly from: number; readonly to: number }

/**
 * Where `status` and `metadata.managedFields` stand, found by indentation alone: no parse of the whole text is needed
 * before the first paint. Relies on the shape that `printYaml` gives: `status:` at the margin, lists not indented.
 */
export function foldableAtOpening(text: Text): FoldRange[] {
  const ranges: FoldRange[] = []
  let parent = ''
  for (let number = 1; number <= text.lines; number += 1) {
    const line = text.line(number).text
    const top = /^([\w-]+):/.exec(line)
    if (top !== null) parent = top[1] ?? ''
    const wanted = line === 'status:' || (parent === 'metadata' && /^ +managedFields:$/.test(line))
    if (!wanted) continue
    const last = endOfBlock(text, number)
    if (last > number) ranges.push({ from: text.line(number).to, to: text.line(last).to })
    number = last
  }
  return ranges
}

/** The number of the last line that belongs to the key on line `number`. */
function endOfBlock(text: Text, number: number): number {
  const indent = indentOf(text.line(number).text)
  let last = number
  for (let next = number + 1; next <= text.lines; next += 1) {
    const line = text.line(next).text
    if (line.trim() === '') continue
    const own = indentOf(line)
    // A list's dashes stand under the first letter of its key.
    if (own < indent || (own === indent && !line.startsWith('- ', own))) break
    last = next
  }
  return last
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
