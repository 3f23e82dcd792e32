import type { ResourceKind } from '../../../contract/browse.ts'
import type { MissingAsk, Names, NamesAsk, Part, PartsAsk, PortsAsk } from '../../../contract/names.ts'
import { metadataText } from '../../../core/object.ts'
import { ok, type Result } from '../../../core/problem.ts'
import type { NamedKind } from '../../../core/reference-fields.ts'
import type { Access } from '../access/access.ts'
import type { Cluster } from '../clusters/connection.ts'
import { discover } from '../clusters/discovery.ts'
import { getMetadata, getObject } from '../clusters/get.ts'
import type { OpenEdit } from '../editing/open-edit.ts'
import { listMetadata } from '../objects/list-metadata.ts'
import { partsOf } from './parts.ts'
import { readPorts } from './ports.ts'

/** The names that the fields of an edited object may hold: those of other objects, and of parts of them. */
export type OtherNames = {
  /** Names of a kind's objects; none where they may not be listed. */
  readonly list: (edit: OpenEdit, ask: Omit<NamesAsk, 'edit'>, signal: AbortSignal) => Promise<Result<Names>>
  /** What of one object can be named; nothing where it may not be read. */
  readonly parts: (edit: OpenEdit, ask: Omit<PartsAsk, 'edit'>, signal: AbortSignal) => Promise<Result<readonly Part[]>>
  /** Ports of what labels select in the object's namespace; none where that may not be listed. */
  readonly ports: (edit: OpenEdit, ask: Omit<PortsAsk, 'edit'>, signal: AbortSignal) => Promise<Result<readonly Part[]>>
  /** For each of some objects whether it is known not to be there; who may not list its kind is not told. */
  readonly missing: (
    edit: OpenEdit,
    objects: MissingAsk['objects'],
    signal: AbortSignal,
  ) => Promise<Result<readonly boolean[]>>
}

const mostNames = 2_000
const keptMs = 10_000
const none: Names = { names: [], more: false }

type Kept = { readonly until: number; readonly names: Promise<Result<Names>> }
type Place = { readonly kind: ResourceKind; readonly namespace: string | null }

/** Lists are kept some seconds, for all who ask within; nothing is followed. `life` ends what is under way. */
export function createNames(access: Pick<Access, 'may'>, life: AbortSignal): OtherNames {
  const kept = new WeakMap<Cluster, Map<string, Kept>>()

  const listed = ({ cluster }: OpenEdit, { kind, namespace }: Place): Promise<Result<Names>> => {
    const lists = kept.get(cluster) ?? new Map<string, Kept>()
    kept.set(cluster, lists)
    for (const [key, { until }] of lists) if (until < Date.now()) lists.delete(key)
    const key = JSON.stringify([cluster.person(), kind.group, kind.resource, namespace])
    const before = lists.get(key)
    if (before !== undefined) return before.names
    const names = readNames(cluster, kind, namespace, AbortSignal.any([life, AbortSignal.timeout(keptMs)]))
    lists.set(key, { until: Date.now() + keptMs, names })
    return names
  }

  const placed = async (edit: OpenEdit, named: NamedKind, signal: AbortSignal): Promise<Result<Place | null>> => {
    const known = await discover(edit.cluster, { signal })
    if (!known.ok) return known
    const kind = known.value.kinds.find(
      one => one.kind === named.kind && one.preferred && (named.group === null || one.group === named.group),
    )
    if (kind === undefined) return ok(null)
    return ok({ kind, namespace: kind.namespaced ? (named.namespace ?? edit.session.ref.namespace) : null })
  }
  const may = async ({ context }: OpenEdit, verb: string, { kind, namespace }: Place, name: string | null) => {
    const { group, resource } = kind
    const [answer] = await access.may([{ context, verb, group, resource, namespace, name }])
    return answer?.answer === 'yes'
  }
  const isMissing = async (edit: OpenEdit, named: MissingAsk['objects'][number], signal: AbortSignal) => {
    const place = await placed(edit, named, signal)
    if (!place.ok || place.value === null || !(await may(edit, 'list', place.value, null))) return false
    const names = await leaving(listed(edit, place.value), signal)
    if (!names.ok || names.value.names.includes(named.name)) return false
    if (!names.value.more) return true
    const { kind, namespace } = place.value
    const read = await getMetadata(edit.cluster, kind, { namespace, name: named.name }, signal)
    return !read.ok && read.problem.code === 'not-found'
  }

  return {
    async list(edit, ask, signal) {
      const place = await placed(edit, ask, signal)
      if (!place.ok) return place
      if (place.value === null || !(await may(edit, 'list', place.value, null))) return ok(none)
      return leaving(listed(edit, place.value), signal)
    },
    async parts(edit, { name, of, ...named }, signal) {
      const place = await placed(edit, named, signal)
      if (!place.ok) return place
      if (place.value === null || !(await may(edit, 'get', place.value, name))) return ok([])
      const { kind, namespace } = place.value
      const read = await getObject(edit.cluster, kind, { namespace, name }, signal)
      if (!read.ok) return read.problem.code === 'not-found' ? ok([]) : read
      return ok(partsOf(read.value.object, of))
    },
    async ports(edit, { of, labels }, signal) {
      const place = await placed(edit, { group: '', kind: of === 'pods' ? 'Pod' : 'Service', namespace: null }, signal)
      if (!place.ok) return place
      if (place.value === null || !(await may(edit, 'list', place.value, null))) return ok([])
      return readPorts(edit.cluster, place.value.kind, { namespace: place.value.namespace, labels }, signal)
    },
    async missing(edit, objects, signal) {
      return ok(await Promise.all(objects.map(named => isMissing(edit, named, signal))))
    },
  }
}

async function readNames(
  cluster: Cluster,
  kind: ResourceKind,
  namespace: string | null,
  signal: AbortSignal,
): Promise<Result<Names>> {
  const names: string[] = []
  let more = true
  try {
    for await (const piece of listMetadata(cluster, kind, namespace, { most: mostNames, signal })) {
      if (!piece.ok) return piece
      names.push(...piece.value.objects.flatMap(object => metadataText(object, 'name') ?? []))
      more = piece.value.remaining > 0
    }
  } catch (error) {
    // A server that is too slow has told some of them.
    if (!signal.aborted) throw error
  }
  return ok({ names: names.sort(), more })
}

/** A shared answer, waited for no longer than the signal says: others may wait for it still. */
function leaving<Value>(answer: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}
