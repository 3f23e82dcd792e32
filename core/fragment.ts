import { mapAt, textAt } from './conditions.ts'
import { podSpecOf, podSpecPath } from './containers.ts'
import { copyObject } from './copy.ts'
import type { Json, JsonObject } from './json.ts'
import { readManifest } from './manifest.ts'
import { type Choice, mergeThreeWay } from './merge.ts'
import { isList, isObject, metadataText } from './object.ts'
import type { PatchSchema } from './patch/schema.ts'
import { formatPath, type IndexPath, type Path } from './path.ts'
import { type Conflict, fail, ok, type Problem, type Result } from './problem.ts'
import { withAt } from './quick/places.ts'

/** Part of a PodSpec that a text holds. `title` says which, where a text holds several. */
export type Fragment = { readonly title: string; readonly podSpec: JsonObject }

/** A fragment in an object: the object with it, and what both say differently; there the object's own stays unless chosen. */
export type FragmentMerge = { readonly object: JsonObject; readonly conflicts: readonly Conflict[] }

/** Fields by which a bare map is known for part of a PodSpec. (Kubernetes: core/v1 PodSpec.) */
const podSpecFields = [
  'containers',
  'initContainers',
  'volumes',
  'affinity',
  'nodeSelector',
  'tolerations',
  'topologySpreadConstraints',
  'imagePullSecrets',
  'securityContext',
  'serviceAccountName',
  'hostAliases',
  'dnsConfig',
  'dnsPolicy',
  'priorityClassName',
  'runtimeClassName',
  'schedulerName',
  'terminationGracePeriodSeconds',
]

/**
 * The fragments that a text holds, YAML or JSON: a bare PodSpec or part of one (as initializers keep it), one under `spec`
 * or `template`, or that of a whole Pod or workload; of several documents, those that are fragments. Fails with what is
 * wrong with the text, `fragment-unfit` where it holds no Pod's spec, or where it would remove something.
 */
export function readFragments(text: string): Result<readonly Fragment[]> {
  const parts = readManifest(text)
  const read = parts.map(part => (part.ok ? fragmentOf(part.object) : fail(part.problem)))
  const found = read.flatMap(one => (one.ok ? [one.value] : []))
  if (found.length > 0) return ok(found)
  const refused = read.find(one => !one.ok)
  return refused === undefined || refused.ok ? unfit('no-pod-spec') : refused
}

function fragmentOf(object: JsonObject): Result<Fragment> {
  const podSpec = podSpecIn(object)
  if (podSpec === null) return unfit('no-pod-spec')
  const removal = removalIn(podSpec, [])
  if (removal !== null) return unfit('removes', formatPath(removal))
  const named = [textAt(object, 'kind'), metadataText(object, 'name') ?? ''].filter(word => word !== '').join(' ')
  return ok({ title: named || namesOf(podSpec), podSpec })
}

function podSpecIn(object: JsonObject): JsonObject | null {
  // A whole object also says what only it can have: its node, its tokens, its state.
  const whole = object.kind === undefined ? object : copyObject(object, { owners: false }).object
  const inside = podSpecOf(whole) ?? podSpecOf({ spec: whole })
  if (inside !== null) return inside
  const bare = [whole, mapAt(whole, 'spec'), mapAt(mapAt(whole, 'template'), 'spec')]
  return bare.find(map => podSpecFields.some(field => Object.hasOwn(map, field))) ?? null
}

/** The first place that asks for a removal: a directive of a strategic patch, or a null. */
function removalIn(value: Json, path: IndexPath): IndexPath | null {
  if (value === null) return path
  if (isList(value)) return firstOf(value.map((item, index) => removalIn(item, [...path, index])))
  if (!isObject(value)) return null
  const directive = Object.keys(value).find(key => key.startsWith('$'))
  if (directive !== undefined) return [...path, directive]
  return firstOf(Object.entries(value).map(([key, child]) => removalIn(child, [...path, key])))
}

function firstOf(paths: readonly (IndexPath | null)[]): IndexPath | null {
  return paths.find(path => path !== null) ?? null
}

function namesOf(podSpec: JsonObject): string {
  const names = ['containers', 'initContainers', 'volumes'].flatMap(list => {
    const items = podSpec[list]
    return isList(items) ? items.flatMap(item => (isObject(item) ? [textAt(item, 'name')] : [])) : []
  })
  return names.length > 0 ? names.join(', ') : Object.keys(podSpec).join(', ')
}

/**
 * Merges a fragment into the template of an object's Pods (a Pod: into its spec), by the identities of list items: what is
 * there stays and keeps its order, an item of the same identity is merged field by field, others come after them. Nothing
 * is ever removed. Where both say something else the object's own stays, unless `choose` takes the fragment's (`mine`) or
 * both. `quick-edit-unfit` for an object that makes no Pods.
 */
export function mergeFragment(
  object: JsonObject,
  { podSpec }: Fragment,
  schema: PatchSchema | null,
  choose: (path: Path) => Choice | null,
): Result<FragmentMerge> {
  const path = podSpecPath(object)
  if (path === null) return fail({ code: 'quick-edit-unfit', reason: 'no-template', detail: '' })
  const { apiVersion = '', kind = '' } = object
  const said = withAt({ apiVersion, kind }, path, podSpec)
  // Both have added all that they say to nothing: so nothing counts as removed, and the object's items come first.
  const disputed = mergeThreeWay({}, said, object, schema)
  const merged = mergeThreeWay({}, said, object, schema, at => choose(at) ?? 'theirs')
  if (!merged.ok) throw new Error('all that was disputed is decided')
  return ok({ object: merged.merged, conflicts: disputed.ok ? [] : disputed.problem.conflicts })
}

function unfit(reason: 'no-pod-spec' | 'removes', detail = ''): { readonly ok: false; readonly problem: Problem } {
  return fail({ code: 'fragment-unfit', reason, detail })
}
