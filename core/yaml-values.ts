import type { Json } from './json.ts'
import type { TextRange, YamlUnsupported } from './problem.ts'
import type { YamlAlias, YamlMap, YamlNode, YamlScalar } from './yaml-nodes.ts'
import { floatAsJson, formatFloatKey, resolvePlain } from './yaml-scalar.ts'
import { unsupported, type YamlProblem, type YamlSyntax } from './yaml-syntax.ts'

/** The value that kubectl reads from a document, and what it would refuse or silently lose. */
export function readValues({ root, rangeOf }: YamlSyntax): { value: Json; problems: readonly YamlProblem[] } {
  const reader = new Reader(rangeOf)
  return { value: root === null ? null : reader.read(root), problems: reader.problems }
}

/** The key as the JSON object has it (`yes:` is "true", `0400:` is "256"); otherwise what is wrong with it. */
export function keyName(node: YamlNode): { name: string } | { what: YamlUnsupported } {
  const target = node.kind === 'alias' ? (node.anchor?.node ?? null) : node
  if (target === null) return { what: 'unknown-alias' }
  if (target.kind === 'alias') throw new Error('an alias has no anchor')
  if (target.kind !== 'scalar') return { what: 'collection-key' }
  const scalar = resolveScalar(target)
  if (typeof scalar === 'string') return { what: scalar }
  const { value } = scalar
  if (value === null) return { what: 'null-key' }
  if (typeof value === 'number') return { name: formatFloatKey(value) }
  if (typeof value === 'bigint' && value >= 2n ** 63n) return { what: 'huge-number-key' }
  return { name: String(value) }
}

/** Whether a key merges another map into its own (`<<`, not quoted). */
export function isMergeKey(key: YamlNode): boolean {
  if (key.kind !== 'scalar' || key.text !== '<<') return false
  return key.tag === null ? key.plain : key.tag === '!' || key.tag === mergeTag
}

const tagPrefix = 'tag:yaml.org,2002:'
const mergeTag = `${tagPrefix}merge`

type Resolved = { readonly value: string | number | bigint | boolean | null }

function resolveScalar({ text, plain, tag: written }: YamlScalar): Resolved | YamlUnsupported {
  if (written === null) return plain ? resolvePlain(text) : { value: text }
  const tag = written.startsWith(tagPrefix) ? written.slice(tagPrefix.length) : ''
  if (tag === 'binary') return decodeBinary(text)
  if (!['bool', 'int', 'float', 'null', 'timestamp'].includes(tag)) return { value: text }
  const scalar = resolvePlain(text)
  if (scalar.kind === tag) return scalar
  // go-yaml turns an integer into the float asked for only where it fits into an int64.
  const becomesFloat = tag === 'float' && scalar.kind === 'int' && scalar.value < 2n ** 63n
  return becomesFloat ? { value: Number(scalar.value) } : 'tag-mismatch'
}

function decodeBinary(text: string): Resolved | YamlUnsupported {
  const base64 = text.replace(/[\r\n]/g, '')
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return 'invalid-binary'
  return { value: atob(base64).replace(octets, found => (found.length > 1 ? decodeUtf8(found) : '\ufffd')) }
}

function decodeUtf8(text: string): string {
  const bytes = Uint8Array.from(text, character => character.charCodeAt(0))
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

// A character of several octets, or an octet alone. Go replaces each octet that belongs to none; a decoder would replace them together.
const octets =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g

class Reader {
  readonly problems: YamlProblem[] = []
  private readonly rangeOf: YamlSyntax['rangeOf']
  /** The aliases being read now, outermost first. Problems inside them are reported where they were written. */
  private readonly open = new Set<YamlNode>()
  private reads = 0
  private aliasedReads = 0
  private exhausted = false

  constructor(rangeOf: YamlSyntax['rangeOf']) {
    this.rangeOf = rangeOf
  }

  read(node: YamlNode): Json {
    if (this.countRead(node)) return null
    if (node.kind === 'alias') return this.readAlias(node, target => this.read(target)) ?? null
    if (node.kind === 'map') return Object.fromEntries(this.readMap(node, new Map()))
    return node.kind === 'list' ? node.items.map(({ value }) => this.read(value)) : this.readScalar(node)
  }

  private readScalar(node: YamlScalar): Json {
    const scalar = resolveScalar(node)
    if (typeof scalar === 'string') return this.refuse(scalar, node)
    const { value } = scalar
    if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
    if (typeof value !== 'number') return value
    return Number.isFinite(value) ? floatAsJson(value) : this.refuse('infinite-number', node)
  }

  /** Adds a map's entries to `entries` in order; a merge key overrides what stands before it, as in go-yaml. */
  private readMap(map: YamlMap, entries: Map<string, Json>): Map<string, Json> {
    const first = new Map<string, YamlNode>()
    for (const { key, value } of map.entries) {
      if (isMergeKey(key)) {
        this.merge(value, entries)
        continue
      }
      this.countRead(key)
      const named = keyName(key)
      if ('what' in named) {
        this.refuse(named.what, key)
        this.read(value)
        continue
      }
      const before = first.get(named.name)
      if (before === undefined) first.set(named.name, key)
      else this.refuseDuplicate(named.name, before, key)
      entries.set(named.name, this.read(value))
    }
    return entries
  }

  private merge(source: YamlNode, entries: Map<string, Json>): void {
    // The first map of a list wins, so it comes last.
    const maps = source.kind === 'list' ? source.items.map(({ value }) => value).reverse() : [source]
    for (const map of maps) this.mergeMap(map, entries)
  }

  private mergeMap(source: YamlNode, entries: Map<string, Json>): void {
    if (this.countRead(source)) return
    if (source.kind === 'map') this.readMap(source, entries)
    else if (source.kind === 'alias' && source.anchor?.node?.kind === 'map') {
      this.readAlias(source, target => this.mergeMap(target, entries))
    } else this.refuse('merge-of-no-map', source)
  }

  private readAlias<T>(alias: YamlAlias, read: (target: YamlNode) => T): T | null {
    const target = alias.anchor?.node ?? null
    if (target === null) return this.refuse('unknown-alias', alias)
    if (this.open.has(alias)) return this.refuseAnywhere('self-alias', alias)
    this.open.add(alias)
    const value = read(target)
    this.open.delete(alias)
    return value
  }

  /** Counts as go-yaml does, so that the same documents are refused; true when no more may be read. */
  private countRead(node: YamlNode): boolean {
    this.reads++
    if (this.open.size > 0) this.aliasedReads++
    const bounded = this.aliasedReads > 100 && this.reads > 1000
    if (!this.exhausted && bounded && this.aliasedReads / this.reads > allowedAliasRatio(this.reads)) {
      this.exhausted = true
      this.refuseAnywhere('too-many-aliases', [...this.open][0] ?? node)
    }
    return this.exhausted
  }

  private refuse(what: YamlUnsupported, node: YamlNode): null {
    if (this.open.size === 0) this.refuseAnywhere(what, node)
    return null
  }

  private refuseAnywhere(what: YamlUnsupported, node: YamlNode): null {
    this.problems.push(unsupported(what, this.rangeOfNode(node)))
    return null
  }

  private refuseDuplicate(name: string, before: YamlNode, key: YamlNode): void {
    if (this.open.size > 0) return
    const firstLine = this.rangeOfNode(before).line
    this.problems.push({ code: 'yaml-duplicate-key', key: name, firstLine, range: this.rangeOfNode(key) })
  }

  private rangeOfNode({ from, to }: YamlNode): TextRange {
    return this.rangeOf(from, to)
  }
}

/** How much of the reading may come from aliases: 99% of a small document, 10% of a large one (go-yaml's `allowedAliasRatio`). */
function allowedAliasRatio(reads: number): number {
  const [low, high] = [400_000, 4_000_000]
  return 0.99 - 0.89 * Math.min(Math.max((reads - low) / (high - low), 0), 1)
}
