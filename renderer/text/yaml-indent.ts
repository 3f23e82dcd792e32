import { type IndentContext, indentService } from '@codemirror/language'
import type { Text } from '@codemirror/state'
import { type LineShape, shapeOf } from '../edit/place/line.ts'
import { lastLine, nextLine } from '../edit/place/line-tree.ts'
import { contentColumn, holderOf, indentOf } from './yaml-lines.ts'

/** How a new line of YAML is indented, found from the lines above it alone. */
export const yamlIndent = indentService.of((context, position) => {
  const { state, simulatedBreak } = context
  // A line's columns are its meaning: what stands there is not moved.
  if (simulatedBreak === null) return standing(context, position)
  const line = state.doc.lineAt(simulatedBreak)
  return columnAfter(state.doc, line.number, line.text.slice(0, simulatedBreak - line.from))
})

function standing({ lineAt }: IndentContext, position: number): number | undefined {
  const { text } = lineAt(position)
  return /^\s*[\]}]/.test(text) ? undefined : indentOf(text)
}

/**
 * The column in which a line begins that is typed below line `number` (from 1), of which `before` stands before the break;
 * undefined within brackets, where the syntax says it.
 */
export function columnAfter(text: Text, number: number, before: string): number | undefined {
  if (before.trim() === '') return afterBlank(text, number, before)
  const indent = indentOf(before)
  const holder = holderOf(text, number, indent)
  if (holder !== null) return holder.kind === 'block' ? indent : undefined
  const shape = shapeOf(before)
  if (shape === null) return indent
  if (shape.value?.kind === 'flow' && !/[\]}]$/.test(before.trimEnd())) return undefined
  return below(text, number, shape)
}

/** Twice Enter keeps the column; within a script, that of the script. */
function afterBlank(text: Text, number: number, before: string): number {
  const above = lastLine(text, number, ({ indent }) => indent < Number.POSITIVE_INFINITY)
  if (above === null || before !== '') return before.length
  const line = text.line(above).text
  const isHeader = shapeOf(line)?.value?.kind === 'block'
  return isHeader || holderOf(text, above, indentOf(line))?.kind === 'block' ? (columnAfter(text, above, line) ?? 0) : 0
}

function below(text: Text, number: number, shape: LineShape): number {
  const { indent, dashes, key, value } = shape
  const own = key?.from ?? dashes.at(-1) ?? indent
  if (value?.kind === 'block') return own + 2
  if (value !== null) return own
  if (key === null) return contentColumn(shape)
  const next = nextLine(text, number, lines => lines.indent < Number.POSITIVE_INFINITY)
  const there = next === null ? null : shapeOf(text.line(next).text)
  const isInside = there !== null && (there.indent > own || (there.indent === own && there.dashes.length > 0))
  return isInside ? there.indent : own + 2
}
