import type { Json, JsonObject } from './json.ts'
import { isList, isObject } from './object.ts'
import { compareKeys } from './yaml-key-order.ts'
import { floatAsJson, formatFloat } from './yaml-scalar.ts'
import { isPlainWord, isSimpleKey, printQuoted, printString } from './yaml-string.ts'

/**
 * The YAML text of a value in kubectl's shape (go-yaml v2's emitter): keys in natural order, list items not indented
 * under their key, several lines as a block scalar. It reads back as the same value. Only where kubectl would print
 * lines with tabs, trailing blanks or emoji as one long quoted line, this prints a block.
 */
export function printYaml(value: Json): string {
  return `${printNode(value, { indent: isFilled(value) ? 0 : 2, column: 0, listIndent: 0 })}\n`
}

/** Where a value is printed: the column of its first character, and of those on its further lines. */
type Spot = {
  readonly indent: number
  readonly column: number
  /** How far a list's dashes stand to the right of its key: 0 in kubectl's shape. */
  readonly listIndent: number
}

/** A value's text from its first character on, without the last line break. */
export function printNode(value: Json, spot: Spot): string {
  const margin = `\n${' '.repeat(spot.indent)}`
  if (isObject(value)) return isFilled(value) ? entries(value, spot).join(margin) : '{}'
  if (isList(value)) return value.length > 0 ? value.map(item => printItem(item, spot)).join(margin) : '[]'
  if (typeof value === 'string') return printString(value, { ...spot, mayBreak: true })
  return typeof value === 'number' || typeof value === 'bigint' ? printNumber(value) : String(value)
}

/** A list item with its dash, which stands at `indent`. */
export function printItem(item: Json, spot: Spot): string {
  return `- ${printNode(item, inside(spot))}`
}

function inside({ indent, listIndent }: Spot): Spot {
  return { indent: indent + 2, column: indent + 2, listIndent }
}

function entries(object: JsonObject, spot: Spot): string[] {
  return Object.keys(object)
    .sort(compareKeys)
    .map(key => printEntry(key, object[key] ?? null, spot))
}

/** A key and its value, the key standing at `indent`. */
export function printEntry(key: string, value: Json, spot: Spot): string {
  const { indent } = spot
  if (!isSimpleKey(key)) {
    const keyText = printString(key, { ...inside(spot), mayBreak: true })
    return `? ${keyText}\n${' '.repeat(indent)}: ${printNode(value, inside(spot))}`
  }
  const keyText = printKey(key, indent)
  return `${keyText}:${printAfterColon(value, { ...spot, column: indent + keyText.length + 1 })}`
}

/** What follows a key's colon: a blank and the value, or a line break and a block. The key stands at `indent`, the colon ends at `column`. */
export function printAfterColon(value: Json, { indent, column, listIndent }: Spot): string {
  if (!isFilled(value)) return ` ${printNode(value, { indent: indent + 2, column: column + 1, listIndent })}`
  const inner = indent + (isList(value) ? listIndent : 2)
  return `\n${' '.repeat(inner)}${printNode(value, { indent: inner, column: inner, listIndent })}`
}

/** A key in front of its colon. */
function printKey(key: string, indent: number): string {
  // kubectl prints this key bare and then reads it back as a merge.
  return key === '<<' ? '"<<"' : printString(key, { indent, column: indent, mayBreak: false })
}

/** Whether a value is printed on lines of its own: a list or an object that holds something. */
export function isFilled(value: Json): boolean {
  return (isObject(value) && Object.keys(value).length > 0) || (isList(value) && value.length > 0)
}

/** Beyond 64 bits kubectl knows floats only; an integer that is none of those keeps its digits. */
function printNumber(value: number | bigint): string {
  const isWhole = typeof value === 'bigint' || Number.isInteger(value)
  if (isWhole && value >= -(2 ** 63) && value < 2 ** 64) return BigInt(value).toString()
  const isFloat = typeof value === 'number' || floatAsJson(Number(value)) === value
  return isFloat ? formatFloat(Number(value)) : value.toString()
}

/** A value on one line inside braces or brackets. */
export function printFlow(value: Json): string {
  if (isList(value)) return `[${value.map(printFlow).join(', ')}]`
  if (isObject(value))
    return `{${Object.keys(value)
      .sort(compareKeys)
      .map(key => printFlowEntry(key, value[key] ?? null))
      .join(', ')}}`
  if (typeof value === 'string') return isPlainWord(value) ? value : printQuoted(value)
  return typeof value === 'number' || typeof value === 'bigint' ? printNumber(value) : String(value)
}

/** A key and its value inside braces. */
export function printFlowEntry(key: string, value: Json): string {
  return `${isPlainWord(key) ? key : printQuoted(key)}: ${printFlow(value)}`
}
