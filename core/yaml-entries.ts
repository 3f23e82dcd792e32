import { type CST, isCollection, isMap, isPair, isSeq, type Node, type Pair } from 'yaml'
import { endOf, startOf } from './yaml-ranges.ts'
import { type Aliases, isMergeKey, keyName } from './yaml-values.ts'

/** One entry of a block map or list, or one part of a flow collection, as it stands in the text. */
export type TextEntry = {
  /** The key's name, null for a list item. */
  readonly key: string | null
  readonly value: Node | null
  /** The key's or the dash's first character; in flow the item's. */
  readonly start: number
  /** Behind the colon or dash and behind an anchor or tag: here the value's text may begin. */
  readonly lead: number
  /** The value's first character; `lead` where nothing is written. */
  readonly first: number
  /** Behind the value's last character. A block scalar's last line break counts to it. */
  readonly end: number
}

/**
 * The entries of a collection in order of the text. Null for what cannot be edited part by part: scalars and aliases,
 * keys with a `?`, merge keys, keys with an anchor or tag, and anything that is not as plain as it looks.
 */
export function textEntries(node: Node | null, aliases: Aliases): readonly TextEntry[] | null {
  if (!isCollection(node) || node.anchor !== undefined) return null
  const tokens = node.srcToken
  if (tokens === undefined || !('items' in tokens)) return null
  const written = tokens.items.filter(isWritten)
  if (written.length !== node.items.length) return null
  const entries: TextEntry[] = []
  for (const [index, item] of node.items.entries()) {
    const token = written[index]
    const entry = token === undefined ? null : isMap(node) ? mapEntry(item, token, aliases) : listItem(item, token)
    if (entry === null) return null
    entries.push(entry)
  }
  return entries
}

/** Comments at a collection's end and a comma before a closing bracket are items of the syntax, but nothing of the value. */
function isWritten({ start, key, sep, value }: CST.CollectionItem): boolean {
  return Boolean(key || value || sep?.length || start.some(({ type }) => type === 'seq-item-ind'))
}

function mapEntry(item: unknown, token: CST.CollectionItem, aliases: Aliases): TextEntry | null {
  if (!isPair(item) || isMergeKey(item.key)) return null
  // What the parser makes holds nodes or nothing.
  const { key, value } = item as Pair<Node | null, Node | null>
  const named = keyName(key, aliases)
  if (key === null || 'what' in named || token.start.some(isProperty)) return null
  const colon = lastEnd(token.sep ?? [], 'map-value-ind')
  const lead = colon ?? endOf(key)
  return { key: named.name, value, start: startOf(key), lead, ...valueRange(value, lead) }
}

function listItem(item: unknown, token: CST.CollectionItem): TextEntry | null {
  // A pair in brackets without braces of its own is a map made up by the parser.
  if (token.key || isPair(item)) return null
  // What the parser makes holds nodes or nothing.
  const value = item as Node | null
  const dash = token.start.find(({ type }) => type === 'seq-item-ind')?.offset
  const valueStart = value === null ? 0 : startOf(value)
  const lead = lastEnd(token.start, 'seq-item-ind') ?? valueStart
  return { key: null, value, start: dash ?? valueStart, lead, ...valueRange(value, lead) }
}

function valueRange(value: Node | null, lead: number): { first: number; end: number } {
  const first = value === null ? lead : startOf(value)
  const end = value === null ? lead : endOf(value)
  // The library puts an empty value somewhere behind its colon, perhaps behind a comment.
  return end > first ? { first, end } : { first: lead, end: lead }
}

function isProperty({ type }: CST.SourceToken): boolean {
  return type === 'explicit-key-ind' || type === 'anchor' || type === 'tag'
}

function lastEnd(tokens: CST.SourceToken[], indicator: CST.SourceToken['type']): number | null {
  const last = tokens.findLast(({ type }) => type === indicator || type === 'anchor' || type === 'tag')
  return last === undefined ? null : last.offset + last.source.length
}

/** Whether a node is a map or list in braces or brackets. */
export function isFlow(node: Node | null): boolean {
  return isCollection(node) && node.flow === true
}

/** Whether a node is a map or list over lines of its own. */
export function isBlock(node: Node | null): boolean {
  return (isMap(node) || isSeq(node)) && node.flow !== true
}
