import { canonicalJson, type Json, type JsonObject, parseJson } from './json.ts'
import { isObject } from './object.ts'
import type { Step } from './path.ts'

/**
 * A node of a fieldsV1 tree (KEP 555). `leaf`: owned as a whole; `self`: owned itself, not only something in it; `inner`:
 * something in it is owned. Read as far as it is asked for: a tree can be half a MiB.
 */
export type FieldNode = {
  readonly leaf: boolean
  readonly self: boolean
  readonly inner: boolean
  readonly child: (name: string) => FieldNode | undefined
}

/** The tree as it stands in `fieldsV1`. */
export function fieldNode(tree: JsonObject): FieldNode {
  let children: Map<string, FieldNode> | undefined
  const keys = Object.keys(tree)
  const leaf = keys.length === 0
  return {
    leaf,
    self: leaf || Object.hasOwn(tree, '.'),
    inner: keys.some(key => key !== '.'),
    child(name) {
      children ??= new Map(Object.entries(tree).map(([key, node]) => [canonicalName(key), fieldNode(asNode(node))]))
      return children.get(name)
    },
  }
}

function asNode(value: Json): JsonObject {
  return isObject(value) ? value : {}
}

/** `k:` and `v:` hold JSON whose spelling and key order are the server's. */
function canonicalName(name: string): string {
  if (!name.startsWith('k:') && !name.startsWith('v:')) return name
  const json = parseJson(name.slice(2))
  return json.ok && isFlat(json.value) ? name.slice(0, 2) + canonicalJson(json.value) : name
}

/** Keys and values of items are scalars; anything else is no name, and might nest without end. */
function isFlat(value: Json): boolean {
  return isObject(value) ? Object.values(value).every(inner => typeof inner !== 'object') : typeof value !== 'object'
}

/** The name of a step in a tree: `f:` a field, `k:` an item by its keys, `v:` an item by its value, `i:` by its position. */
export function nodeName(step: Step): string {
  if (typeof step === 'string') return `f:${step}`
  if (typeof step === 'number') return `i:${step}`
  return 'value' in step ? `v:${canonicalJson(step.value)}` : `k:${canonicalJson(step.keys)}`
}
