import type { Change } from './diff.ts'
import { equalJson, type Json, type JsonObject } from './json.ts'
import { fieldOf, isList, isObject, metadataOf, type ObjectRef } from './object.ts'
import { type Path, valueAt } from './path.ts'
import type { Conflict } from './problem.ts'

const mask = '***'
const maskBefore = '*** (before)'
const maskAfter = '*** (after)'

/** The annotation in which `kubectl apply` keeps the whole object, Secret values included. */
export const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** Whether an object's values are secret: a `v1` Secret. */
export function isSecret(object: Json | undefined): boolean {
  return isObject(object) && object.apiVersion === 'v1' && object.kind === 'Secret'
}

/** Whether a ref names a Secret, whose patches do not say so themselves. */
export function isSecretRef(ref: Pick<ObjectRef, 'group' | 'resource'>): boolean {
  return ref.group === '' && ref.resource === 'secrets'
}

/** The object with a Secret's values as `***`, also in the items of a list. Anything else is given back as it is. */
export function maskObject(object: JsonObject): JsonObject {
  if (isSecret(object)) return maskSecret(object)
  const items = fieldOf(object, 'items')
  if (!isList(items) || !isListOfSecrets(object, items)) return object
  return { ...object, items: items.map(item => maskItem(object, item)) }
}

function isListOfSecrets(list: JsonObject, items: readonly Json[]): boolean {
  return list.kind === 'SecretList' || (list.kind === 'List' && items.some(isSecret))
}

// The items of a SecretList carry no kind of their own.
function maskItem(list: JsonObject, item: Json): Json {
  return isObject(item) && (list.kind === 'SecretList' || isSecret(item)) ? maskSecret(item) : item
}

/**
 * Two versions of one object, masked as `kubectl diff` does: a value that differs becomes `*** (before)` and `*** (after)`,
 * all others `***`. Either may be null (absent). Other kinds are given back as they are.
 */
export function maskPair(
  before: JsonObject | null,
  after: JsonObject | null,
): readonly [before: JsonObject | null, after: JsonObject | null] {
  if (!isSecret(before ?? undefined) && !isSecret(after ?? undefined)) {
    return [before && maskObject(before), after && maskObject(after)]
  }
  return [
    before && maskSecret(before, { other: after, changed: maskBefore }),
    after && maskSecret(after, { other: before, changed: maskAfter }),
  ]
}

/** The other version of the body, and what a value becomes that differs in it. */
type Against = { readonly other: JsonObject | null; readonly changed: string }

/**
 * A Secret's body with its values masked: `data`, `stringData` and the last-applied annotation. Also for strategic and
 * merge patches of a Secret, where a null (a removal) stays.
 */
export function maskSecret(body: JsonObject, against?: Against): JsonObject {
  const masked: Record<string, Json> = { ...body }
  for (const field of ['data', 'stringData']) {
    const values = fieldOf(body, field)
    if (values !== undefined)
      masked[field] = maskValues(values, against && { ...against, other: mapIn(against.other, field) })
  }
  const metadata = fieldOf(body, 'metadata')
  if (isObject(metadata)) masked.metadata = maskMetadata(metadata, against)
  return masked
}

function maskMetadata(metadata: JsonObject, against: Against | undefined): JsonObject {
  const annotations = fieldOf(metadata, 'annotations')
  const value = isObject(annotations) ? fieldOf(annotations, lastApplied) : undefined
  if (!isObject(annotations) || value === undefined) return metadata
  const other = against?.other == null ? null : mapIn(metadataOf(against.other), 'annotations')
  const masked = maskValue(value, lastApplied, against && { ...against, other })
  return { ...metadata, annotations: { ...annotations, [lastApplied]: masked } }
}

function mapIn(body: JsonObject | null, field: string): JsonObject | null {
  const value = body === null ? undefined : fieldOf(body, field)
  return isObject(value) ? value : null
}

function maskValues(values: Json, against: Against | undefined): Json {
  // A list or a bare value where a map belongs is still what someone typed as secret.
  if (!isObject(values)) return values === null ? null : mask
  // A directive's key cannot be a Secret's key: `$` is not allowed there.
  const masked = Object.entries(values).map(([key, value]) => [
    key,
    key.startsWith('$') ? value : maskValue(value, key, against),
  ])
  return Object.fromEntries(masked)
}

function maskValue(value: Json, key: string, against: Against | undefined): Json {
  if (value === null) return null
  const other = against?.other == null ? undefined : fieldOf(against.other, key)
  return against === undefined || other === undefined || other === null || equalJson(value, other)
    ? mask
    : against.changed
}

/** A value that a Secret keeps secret. `encoded`: it is base64, as the server has it. */
export type SecretPlace = { readonly path: readonly string[]; readonly value: Json; readonly encoded: boolean }

/** Every place of a Secret that is masked where it has a value, in no order. */
export function secretPlaces(object: JsonObject): readonly SecretPlace[] {
  const inField = (field: string) =>
    Object.entries(mapIn(object, field) ?? {}).map(([key, value]) => ({
      path: [field, key],
      value,
      encoded: field === 'data',
    }))
  const value = fieldOf(mapIn(metadataOf(object), 'annotations') ?? {}, lastApplied)
  const path = ['metadata', 'annotations', lastApplied]
  const annotation = value === undefined ? [] : [{ path, value, encoded: false }]
  return [...inField('data'), ...inField('stringData'), ...annotation]
}

/** A change of a Secret with its values masked, before and after told apart. Paths are the Secret's own. */
export function maskChange(change: Change): Change {
  if (change.kind === 'moved') return change
  if (change.kind === 'added') return { ...change, to: maskAt(change.path, change.to) }
  if (change.kind === 'removed') return { ...change, from: maskAt(change.path, change.from) }
  const [before, after] = [nest(change.path, change.from), nest(change.path, change.to)]
  return {
    ...change,
    from: within(maskSecret(before, { other: after, changed: maskBefore }), change.path),
    to: within(maskSecret(after, { other: before, changed: maskAfter }), change.path),
  }
}

/** What stands at a place of a Secret, masked as far as it is secret. */
export function maskAt(path: Path, value: Json): Json {
  return within(maskSecret(nest(path, value)), path)
}

/** A conflict in a Secret with the values of all sides masked. */
export function maskConflict(conflict: Conflict): Conflict {
  const sides = (['base', 'mine', 'theirs'] as const).flatMap(side => {
    const value = conflict[side]
    return value === undefined ? [] : [[side, maskAt(conflict.path, value)] as const]
  })
  const masked = sides.some(([side, shown]) => !equalJson(shown, conflict[side] ?? null))
  return { ...conflict, ...Object.fromEntries(sides), ...(masked && { masked }) }
}

function nest(path: Path, value: Json): JsonObject {
  const steps = path.map(step => (typeof step === 'object' ? '[]' : String(step)))
  const nested = steps.reduceRight<Json>((inner, step) => ({ [step]: inner }), value)
  return isObject(nested) ? nested : {}
}

function within(body: JsonObject, path: Path): Json {
  const plain = path.map(step => (typeof step === 'object' ? '[]' : String(step)))
  const value = valueAt(body, plain)
  // The mask stands above the place when that lies inside a value.
  return value === undefined ? mask : value
}

/** JSON Patch operations on a Secret with the values masked, those of `test` too. A removal and a pointer hold none. */
export function maskJsonPatch(operations: readonly Json[]): readonly Json[] {
  return operations.map(operation => {
    if (!isObject(operation) || operation.value === undefined || typeof operation.path !== 'string') return operation
    const path = operation.path
      .split('/')
      .slice(1)
      .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    return { ...operation, value: maskAt(path, operation.value) }
  })
}
