import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Scalar, visit, type YAMLMap } from 'yaml'
import type { Json } from './json.ts'
import type { TextRange, YamlUnsupported } from './problem.ts'
import { blockText } from './yaml-block.ts'
import { floatAsJson, formatFloatKey, resolvePlain } from './yaml-scalar.ts'
import { unsupported, type YamlProblem, type YamlSyntax } from './yaml-syntax.ts'

/** What every alias of a document stands for. */
export type Aliases = ReadonlyMap<Alias, Node>

/** The value that kubectl reads from a document, and what it would refuse or silently lose. */
export function readValues(
  { root, rangeOf }: YamlSyntax,
  aliases: Aliases,
): { value: Json; problems: readonly YamlProblem[] } {
  const reader = new Reader(aliases, rangeOf)
  return { value: reader.read(root), problems: reader.problems }
}

/** Aliases by what they stand for: the last anchor of that name before them, as in go-yaml. */
export function resolveAliases(root: Node | null): Aliases {
  const anchors = new Map<string, Node>()
  const aliases = new Map<Alias, Node>()
  if (root === null) return aliases
  visit(root, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source)
        if (target !== undefined) aliases.set(node, target)
      } else if (node.anchor !== undefined) {
        anchors.set(node.anchor, node)
      }
    },
  })
  return aliases
}

/** The key as the JSON object has it (`yes:` is "true", `0400:` is "256"); otherwise what is wrong with it. */
export function keyName(node: unknown, aliases: Aliases): { name: string } | { what: YamlUnsupported } {
  const target = isAlias(node) ? aliases.get(node) : node
  if (isMap(target) || isSeq(target)) return { what: 'collection-key' }
  if (!isScalar(target)) return { what: isAlias(node) ? 'unknown-alias' : 'null-key' }
  const scalar = resolveScalar(target)
  if (typeof scalar === 'string') return { what: scalar }
  const { value } = scalar
  if (value === null) return { what: 'null-key' }
  if (typeof value === 'number') return { name: formatFloatKey(value) }
  if (typeof value === 'bigint' && value >= 2n ** 63n) return { what: 'huge-number-key' }
  return { name: String(value) }
}

/** Whether a key merges another map into its own (`<<`, not quoted). */
export function isMergeKey(key: unknown): boolean {
  return (
    isScalar(key) && key.source === '<<' && ((key.type === 'PLAIN' && key.tag === undefined) || key.tag === mergeTag)
  )
}

const tagPrefix = 'tag:yaml.org,2002:'
const mergeTag = `${tagPrefix}merge`

type Resolved = { readonly value: string | number | bigint | boolean | null }

function resolveScalar(node: Scalar): Resolved | YamlUnsupported {
  const token = node.srcToken
  const text = token?.type === 'block-scalar' ? blockText(token) : (node.source ?? '')
  if (node.tag === undefined) return node.type === 'PLAIN' ? resolvePlain(text) : { value: text }
  const tag = node.tag.startsWith(tagPrefix) ? node.tag.slice(tagPrefix.length) : ''
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
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
  return { value: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) }
}

class Reader {
  readonly problems: YamlProblem[] = []
  private readonly aliases: Aliases
  private readonly rangeOf: YamlSyntax['rangeOf']
  /** The aliases being read now, outermost first. Problems inside them are reported where they were written. */
  private readonly open = new Set<Node>()
  private reads = 0
  private aliasedReads = 0
  private exhausted = false

  constructor(aliases: Aliases, rangeOf: YamlSyntax['rangeOf']) {
    this.aliases = aliases
    this.rangeOf = rangeOf
  }

  read(node: unknown): Json {
    if (this.countRead(node)) return null
    if (isAlias(node)) return this.readAlias(node, target => this.read(target)) ?? null
    if (isMap(node)) return Object.fromEntries(this.readMap(node, new Map()))
    if (isSeq(node)) return node.items.map(item => this.read(item))
    return isScalar(node) ? this.readScalar(node) : null
  }

  private readScalar(node: Scalar): Json {
    const scalar = resolveScalar(node)
    if (typeof scalar === 'string') return this.refuse(scalar, node)
    const { value } = scalar
    if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
    if (typeof value !== 'number') return value
    return Number.isFinite(value) ? floatAsJson(value) : this.refuse('infinite-number', node)
  }

  /** Adds a map's entries to `entries` in order; a merge key overrides what stands before it, as in go-yaml. */
  private readMap(map: YAMLMap, entries: Map<string, Json>): Map<string, Json> {
    const lines = new Map<string, number>()
    for (const { key, value } of map.items) {
      if (isMergeKey(key)) {
        this.merge(value, entries)
        continue
      }
      this.countRead(key)
      const named = keyName(key, this.aliases)
      const range = this.rangeOfNode(isNode(key) ? key : map)
      if ('what' in named) {
        this.refuse(named.what, isNode(key) ? key : map)
        this.read(value)
        continue
      }
      const firstLine = lines.get(named.name)
      if (firstLine !== undefined) this.report({ code: 'yaml-duplicate-key', key: named.name, firstLine, range })
      else lines.set(named.name, range.line)
      entries.set(named.name, this.read(value))
    }
    return entries
  }

  private merge(source: unknown, entries: Map<string, Json>): void {
    if (isSeq(source)) {
      // The first map of the list wins, so it comes last.
      for (const item of [...source.items].reverse()) this.mergeMap(item, entries)
    } else {
      this.mergeMap(source, entries)
    }
  }

  private mergeMap(source: unknown, entries: Map<string, Json>): void {
    if (this.countRead(source)) return
    if (isMap(source)) this.readMap(source, entries)
    else if (isAlias(source) && isMap(this.aliases.get(source))) {
      this.readAlias(source, target => this.mergeMap(target, entries))
    } else if (isNode(source)) this.refuse('merge-of-no-map', source)
  }

  private readAlias<T>(alias: Alias, read: (target: Node) => T): T | null {
    const target = this.aliases.get(alias)
    if (target === undefined) return this.refuse('unknown-alias', alias)
    if (this.open.has(alias)) return this.refuseAnywhere('self-alias', alias)
    this.open.add(alias)
    const value = read(target)
    this.open.delete(alias)
    return value
  }

  /** Counts as go-yaml does, so that the same documents are refused; true when no more may be read. */
  private countRead(node: unknown): boolean {
    this.reads++
    if (this.open.size > 0) this.aliasedReads++
    const bounded = this.aliasedReads > 100 && this.reads > 1000
    if (!this.exhausted && bounded && this.aliasedReads / this.reads > allowedAliasRatio(this.reads)) {
      this.exhausted = true
      if (isNode(node)) this.refuseAnywhere('too-many-aliases', [...this.open][0] ?? node)
    }
    return this.exhausted
  }

  private refuse(what: YamlUnsupported, node: Node): null {
    if (this.open.size === 0) this.refuseAnywhere(what, node)
    return null
  }

  private refuseAnywhere(what: YamlUnsupported, node: Node): null {
    this.problems.push(unsupported(what, this.rangeOfNode(node)))
    return null
  }

  private report(problem: YamlProblem): void {
    if (this.open.size === 0) this.problems.push(problem)
  }

  private rangeOfNode(node: Node): TextRange {
    const [from = 0, to = from] = node.range ?? []
    return this.rangeOf(from, to)
  }
}

/** How much of the reading may come from aliases: 99% of a small document, 10% of a large one (go-yaml's `allowedAliasRatio`). */
function allowedAliasRatio(reads: number): number {
  const [low, high] = [400_000, 4_000_000]
  return 0.99 - 0.89 * Math.min(Math.max((reads - low) / (high - low), 0), 1)
}
