import { YamlFault } from './yaml-cursor.ts'
import type { YamlAnchor, YamlMapEntry, YamlNode } from './yaml-nodes.ts'
import { Scanner, type Token, type TokenKind } from './yaml-scan.ts'

/** How many maps and lists may stand inside each other. The deepest schemas of custom resources stay under 100. */
export const deepestNesting = 500

/** The first document of a text. `rest` is what stands behind it and makes another, null where nothing does. */
export type ParsedYaml = { readonly root: YamlNode | null; readonly rest: Rest | null }

/** Where a further document begins: at its marker, or without one at the first thing that is not part of the first. */
type Rest = { readonly from: number; readonly to: number; readonly marked: boolean }

/** Reads the nodes of a text's first document, by the grammar of go-yaml 2 (`parserc.go`). Throws YamlFault. */
export function parseYaml(text: string): ParsedYaml {
  const scanner = new Scanner(text)
  const root = new DocumentParser(scanner).parse(true)
  return { root, rest: findRest(scanner) }
}

/** Documents that hold nothing are passed over; where the scanner stumbles, something stands there. */
function findRest(scanner: Scanner): Rest | null {
  let rest: Rest | null = null
  let marked = false
  try {
    for (let token = scanner.peek(); token.kind !== 'end'; token = scanner.peek()) {
      const { kind, from, to } = token
      if (kind === 'document-end') {
        scanner.take()
        marked = true
        continue
      }
      marked ||= beginsDocument.includes(kind)
      rest = { from, to, marked }
      const root = new DocumentParser(scanner).parse(false)
      if (root !== null && root.to > root.from) return rest
    }
    return null
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error
    return rest ?? { from: error.from, to: error.to, marked }
  }
}

const beginsDocument: readonly TokenKind[] = ['version', 'tag-directive', 'document-start']

/** An anchor and a tag in front of a value. */
type Properties = { readonly anchor: string | null; readonly tag: string | null; readonly lead: number | null }

const noProperties: Properties = { anchor: null, tag: null, lead: null }

class DocumentParser {
  private readonly scanner: Scanner
  private readonly handles = new Map<string, string>()
  private readonly anchors = new Map<string, YamlAnchor>()
  private depth = 0

  constructor(scanner: Scanner) {
    this.scanner = scanner
  }

  /** Null where the text is at its end. A document without a marker must be `first`. */
  parse(first: boolean): YamlNode | null {
    const isBare = !this.is(...beginsDocument)
    if (this.is('end')) return null
    this.directives()
    if (isBare && first) return this.node(true, false)
    this.expect('document-start', 'a directive belongs in front of a document that begins with ---')
    const { kind, from } = this.scanner.peek()
    const isEmpty = kind === 'document-end' || kind === 'end' || beginsDocument.includes(kind)
    return isEmpty ? this.empty(from) : this.node(true, false)
  }

  private directives(): void {
    let versions = 0
    while (this.is('version', 'tag-directive')) {
      const { kind, handle, text, from, to } = this.scanner.take()
      if (kind === 'version') versions++
      if (versions > 1 || (kind === 'tag-directive' && this.handles.has(handle))) {
        throw new YamlFault('this directive stands here twice', from, to)
      }
      if (kind === 'tag-directive') this.handles.set(handle, text)
    }
    if (!this.handles.has('!')) this.handles.set('!', '!')
    if (!this.handles.has('!!')) this.handles.set('!!', 'tag:yaml.org,2002:')
  }

  private is(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.scanner.peek().kind)
  }

  private expect(kind: TokenKind, orElse: string): Token {
    const token = this.scanner.peek()
    if (token.kind !== kind) throw new YamlFault(orElse, token.from, Math.max(token.to, token.from + 1))
    return this.scanner.take()
  }

  /** One value. Where blocks may stand, and lists that are not indented under their key. */
  private node(inBlock: boolean, besideKey: boolean): YamlNode {
    if (this.is('alias')) return this.alias()
    const properties = this.properties()
    const token = this.scanner.peek()
    switch (token.kind) {
      case 'plain':
      case 'quoted':
        return this.scalar(properties)
      case '[':
        return this.anchored(properties, () => this.flowList(properties))
      case '{':
        return this.anchored(properties, () => this.flowMap(properties))
      case 'block-list':
        if (inBlock) return this.anchored(properties, () => this.blockList(properties))
        break
      case 'block-map':
        if (inBlock) return this.anchored(properties, () => this.blockMap(properties))
        break
      case '-':
        if (besideKey) return this.anchored(properties, () => this.listBesideKey(properties))
    }
    if (properties.lead !== null) return this.anchored(properties, () => this.empty(properties.lead ?? 0, properties))
    throw new YamlFault('a value is missing here', token.from, Math.max(token.to, token.from + 1))
  }

  private alias(): YamlNode {
    const { from, to, text } = this.scanner.take()
    return { kind: 'alias', from, to, ...placeOf(noProperties), anchor: this.anchors.get(text) ?? null }
  }

  private properties(): Properties {
    if (!this.is('anchor', 'tag')) return noProperties
    const first = this.scanner.take()
    const other = first.kind === 'anchor' ? 'tag' : 'anchor'
    const second = this.is(other) ? this.scanner.take() : null
    const [anchor, tag] = first.kind === 'anchor' ? [first, second] : [second, first]
    return { anchor: anchor?.text ?? null, tag: tag && this.tagOf(tag), lead: (second ?? first).to }
  }

  private tagOf({ handle, text, from, to }: Token): string {
    if (handle === '') return text
    const prefix = this.handles.get(handle)
    if (prefix === undefined) throw new YamlFault('this tag has a handle that no %TAG explains', from, to)
    return prefix + text
  }

  /** Makes a node; its anchor is known inside of it already. */
  private anchored(properties: Properties, make: () => YamlNode): YamlNode {
    const anchor: { node: YamlNode | null } = { node: null }
    if (properties.anchor !== null) this.anchors.set(properties.anchor, anchor)
    if (this.depth++ === deepestNesting) {
      const { from } = this.scanner.peek()
      throw new YamlFault('too deep', from, from + 1, 'too-deep')
    }
    const node = make()
    this.depth--
    anchor.node = node
    return node
  }

  private scalar(properties: Properties): YamlNode {
    const { kind, from, to, text } = this.scanner.take()
    const node = { kind: 'scalar', from, to, plain: kind === 'plain', text, ...placeOf(properties) } as const
    if (properties.anchor !== null) this.anchors.set(properties.anchor, { node })
    return node
  }

  private empty(at: number, properties = noProperties): YamlNode {
    return { kind: 'scalar', from: at, to: at, plain: true, text: '', ...placeOf(properties) }
  }

  private blockList(properties: Properties): YamlNode {
    const { from } = this.scanner.take()
    const items = []
    while (this.is('-')) items.push(this.dashed(['-', 'block-end']))
    this.expect('block-end', 'a list goes on with a dash in the column of the first one')
    return { kind: 'list', style: 'block', from, to: items.at(-1)?.value.to ?? from, items, ...placeOf(properties) }
  }

  private listBesideKey(properties: Properties): YamlNode {
    const { from } = this.scanner.peek()
    const items = []
    while (this.is('-')) items.push(this.dashed(['-', 'key', 'value', 'block-end']))
    return { kind: 'list', style: 'block', from, to: items.at(-1)?.value.to ?? from, items, ...placeOf(properties) }
  }

  private dashed(orNothing: readonly TokenKind[]): { dash: number; value: YamlNode } {
    const { from, to } = this.scanner.take()
    return { dash: from, value: this.is(...orNothing) ? this.empty(to) : this.node(true, false) }
  }

  private blockMap(properties: Properties): YamlNode {
    const { from } = this.scanner.take()
    const entries: YamlMapEntry[] = []
    while (this.is('key')) {
      const mark = this.scanner.take()
      entries.push(this.blockEntry(mark.to, mark.to > mark.from))
    }
    this.expect('block-end', 'a key is missing here, or its column is not that of the keys before it')
    return { kind: 'map', style: 'block', from, to: entries.at(-1)?.value.to ?? from, entries, ...placeOf(properties) }
  }

  private blockEntry(keyAt: number, explicit: boolean): YamlMapEntry {
    const nothing: readonly TokenKind[] = ['key', 'value', 'block-end']
    const key = this.is(...nothing) ? this.empty(keyAt) : this.node(true, true)
    if (!this.is('value')) return { key, value: this.empty(key.to), colon: null, explicit }
    const colon = this.scanner.take().to
    const value = this.is(...nothing) ? this.empty(colon) : this.node(true, true)
    return { key, value, colon, explicit }
  }

  private flowList(properties: Properties): YamlNode {
    const { from } = this.scanner.take()
    const items: { dash: null; value: YamlNode }[] = []
    while (!this.is(']')) {
      if (items.length > 0) this.expect(',', 'a comma or ] is missing here')
      if (this.is(']')) break
      items.push({ dash: null, value: this.is('key') ? this.pair() : this.node(false, false) })
    }
    const { to } = this.scanner.take()
    return { kind: 'list', style: 'flow', from, to, items, ...placeOf(properties) }
  }

  private pair(): YamlNode {
    const mark = this.scanner.take()
    const entry = this.flowEntry(mark, ']')
    const to = Math.max(entry.key.to, entry.value.to)
    return { kind: 'map', style: 'pair', from: mark.from, to, entries: [entry], ...placeOf(noProperties) }
  }

  private flowMap(properties: Properties): YamlNode {
    const { from } = this.scanner.take()
    const entries: YamlMapEntry[] = []
    while (!this.is('}')) {
      if (entries.length > 0) this.expect(',', 'a comma or } is missing here')
      if (this.is('}')) break
      if (this.is('key')) entries.push(this.flowEntry(this.scanner.take(), '}'))
      else {
        const key = this.node(false, false)
        entries.push({ key, value: this.empty(key.to), colon: null, explicit: false })
      }
    }
    const { to } = this.scanner.take()
    return { kind: 'map', style: 'flow', from, to, entries, ...placeOf(properties) }
  }

  private flowEntry(mark: Token, end: ']' | '}'): YamlMapEntry {
    const explicit = mark.to > mark.from
    const key = this.is('value') || this.isFlowEnd(end) ? this.empty(mark.to) : this.node(false, false)
    if (!this.is('value')) return { key, value: this.empty(key.to), colon: null, explicit }
    const colon = this.scanner.take().to
    const value = this.isFlowEnd(end) ? this.empty(colon) : this.node(false, false)
    return { key, value, colon, explicit }
  }

  private isFlowEnd(end: ']' | '}'): boolean {
    return this.is(',', end)
  }
}

function placeOf({ anchor, tag, lead }: Properties): { lead: number | null; tag: string | null; anchored: boolean } {
  return { lead, tag, anchored: anchor !== null }
}
