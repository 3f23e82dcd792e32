import { ensureSyntaxTree, syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { IndexPath } from '../../core/path.ts'

type SyntaxNode = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>

/** Where a position of a JSON text is. */
export type JsonTextPlace = {
  /** Of the property whose value is meant, or of the map in which a key is typed. */
  readonly path: IndexPath
  readonly on: 'key' | 'value'
  /** What of it stands there already, quotes included. */
  readonly from: number
  readonly to: number
  /** For a key: the keys that its map has beside it, and whether a colon follows. */
  readonly beside: readonly string[]
  readonly hasValue: boolean
}

/** Finds it by the syntax tree, also in a text that cannot be read yet; null outside of all maps and lists. */
export function jsonTextPlace(state: EditorState, position: number): JsonTextPlace | null {
  // The state's own tree may end before the place where the machine was busy.
  const tree = ensureSyntaxTree(state, position, 50) ?? syntaxTree(state)
  const inner = tree.resolveInner(position, -1)
  const isWord = /^(String|PropertyName|Number|True|False|Null)$/.test(inner.name)
  const word = isWord && position <= inner.to ? inner : null
  const holder = word === null ? holderOf(inner) : word.parent
  if (holder === null) return null
  const [from, to] = word === null ? [position, position] : [word.from, word.to]
  const at = (on: 'key' | 'value', path: IndexPath): JsonTextPlace => ({
    path,
    on,
    from,
    to,
    beside: on === 'key' ? keysBeside(state, holder, word) : [],
    hasValue: on === 'key' && /^\s*:/.test(state.sliceDoc(to, to + 20)),
  })
  if (word?.name === 'PropertyName') return at('key', pathOf(state, holder.parent))
  if (holder.name === 'Property') {
    const colon = holder.getChild(':')
    return colon !== null && colon.to <= position ? at('value', pathOf(state, holder)) : null
  }
  if (holder.name === 'Object') return at('key', pathOf(state, holder))
  return at('value', [...pathOf(state, holder), indexIn(holder, position)])
}

function holderOf(node: SyntaxNode): SyntaxNode | null {
  let holder: SyntaxNode | null = node
  while (holder !== null && !/^(Object|Property|Array)$/.test(holder.name)) holder = holder.parent
  // Behind the end of a map or list it is no longer meant.
  return holder
}

function pathOf(state: EditorState, node: SyntaxNode | null): IndexPath {
  if (node === null) return []
  const { parent } = node
  const above = pathOf(state, parent)
  if (node.name === 'Property') return [...above, keyOf(state, node)]
  return parent?.name === 'Array' ? [...above, indexIn(parent, node.from)] : above
}

function keyOf(state: EditorState, property: SyntaxNode): string {
  const name = property.getChild('PropertyName')
  return name === null ? '' : unquoted(state.sliceDoc(name.from, name.to))
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    // A key that is being typed.
    return text.replaceAll('"', '')
  }
}

function indexIn(list: SyntaxNode, position: number): number {
  return list.getChildren(',').filter(comma => comma.to <= position).length
}

function keysBeside(state: EditorState, holder: SyntaxNode, word: SyntaxNode | null): readonly string[] {
  const map = holder.name === 'Property' ? holder.parent : holder
  const others = (map?.getChildren('Property') ?? []).filter(one => word === null || one.from !== word.from)
  return others.map(one => keyOf(state, one))
}
