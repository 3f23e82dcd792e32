import type { ResourceKind } from '../../../contract/browse.ts'
import type { ColumnValue, OwnedNode, OwnedState, OwnerNode } from '../../../contract/object.ts'
import type { JsonObject } from '../../../core/json.ts'
import { metadataText } from '../../../core/object.ts'
import { inBackground } from '../bugs.ts'
import { podSelector } from '../converging/pods.ts'
import { createNotifier, latestStates } from '../streams.ts'
import type { Followed } from './followed.ts'
import { followRows, type LiveRow } from './live-rows.ts'
import { findOwned, type OwnedObject } from './owned.ts'
import { ownerChain } from './owner-chain.ts'
import { ownersOf } from './summary.ts'

/** Without being asked for the rest, so many kinds are looked through: all of an ordinary cluster. */
const budgetKinds = 120
const mostShown = 500
/** Kinds whose rows are followed at once: a watch each. */
const mostFollowed = 8

type Node = Pick<OwnedObject, 'kind' | 'namespace' | 'name' | 'uid' | 'owner' | 'shared' | 'deleting'> & {
  readonly created: string | null
  readonly columns: readonly ColumnValue[]
}

/**
 * What an object hangs on and what hangs on it, as it is found and as it changes. The tree is found kind by kind; the rows
 * of those kinds are followed from then on, so that what is made anew under an object comes by itself.
 */
export async function* ownedStates(
  followed: Followed,
  everyKind: boolean,
  signal: AbortSignal,
): AsyncGenerator<OwnedState, void> {
  const changed = createNotifier()
  let search: Search | null = null

  function look(): void {
    const { object } = followed.seen()
    const uid = object === null ? null : metadataText(object, 'uid')
    if (object === null || uid === null || uid === search?.uid) return
    search?.end.abort()
    search = beginSearch(followed, { object, uid, everyKind, changed: changed.notify, signal })
  }

  const stop = followed.listen(look)
  try {
    look()
    yield* latestStates(changed.listen, () => search?.state() ?? nothingOwned, signal)
  } finally {
    stop()
    // Assigned in `look`, which the type checker does not follow.
    const last = search as Search | null
    last?.end.abort()
  }
}

/** Before anything is known. */
export const nothingOwned: OwnedState = {
  owners: null,
  owned: [],
  more: 0,
  searched: 0,
  kinds: 0,
  rest: 0,
  done: false,
  missed: [],
  problem: null,
}

type Search = { readonly uid: string; readonly end: AbortController; readonly state: () => OwnedState }

type SearchFor = {
  readonly object: JsonObject
  readonly uid: string
  readonly everyKind: boolean
  readonly changed: () => void
  readonly signal: AbortSignal
}

function beginSearch({ cluster, target }: Followed, { object, uid, everyKind, changed, signal }: SearchFor): Search {
  const end = new AbortController()
  const until = AbortSignal.any([end.signal, signal])
  const nodes = new Map<string, Node>()
  const rowsOf = new Set<string>()
  let owners: readonly OwnerNode[] | null = null
  let found: Omit<OwnedState, 'owners' | 'owned' | 'more'> = nothingOwned

  async function goUp(): Promise<void> {
    owners = await ownerChain(cluster, object, until)
    changed()
  }

  async function goDown(): Promise<void> {
    for await (const progress of findOwned(cluster, { uids: [uid], namespace: target.namespace }, until)) {
      if (!progress.ok) {
        found = { ...found, done: true, problem: progress.problem }
        return changed()
      }
      const { searched, kinds, missed } = progress.value
      for (const one of progress.value.found) {
        nodes.set(one.uid, nodeOf(one))
        follow(one.kind)
      }
      const enough = !everyKind && searched >= budgetKinds
      found = {
        searched,
        kinds,
        rest: enough ? kinds - searched : 0,
        done: enough || searched === kinds,
        missed: missed.map(({ kind, problem }) => ({ resource: kind.resource, problem })),
        problem: null,
      }
      changed()
      if (enough) return
    }
  }

  function follow(kind: ResourceKind): void {
    const key = `${kind.group}/${kind.resource}`
    if (rowsOf.has(key) || rowsOf.size >= mostFollowed) return
    rowsOf.add(key)
    const namespace = kind.namespaced ? target.namespace : null
    const of = { kind, namespace, labels: labelsOf(object, kind) }
    const onRows = (rows: readonly LiveRow[]) => {
      if (rows.filter(row => takeIn(kind, row)).length > 0) changed()
    }
    inBackground(followRows(cluster, of, onRows, until), until)
  }

  /** Takes a row into the tree: true where it was of it, or hangs on it now. */
  function takeIn(kind: ResourceKind, { row, columns, object: metadata, gone }: LiveRow): boolean {
    // Owners may name each other in a circle.
    if (row.uid === uid) return false
    const known = nodes.get(row.uid)
    if (gone) return nodes.delete(row.uid)
    const owner = known?.owner ?? ownersOf(metadata ?? {}).find(one => one.uid === uid || nodes.has(one.uid))?.uid
    if (owner === undefined) return false
    const { name, namespace, created, deleting } = row
    const shared = known?.shared ?? ownersOf(metadata ?? {}).length > 1
    nodes.set(row.uid, { kind, namespace, name, uid: row.uid, owner, shared, deleting, created, columns })
    return true
  }

  inBackground(goUp(), until)
  inBackground(goDown(), until)
  return {
    uid,
    end,
    state: () => {
      const all = inOrder(uid, [...nodes.values()], cluster.context)
      return { ...found, owners, owned: all.slice(0, mostShown), more: Math.max(0, all.length - mostShown) }
    },
  }
}

/** A workload's controllers keep what they own within its selector: no need to read a whole namespace's pods. */
function labelsOf(object: JsonObject, { group, resource }: ResourceKind): string {
  const [owner] = String(object.apiVersion).split('/')
  const isNarrow = (group === '' && resource === 'pods') || (group === 'apps' && resource === 'replicasets')
  return isNarrow && (owner === 'apps' || owner === 'batch') ? (podSelector(object) ?? '') : ''
}

function nodeOf({ kind, namespace, name, uid, owner, shared, deleting, metadata }: OwnedObject): Node {
  const { creationTimestamp } = metadata
  const created = typeof creationTimestamp === 'string' ? creationTimestamp : null
  return { kind, namespace, name, uid, owner, shared, deleting, created, columns: [] }
}

/** The tree below a root, each object followed by what hangs on it; of one owner the newest first within each kind. */
function inOrder(root: string, nodes: readonly Node[], context: string): readonly OwnedNode[] {
  const below = Map.groupBy(nodes, ({ owner }) => owner)
  const walk = (owner: string, depth: number): readonly OwnedNode[] =>
    (below.get(owner) ?? []).toSorted(byKindAndAge).flatMap(node => [shown(node, depth), ...walk(node.uid, depth + 1)])

  function shown({ kind, namespace, name, uid, created, deleting, shared, columns }: Node, depth: number): OwnedNode {
    const { group, version, resource } = kind
    const target = { context, group, version, resource, namespace, name }
    return { target, kind: kind.kind, uid, depth, created, deleting, shared, columns }
  }
  return walk(root, 1)
}

function byKindAndAge(a: Node, b: Node): number {
  if (a.kind.kind !== b.kind.kind) return a.kind.kind < b.kind.kind ? -1 : 1
  if (a.created !== b.created) return (a.created ?? '') > (b.created ?? '') ? -1 : 1
  return a.name < b.name ? -1 : 1
}
