import { type Ground, listRule } from '../identity.ts'
import type { Json } from '../json.ts'
import { isList, isObject } from '../object.ts'
import { type FieldNode, nodeName } from '../owned-fields.ts'
import { type ItemIdentity, identityValue, type Step } from '../path.ts'
import type { PatchSchema } from './schema.ts'
import { finished } from './values.ts'

/** How the server takes apart a list: by what its schema says, and by nothing else. */
export function serverGround(schema: PatchSchema | null): Ground {
  return { schema, pod: null, union: false }
}

/** A set of owned fields, seen from a place inward. (Go: structured-merge-diff's `fieldpath.Set`.) */
export type FieldSet = Pick<FieldNode, 'self' | 'inner'> & { readonly child: (name: string) => FieldSet | undefined }

/** A set whose fields can be listed. */
export type FieldTree = FieldSet & { readonly children: ReadonlyMap<string, FieldTree> }

/** A field or an item of a value that is owned part by part. `named`: a field that the schema names. */
export type Part = {
  readonly step: Step
  readonly name: string
  readonly value: Json
  readonly schema: PatchSchema | null
  readonly named: boolean
}

/** What a value is owned by: its fields or items, null where it is owned as a whole. Items may share a name. */
export function partsOf(value: Json, schema: PatchSchema | null): readonly Part[] | null {
  if (isObject(value)) {
    if (isWholeMap(schema)) return null
    const named = schema?.struct === true
    return Object.entries(value).map(([key, inner]) => {
      return { step: key, name: `f:${key}`, value: inner, schema: schema?.field(key) ?? null, named }
    })
  }
  const rule = isList(value) ? listRule(serverGround(schema)) : 'atomic'
  if (!isList(value) || rule === 'atomic') return null
  const items = schema?.items() ?? null
  const parts: Part[] = []
  for (const item of value) {
    const step = rule === 'set' ? { value: item } : keysOf(item, rule, items)
    if (step === null) return null
    parts.push({ step, name: nodeName(step), value: item, schema: items, named: false })
  }
  return parts
}

/** A key that an item leaves out and that has no default is none of its keys. (Go: `keyedAssociativeListItemToPathElement`.) */
function keysOf(item: Json, keys: readonly string[], schema: PatchSchema | null): ItemIdentity | null {
  const found = keys.flatMap(key => {
    const value = identityValue(item, key, schema)
    return value === undefined ? [] : [[key, value] as const]
  })
  return isObject(item) && found.length > 0 ? { keys: Object.fromEntries(found) } : null
}

function isWholeMap(schema: PatchSchema | null): boolean {
  return schema !== null && (schema.atomicMap || schema.opaque)
}

const whole: FieldTree = tree(true, new Map())

function tree(self: boolean, children: ReadonlyMap<string, FieldTree>): FieldTree {
  return { self, inner: children.size > 0, child: name => children.get(name), children }
}

/**
 * What somebody owns who applies this value, and the named fields that hold something of it. (Go:
 * `TypedValue.ToFieldSet` with `Set.EnsureNamedFieldsAreMembers`.)
 */
export function fieldsOf(value: Json, schema: PatchSchema | null): FieldTree {
  const parts = partsOf(value, schema)
  if (parts === null) return whole
  const children = new Map<string, FieldTree>()
  for (const part of parts) {
    const fields = children.has(part.name) ? whole : fieldsOf(part.value, part.schema)
    // A list without items is nobody's, a map without fields is somebody's.
    const self = !part.named || fields.self || fields.inner || isObject(part.value)
    if (self) children.set(part.name, tree(true, fields.children))
  }
  return tree(false, children)
}

/**
 * What an entry of managedFields owns by this schema: what was owned by parts when the schema took it apart, and is one
 * value by now, is owned whole. With `named`, the named fields that hold something of it too. (Go:
 * `ReconcileFieldSetWithSchema`, `Set.EnsureNamedFieldsAreMembers`.)
 */
export function ownedFields(node: FieldNode, schema: PatchSchema | null, named: boolean): FieldSet {
  const child = (name: string): FieldSet | undefined => {
    const inner = node.child(name)
    if (inner === undefined) return undefined
    const isField = name.startsWith('f:')
    const place = (isField ? schema?.field(name.slice('f:'.length)) : schema?.items()) ?? null
    if (isWhole(place)) return whole
    const fields = ownedFields(inner, place, named)
    return named && isField && schema?.struct === true && inner.inner ? { ...fields, self: true } : fields
  }
  return { self: node.self, inner: node.inner, child }
}

function isWhole(schema: PatchSchema | null): boolean {
  return isWholeMap(schema) || (schema?.type === 'array' && listRule(serverGround(schema)) === 'atomic')
}

/** The fields that are in none of the others. One that holds others stays without them, and they without it. (Go: `Set.Difference`.) */
export function fieldsWithout(set: FieldTree, others: readonly FieldSet[]): FieldTree {
  return filtered(set, others, false)
}

/** The fields that are in the other, too. (Go: `Set.Intersection`.) */
export function sharedFields(set: FieldTree, other: FieldSet): FieldTree {
  return filtered(set, [other], true)
}

function filtered(set: FieldTree, others: readonly FieldSet[], shared: boolean): FieldTree {
  const children = new Map<string, FieldTree>()
  for (const [name, child] of set.children) {
    const theirs = others.flatMap(other => other.child(name) ?? [])
    const inner = theirs.length > 0 ? filtered(child, theirs, shared) : shared ? whole : child
    const self = child.self && theirs.some(other => other.self) === shared
    if (self || inner.inner) children.set(name, tree(self, inner.children))
  }
  return tree(false, children)
}

/**
 * The value without the fields. What loses its last part this way, or is taken apart where it is one value, is what
 * `emptied` says: null, or absent. (Go: `TypedValue.RemoveItems`, which leaves null.)
 */
export function withoutFields(
  value: Json,
  gone: FieldSet,
  schema: PatchSchema | null,
  emptied: (schema: PatchSchema | null) => Json | undefined = () => null,
): Json | undefined {
  const parts = partsOf(value, schema)
  if (parts === null) return isObject(value) || isList(value) ? emptied(schema) : value
  const kept = parts.filter(({ name }) => gone.child(name)?.self !== true)
  if (kept.length === 0) return emptied(schema)
  const entries = kept.flatMap(part => {
    const inner = gone.child(part.name)
    const left = inner?.inner ? withoutFields(part.value, inner, part.schema, emptied) : part.value
    return left === undefined ? [] : [[String(part.step), left] as const]
  })
  return isList(value) ? entries.map(([, item]) => item) : finished(new Map(entries))
}
