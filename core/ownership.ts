import type { Change } from './diff.ts'
import { identityPath, listRule } from './identity.ts'
import { equalJson, type Json, type JsonObject } from './json.ts'
import { fieldOf, isList, isObject, metadataOf } from './object.ts'
import { type FieldNode, fieldNode, nodeName } from './owned-fields.ts'
import type { PatchSchema } from './patch/schema.ts'
import type { IndexPath, Path, Step } from './path.ts'

/** One entry of `metadata.managedFields`, without its fields. `time` is when it last wrote, to the second. */
export type Owner = {
  readonly manager: string
  readonly operation: string
  readonly apiVersion: string
  readonly subresource?: string
  readonly time?: string
}

/** One entry of `metadata.managedFields` with its fields. */
export type Entry = { readonly owner: Owner; readonly fields: FieldNode }

/**
 * Who owns a field, a part of it, or the atomic value that it is a part of. Empty is a real answer: nobody is known
 * (a default, admission's work, entries cleared or merged into `ancient-changes`). A path with list positions is
 * read by the identities that the items have in this object.
 */
export function ownersOf(object: JsonObject, path: Path, schema: PatchSchema | null = null): readonly Owner[] {
  const named = nameItems(object, path, schema)
  return entriesOf(object)
    .filter(entry => owns(entry.fields, named, schema))
    .map(entry => entry.owner)
}

/** Who has an entry in `metadata.managedFields`: each writer that the server still knows of, with its last time. */
export function writersOf(object: JsonObject): readonly Owner[] {
  return entriesOf(object).map(({ owner }) => owner)
}

function nameItems(object: JsonObject, path: Path, schema: PatchSchema | null): Path {
  if (!path.some(step => typeof step === 'number')) return path
  return path.every(isIndexStep) ? identityPath(object, path.filter(isIndexStep), schema) : path
}

function isIndexStep(step: Step): step is IndexPath[number] {
  return typeof step !== 'object'
}

/** The entries of `metadata.managedFields` that can be read; others are left out, since they say nothing about fields. */
export function entriesOf(object: JsonObject): readonly Entry[] {
  const managedFields = fieldOf(metadataOf(object), 'managedFields')
  if (!isList(managedFields)) return []
  const known = entriesRead.get(managedFields)
  if (known !== undefined) return known
  const entries = managedFields.flatMap(value => entryOf(value) ?? [])
  entriesRead.set(managedFields, entries)
  return entries
}

// Asked for each field of an edit, and what was read of a large tree once is kept in its nodes.
const entriesRead = new WeakMap<readonly Json[], readonly Entry[]>()

function entryOf(value: Json): Entry | null {
  if (!isObject(value) || !isObject(value.fieldsV1)) return null
  const { manager, operation, apiVersion, subresource, time } = value
  const owner = {
    manager: typeof manager === 'string' ? manager : '',
    operation: typeof operation === 'string' ? operation : '',
    apiVersion: typeof apiVersion === 'string' ? apiVersion : '',
    ...(typeof subresource === 'string' && subresource !== '' && { subresource }),
    ...(typeof time === 'string' && { time }),
  }
  return { owner, fields: fieldNode(value.fieldsV1) }
}

/** Whether the tree holds the place, something below it, or ends above it: an atomic value that holds it. */
function owns(fields: FieldNode, path: Path, schema: PatchSchema | null): boolean {
  let node = fields
  let place = schema
  for (const step of path) {
    const next = node.child(nodeName(step))
    if (next === undefined) return node !== fields && node.leaf && mayBeAtomic(place)
    node = next
    place = (typeof step === 'string' ? place?.field(step) : place?.items()) ?? null
  }
  return true
}

/** A map that somebody made, and of which others own every field by now, ends the tree just as an atomic one does. */
export function mayBeAtomic(schema: PatchSchema | null): boolean {
  if (schema?.type === 'object') return schema.atomicMap || schema.opaque
  return schema?.type !== 'array' || listRule({ schema, pod: null, union: false }) === 'atomic'
}

// Names that the server gives to entries whose writers it no longer knows.
const unknownWriters: ReadonlySet<string> = new Set(['', 'ancient-changes', 'before-first-apply', 'unknown'])

/**
 * Who made each change between two versions of an object, null where it cannot be known: a removal or a move leaves no
 * trace, nor does admission, and of several who wrote the same value nobody can say. In the order of `changes`.
 */
export function changedBy(
  base: JsonObject,
  live: JsonObject,
  changes: readonly Change[],
  schema: PatchSchema | null = null,
): readonly (Owner | null)[] {
  const [before, after] = [entriesOf(base), entriesOf(live)]
  return changes.map(change => {
    if (change.kind !== 'added' && change.kind !== 'changed') return null
    const path = nameItems(live, change.path, schema)
    const owners = after.filter(entry => owns(entry.fields, path, schema))
    // The server renews an entry's time whenever its manager changes something: the same entry with the same time wrote nothing.
    const writers = owners.filter(
      ({ owner }) => !before.some(old => equalJson(old.owner, owner) && owns(old.fields, path, schema)),
    )
    const [writer] = writers
    return writer === undefined || writers.length > 1 || unknownWriters.has(writer.owner.manager) ? null : writer.owner
  })
}

/**
 * Whether an owner will write its value again by itself or at its next run, so that a change of its field may not last:
 * who applies (server-side, or `kubectl apply` of old), and controllers. What a person did once with another kubectl verb
 * (`kubectl-edit`, `kubectl-scale`, plugins) will not come again, nor will what `fieldManager`, the edit itself, wrote.
 */
export function actsAgain({ manager, operation }: Owner, fieldManager: string): boolean {
  if (manager === fieldManager || manager === `${fieldManager}-apply`) return false
  if (operation === 'Apply' || manager === 'kubectl-client-side-apply') return true
  return !unknownWriters.has(manager) && !/^kubectl(-|$)/.test(manager)
}
