import type { ResourceKind } from '../../../contract/browse.ts'
import type { ImpactLine, TouchedObject } from '../../../contract/dangers.ts'
import type { Use } from '../../../core/dangers/uses.ts'
import type { Change } from '../../../core/diff.ts'
import type { JsonObject } from '../../../core/json.ts'
import { isList, isObject, metadataText } from '../../../core/object.ts'
import type { Problem } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { objectOf } from '../clusters/get.ts'
import { listChunk } from '../clusters/list.ts'

/** A change whose effects are looked for: an object before and after it. */
export type Changed = {
  readonly before: JsonObject
  readonly after: JsonObject
  readonly changes: readonly Change[]
  readonly namespace: string | null
}

/** Finds one sort of effect; asks only what the change makes worth asking. */
export type Effect = (changed: Changed, look: Look) => Promise<readonly ImpactLine[]>

/** Looks at the cluster, and remembers what it could not look at. */
export type Look = {
  /** Objects of a kind (`group/resource`) in a namespace (null: in all), up to so many, and how many there are beyond; none where they may not be read. */
  readonly list: (resource: string, which?: Which) => Promise<Some>
  readonly touched: (resource: string, object: JsonObject, use?: Use | null) => TouchedObject
}

type Which = {
  readonly namespace?: string | null
  readonly labels?: string
  readonly fields?: string
  /** Their metadata alone. */
  readonly metadata?: boolean
}

export type Some = { readonly objects: readonly JsonObject[]; readonly more: number; readonly read: boolean }

const mostRead = 500
const metadataOnly = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json'

/** A way to look; `missed` hears of what may not be read, or of what is too much. */
export function lookAt(
  cluster: Cluster,
  kinds: readonly ResourceKind[],
  missed: (resource: string, problem: Problem | null) => void,
  signal: AbortSignal,
): Look {
  const kindOf = (resource: string) => kinds.find(one => `${one.group}/${one.resource}` === resource && one.preferred)

  async function list(resource: string, which: Which = {}): Promise<Some> {
    const kind = kindOf(resource)
    if (kind === undefined || !kind.verbs.includes('list')) return { objects: [], more: 0, read: false }
    const { namespace = null, labels = '', fields = '', metadata = false } = which
    const accept = metadata ? metadataOnly : 'application/json'
    const call = { namespace, labels, fields, accept, limit: mostRead, continueToken: null }
    const answer = await listChunk(cluster, kind, call, signal)
    const read = answer.ok ? objectOf(answer.value) : answer
    if (!read.ok) {
      missed(kind.resource, read.problem)
      return { objects: [], more: 0, read: false }
    }
    const { items, metadata: page } = read.value.object
    const isMore = isObject(page) && typeof page.continue === 'string' && page.continue !== ''
    const more = isMore ? Number(page.remainingItemCount ?? 1) : 0
    // The items of a list do not say what they are.
    const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`
    const objects = (isList(items) ? items.filter(isObject) : []).map(one => ({ ...one, apiVersion, kind: kind.kind }))
    return { objects, more, read: true }
  }

  function touched(resource: string, object: JsonObject, use: Use | null = null): TouchedObject {
    const kind = kindOf(resource)
    const [group = '', name = ''] = resource.split('/')
    const at = { namespace: metadataText(object, 'namespace'), name: metadataText(object, 'name') ?? '' }
    const type = { group, resource: name, version: kind?.version ?? '' }
    return { kind: kind?.kind ?? '', target: { context: cluster.context, ...type, ...at }, use }
  }

  return { list, touched }
}

/** So many objects are named in a line. */
const mostNamed = 8

/** A line of an impact, with its first objects. */
export function line(
  kind: ImpactLine['kind'],
  way: string,
  severity: ImpactLine['severity'],
  facts: ImpactLine['facts'],
  objects: readonly TouchedObject[] = [],
): ImpactLine {
  return {
    kind,
    way,
    severity,
    facts,
    objects: objects.slice(0, mostNamed),
    more: Math.max(0, objects.length - mostNamed),
  }
}

/** Whether anything changed at or below a place, or above it. */
export function touches({ changes }: Changed, ...place: readonly string[]): boolean {
  return changes.some(({ path }) => {
    const names = path.filter(step => typeof step === 'string')
    return place.every((name, index) => index >= names.length || names[index] === name)
  })
}
