import { copyObject } from '../copy.ts'
import { canonicalJson, equalJson, type Json, type JsonObject } from '../json.ts'
import { mergeThreeWay } from '../merge.ts'
import { isList, isObject, metadataText } from '../object.ts'
import { applyStrategicPatch, createJsonPatch, createStrategicPatch } from '../patch/index.ts'
import type { PatchSchema } from '../patch/schema.ts'
import { printYaml } from '../yaml.ts'
import { withoutDefaults } from './defaults.ts'
import { appliedIn, withoutValues } from './manifest.ts'

/** `merge`: a partial object, merged by the rules of its kind; `json6902`: operations by path. */
export type KustomizeForm = 'merge' | 'json6902'

/**
 * A change as Kustomize takes it: the patch file, and what `kustomization.yaml` says of it. `forms` are those that can say
 * the change, the better one first; null where nothing changes.
 */
export type KustomizePatch = {
  readonly form: KustomizeForm
  readonly forms: readonly KustomizeForm[]
  readonly file: string
  readonly patch: string
  readonly kustomization: string
}

/** The groups whose kinds Kustomize knows, so that it merges their lists by keys. (kyaml's built-in OpenAPI.) */
const knownGroups = new Set([
  '',
  'admissionregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
])

/**
 * My change alone, to be made in the source that the object comes from: in what was applied last where that is known,
 * else in the object without what the server filled in.
 */
export function kustomizePatch(
  base: JsonObject,
  edited: JsonObject,
  schema: PatchSchema | null,
  { form, values }: { readonly form: KustomizeForm | null; readonly values: boolean },
): KustomizePatch | null {
  const [from, mine] = [base, edited].map(object => exported(object, values))
  if (from === undefined || mine === undefined || equalJson(from, mine)) return null
  const source = sourceOf(base, from, values)
  const merge = mergeThreeWay(from, mine, source, schema, () => 'mine')
  const to = merge.ok ? merge.merged : merge.partial
  const patches = { merge: mergePatch(source, to, schema), json6902: operations(source, to, schema) }
  const forms = (['merge', 'json6902'] as const).filter(one => patches[one] !== null)
  const taken = form !== null && forms.includes(form) ? form : forms[0]
  const patch = taken === undefined ? null : patches[taken]
  if (patch === null || taken === undefined) return null
  const file = fileName(base)
  return { form: taken, forms, file, patch: printYaml(patch), kustomization: printYaml(stanza(base, file)) }
}

function exported(object: JsonObject, values: boolean): JsonObject {
  const copy = copyObject(object, { owners: false }).object
  return values ? copy : withoutValues(copy).object
}

/** What probably stands in Git. */
function sourceOf(base: JsonObject, from: JsonObject, values: boolean): JsonObject {
  const applied = appliedIn(base)
  return applied === null ? withoutDefaults(from, () => false).object : exported(applied, values)
}

/** A partial object; null where Kustomize cannot do by one what it has to do. */
function mergePatch(from: JsonObject, to: JsonObject, schema: PatchSchema | null): JsonObject | null {
  const { apiVersion, kind } = from
  const [, group = ''] = String(apiVersion).split('/').reverse()
  const named = { apiVersion: apiVersion ?? null, kind: kind ?? null, metadata: { name: metadataText(from, 'name') } }
  if (!knownGroups.has(group) || schema === null) return null
  const made = createStrategicPatch(from, to, schema)
  if (!made.ok) return null
  const patch = withoutOrder(made.value)
  if (!isObject(patch) || holdsForeignDirective(patch) || removesTexts(patch)) return null
  const applied = applyStrategicPatch(from, patch, schema)
  // Without its directives for order, which Kustomize does not know, it must still say the same.
  if (!applied.ok || !equalJson(unordered(applied.value, ''), unordered(to, ''))) return null
  const { metadata } = patch
  return { ...named, ...patch, metadata: { ...(isObject(metadata) ? metadata : {}), ...named.metadata } }
}

function withoutOrder(value: Json): Json {
  if (isList(value)) return value.map(withoutOrder)
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([key]) => !key.startsWith('$setElementOrder/'))
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutOrder(child)]))
}

/** Lists in which what comes first counts. */
const inOrder = new Set(['initContainers', 'env'])

/** A value to be compared with another one but for the order of a list's maps, where that counts for nothing. */
function unordered(value: Json, field: string): Json {
  if (isList(value)) {
    const items = value.map(item => unordered(item, ''))
    if (inOrder.has(field) || !items.every(isObject)) return items
    return items
      .map(item => ({ item, text: canonicalJson(item) }))
      .sort(byText)
      .map(({ item }) => item)
  }
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, unordered(child, key)]))
}

function byText(a: { readonly text: string }, b: { readonly text: string }): number {
  return a.text < b.text ? -1 : 1
}

/** A label or annotation that is to go stays in Kustomize, as the text `null`. */
function removesTexts({ metadata }: JsonObject): boolean {
  const maps = isObject(metadata) ? [metadata.labels, metadata.annotations] : []
  return maps.some(map => isObject(map) && Object.values(map).includes(null))
}

/** Kustomize knows `$patch` alone. */
function holdsForeignDirective(value: Json): boolean {
  if (isList(value)) return value.some(holdsForeignDirective)
  if (!isObject(value)) return false
  return Object.entries(value).some(
    ([key, child]) => (key.startsWith('$') && key !== '$patch') || holdsForeignDirective(child),
  )
}

function operations(from: JsonObject, to: JsonObject, schema: PatchSchema | null): Json | null {
  const made = createJsonPatch(from, to, { guarded: false, schema })
  return made.ok ? made.value : null
}

function fileName(object: JsonObject): string {
  const name = metadataText(object, 'name') ?? 'object'
  return `${String(object.kind).toLowerCase()}-${name.replaceAll(/[^\w.-]/g, '-')}.patch.yaml`
}

/** What `kustomization.yaml` says: which object is meant. A name is a regular expression there. */
function stanza(object: JsonObject, path: string): JsonObject {
  const [version = '', group] = String(object.apiVersion).split('/').reverse()
  const name = (metadataText(object, 'name') ?? '').replaceAll('.', '\\.')
  const target = { ...(group === undefined ? {} : { group }), version, kind: object.kind ?? null, name }
  return { patches: [{ path, target }] }
}
