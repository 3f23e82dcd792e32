import type { Json, JsonObject } from './json.ts'
import { isList, isObject } from './object.ts'
import { compareKeys } from './yaml-key-order.ts'
import { formatFloat } from './yaml-scalar.ts'
import { isSimpleKey, printString } from './yaml-string.ts'

/**
 * The YAML text of a value in kubectl's shape (go-yaml v2's emitter): keys in natural order, list items not indented
 * under their key, several lines as a block scalar. It reads back as the same value. Only where kubectl would print
 * lines with tabs, trailing blanks or emoji as one long quoted line, this prints a block.
 */
export function printYaml(value: Json): string {
  return `${isFilled(value) ? printNode(value, 0, 0) : printNode(value, 2, 0)}\n`
}

/**
 * A value's text from its first character, which stands at `column`, without the last line break. Its further lines
 * are indented by `indent`.
 */
export function printNode(value: Json, indent: number, column: number): string {
  const margin = `\n${' '.repeat(indent)}`
  if (isObject(value)) return isFilled(value) ? entries(value, indent).join(margin) : '{}'
  if (isList(value)) return value.length > 0 ? value.map(item => printItem(item, indent)).join(margin) : '[]'
  if (typeof value === 'string') return printString(value, { indent, column, mayBreak: true })
  return typeof value === 'number' ? printNumber(value) : String(value)
}

/** A list item with its dash, which stands at column `indent`. */
export function printItem(item: Json, indent: number): string {
  return `- ${printNode(item, indent + 2, indent + 2)}`
}

function entries(object: JsonObject, indent: number): string[] {
  return Object.keys(object)
    .sort(compareKeys)
    .map(key => printEntry(key, object[key] ?? null, indent))
}

/** A key and its value, the key standing at column `indent`. */
export function printEntry(key: string, value: Json, indent: number): string {
  if (!isSimpleKey(key)) {
    const keyText = printString(key, { indent: indent + 2, column: indent + 2, mayBreak: true })
    return `? ${keyText}\n${' '.repeat(indent)}: ${printNode(value, indent + 2, indent + 2)}`
  }
  const keyText = printKey(key, indent)
  if (isFilled(value)) {
    const inner = isList(value) ? indent : indent + 2
    return `${keyText}:\n${' '.repeat(inner)}${printNode(value, inner, inner)}`
  }
  return `${keyText}: ${printNode(value, indent + 2, indent + keyText.length + 2)}`
}

/** A key in front of its colon. */
export function printKey(key: string, indent: number): string {
  // kubectl prints this key bare and then reads it back as a merge.
  return key === '<<' ? '"<<"' : printString(key, { indent, column: indent, mayBreak: false })
}

/** Whether a value is printed on lines of its own: a list or an object that holds something. */
export function isFilled(value: Json): boolean {
  return (isObject(value) && Object.keys(value).length > 0) || (isList(value) && value.length > 0)
}

function printNumber(value: number): string {
  const fits64Bits = value >= -(2 ** 63) && value < 2 ** 64
  return Number.isInteger(value) && fits64Bits ? BigInt(value).toString() : formatFloat(value)
}
