import type { ResourceKind } from '../../../contract/browse.ts'
import type { JsonObject } from '../../../core/json.ts'
import { isList, isObject, metadataOf, metadataText } from '../../../core/object.ts'
import type { Problem, Result } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { discover } from '../clusters/discovery.ts'
import { listableKinds, listMetadata } from './list-metadata.ts'

/** An object that belongs to another one, as its ownerReferences say. */
export type OwnedObject = {
  readonly kind: ResourceKind
  readonly namespace: string | null
  readonly name: string
  readonly uid: string
  /** The uid of the owner through which it was found, and how many links lie between it and what was asked for (1: its own). */
  readonly owner: string
  readonly depth: number
  /** Whether it has further owners: it is not deleted while one of them is left. */
  readonly shared: boolean
  /** Whether a foreground deletion of its owner waits for it. */
  readonly blocks: boolean
  readonly deleting: boolean
  readonly metadata: JsonObject
}

/** How far a search for owned objects has come: what was found since the last word of it. */
export type OwnedProgress = {
  readonly found: readonly OwnedObject[]
  /** Kinds that were looked through, and all there are. */
  readonly searched: number
  readonly kinds: number
  /** What could not be looked through to its end; a null problem says that there were too many. */
  readonly missed: readonly { readonly kind: ResourceKind; readonly problem: Problem | null }[]
}

/** Kinds whose objects other objects own as a rule; they are looked through first, in this order. */
const likely = [
  'apps/replicasets',
  '/pods',
  'batch/jobs',
  'apps/controllerrevisions',
  'discovery.k8s.io/endpointslices',
  '/persistentvolumeclaims',
  'apps/statefulsets',
  'apps/deployments',
  '/services',
  '/secrets',
  '/configmaps',
]
const mostOfAKind = 10_000
const atOnce = 4

/**
 * Finds all that hangs on objects by ownerReferences, however many links away: the whole tree, as garbage collection
 * sees it. All kinds of the owners' namespace are looked through (of every namespace, where that is null), those that
 * are owned as a rule first. Fails only where the kinds are not known.
 */
export async function* findOwned(
  cluster: Cluster,
  { uids, namespace }: { readonly uids: readonly string[]; readonly namespace: string | null },
  signal: AbortSignal,
): AsyncGenerator<Result<OwnedProgress>> {
  const served = await discover(cluster, { signal })
  if (!served.ok) return yield served
  const kinds = byLikelihood(listableKinds(served.value.kinds, namespace))
  const tree = createTree(uids)
  const missed: { kind: ResourceKind; problem: Problem | null }[] = []
  for (let at = 0; at < kinds.length; at += atOnce) {
    const some = kinds.slice(at, at + atOnce)
    await Promise.all(
      some.map(async kind => {
        const problem = await lookThrough(cluster, kind, namespace, tree, signal)
        if (problem !== 'all') missed.push({ kind, problem })
      }),
    )
    const searched = Math.min(at + atOnce, kinds.length)
    yield { ok: true, value: { found: tree.grow(), searched, kinds: kinds.length, missed: [...missed] } }
  }
}

function byLikelihood(kinds: readonly ResourceKind[]): readonly ResourceKind[] {
  const rank = ({ group, resource }: ResourceKind) => {
    const at = likely.indexOf(`${group}/${resource}`)
    return at < 0 ? likely.length : at
  }
  return kinds.toSorted((a, b) => rank(a) - rank(b))
}

async function lookThrough(
  cluster: Cluster,
  kind: ResourceKind,
  namespace: string | null,
  tree: Tree,
  signal: AbortSignal,
): Promise<Problem | null | 'all'> {
  const within = kind.namespaced ? namespace : null
  let remaining = 0
  for await (const piece of listMetadata(cluster, kind, within, { most: mostOfAKind, signal })) {
    if (!piece.ok) return piece.problem
    for (const object of piece.value.objects) tree.see(kind, object)
    remaining = piece.value.remaining
  }
  return remaining === 0 ? 'all' : null
}

/** The owned objects seen so far, and which of them hang on the roots. */
type Tree = {
  readonly see: (kind: ResourceKind, object: JsonObject) => void
  /** Those newly known to hang on a root. */
  readonly grow: () => readonly OwnedObject[]
}

type Seen = Omit<OwnedObject, 'owner' | 'depth'> & { readonly owners: readonly string[] }

function createTree(roots: readonly string[]): Tree {
  const depths = new Map(roots.map(uid => [uid, 0]))
  // An owner may be seen after what it owns.
  let waiting: Seen[] = []
  return {
    see(kind, object) {
      const seen = seenOf(kind, object)
      if (seen !== null) waiting.push(seen)
    },
    grow() {
      const grown: OwnedObject[] = []
      for (let before = -1; before !== grown.length; ) {
        before = grown.length
        const left: Seen[] = []
        for (const { owners, ...object } of waiting) {
          const owner = owners.find(uid => depths.has(uid))
          if (owner === undefined) left.push({ owners, ...object })
          else if (!depths.has(object.uid)) {
            const depth = (depths.get(owner) ?? 0) + 1
            depths.set(object.uid, depth)
            grown.push({ ...object, owner, depth })
          }
        }
        waiting = left
      }
      return grown
    },
  }
}

function seenOf(kind: ResourceKind, object: JsonObject): Seen | null {
  const { ownerReferences, deletionTimestamp } = metadataOf(object)
  const owners = isList(ownerReferences) ? ownerReferences.filter(isObject) : []
  if (owners.length === 0) return null
  return {
    kind,
    namespace: metadataText(object, 'namespace'),
    name: metadataText(object, 'name') ?? '',
    uid: metadataText(object, 'uid') ?? '',
    owners: owners.map(({ uid }) => String(uid)),
    shared: owners.length > 1,
    blocks: owners.some(({ blockOwnerDeletion }) => blockOwnerDeletion === true),
    deleting: deletionTimestamp !== undefined,
    metadata: metadataOf(object),
  }
}
