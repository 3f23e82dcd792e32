import type { YamlMapEntry, YamlNode } from './yaml-nodes.ts'
import { isMergeKey, keyName } from './yaml-values.ts'

/** One entry of a block map or list, or one part of a flow collection, as it stands in the text. */
export type TextEntry = {
  /** The key's name, null for a list item. */
  readonly key: string | null
  readonly value: YamlNode
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
 * what has an anchor, keys with a `?`, an anchor or a tag, merge keys, and pairs in brackets.
 */
export function textEntries(node: YamlNode | null): readonly TextEntry[] | null {
  if (node === null || node.anchored) return null
  if (node.kind === 'map') return allOrNone(node.style === 'pair' ? [null] : node.entries.map(mapEntry))
  if (node.kind === 'list') return allOrNone(node.items.map(listItem))
  return null
}

function allOrNone(entries: readonly (TextEntry | null)[]): readonly TextEntry[] | null {
  return entries.every(entry => entry !== null) ? entries : null
}

function mapEntry({ key, value, colon, explicit }: YamlMapEntry): TextEntry | null {
  if (explicit || key.lead !== null || isMergeKey(key)) return null
  const named = keyName(key)
  if ('what' in named) return null
  const lead = Math.max(colon ?? key.to, value.lead ?? 0)
  return { key: named.name, value, start: key.from, lead, ...valueRange(value, lead) }
}

function listItem({ value, dash }: { readonly value: YamlNode; readonly dash: number | null }): TextEntry | null {
  if (value.kind === 'map' && value.style === 'pair') return null
  const lead = value.lead ?? (dash === null ? value.from : dash + 1)
  return { key: null, value, start: dash ?? value.from, lead, ...valueRange(value, lead) }
}

function valueRange({ from, to }: YamlNode, lead: number): { first: number; end: number } {
  return to > from ? { first: from, end: to } : { first: lead, end: lead }
}

/** Whether a node is a map or list in braces or brackets. */
export function isFlow(node: YamlNode): boolean {
  return (node.kind === 'map' || node.kind === 'list') && node.style !== 'block'
}

/** Whether a node is a map or list over lines of its own. */
export function isBlock(node: YamlNode | null): boolean {
  return (node?.kind === 'map' || node?.kind === 'list') && node.style === 'block'
}
