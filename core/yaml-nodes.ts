/** A part of a YAML text. Offsets are where the value itself stands, without its anchor and tag; empty values are empty there. */
export type YamlNode = YamlScalar | YamlMap | YamlList | YamlAlias

type Place = {
  readonly from: number
  readonly to: number
  /** Behind the anchor and tag; null where there is neither. */
  readonly lead: number | null
  /** Spelt out, as `tag:yaml.org,2002:str`; null where none is written. */
  readonly tag: string | null
  readonly anchored: boolean
}

/** `plain` has neither quotes nor a block's header: its meaning depends on what it says. A block ends behind its last line break. */
export type YamlScalar = Place & { readonly kind: 'scalar'; readonly plain: boolean; readonly text: string }

/** A `pair` is a map of one entry that stands in brackets without braces of its own. */
export type YamlMap = Place & {
  readonly kind: 'map'
  readonly style: 'block' | 'flow' | 'pair'
  readonly entries: readonly YamlMapEntry[]
}

/** `colon` is the offset behind it, null where there is none; `explicit` keys have a `?`. */
export type YamlMapEntry = {
  readonly key: YamlNode
  readonly value: YamlNode
  readonly colon: number | null
  readonly explicit: boolean
}

export type YamlList = Place & {
  readonly kind: 'list'
  readonly style: 'block' | 'flow'
  readonly items: readonly YamlListItem[]
}

/** `dash` is the dash's offset, null in brackets. */
type YamlListItem = { readonly value: YamlNode; readonly dash: number | null }

/** What an anchor names; null only while that is being read. */
export type YamlAnchor = { readonly node: YamlNode | null }

/** `anchor` is the last one of that name in front of it, null where there is none. */
export type YamlAlias = Place & { readonly kind: 'alias'; readonly anchor: YamlAnchor | null }
