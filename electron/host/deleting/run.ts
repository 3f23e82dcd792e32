import type {
  DeleteItem,
  DeleteItemState,
  DeleteObject,
  DeleteOptions,
  DeleteState,
  Hanging,
} from '../../../contract/delete.ts'
import { metadataText, type ObjectRef, snapshotOf } from '../../../core/object.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import type { Clusters } from '../clusters/clusters.ts'
import type { Cluster } from '../clusters/connection.ts'
import { getObject } from '../clusters/get.ts'
import { clusterIdentity } from '../clusters/identity.ts'
import { confirmedBy } from '../clusters/write-gate.ts'
import type { Ledger } from '../history/ledger.ts'
import { eachByContext, type Run, type RunPhase } from '../runs.ts'
import { createNotifier, pause } from '../streams.ts'
import { deleteOne, dryRunDeletion, type Target, whatStands } from './delete-one.ts'
import { type Findings, findHanging, reclaimPolicy } from './hanging.ts'
import { type DeletionFacts, inspect } from './inspect.ts'

/** One deletion of one or several objects, from its check to the last that is gone. */
export type DeleteRun = Run<DeleteState, DeleteAsk> & {
  /** False while it sends. */
  readonly adjust: (options: DeleteOptions) => boolean
  /** What has to be typed; null for nothing. */
  readonly typed: () => string | null
}

export type DeleteAsk = {
  readonly items: readonly number[] | null
  readonly confirmations: Readonly<Record<string, string>>
  readonly reason: string | null
}

export type DeletionParts = { readonly clusters: Clusters; readonly ledger: Ledger }

type Item = {
  readonly asked: DeleteObject
  kind: string
  state: DeleteItemState
  target: Target | null
  facts: DeletionFacts
}

const nothingKnown: DeletionFacts = {
  finalizers: [],
  deletingSince: null,
  controller: null,
  grace: null,
  storage: null,
}

const mostNamed = 20
/** Milliseconds between looks at objects that are being deleted: they grow to the last. */
const lookAgain = [300, 600, 1_000, 2_000, 3_000]

/** A run that has read nothing yet. `signal` ends it at once. */
export function createDeleteRun(
  { clusters, ledger }: DeletionParts,
  { objects, options: first }: { readonly objects: readonly DeleteObject[]; readonly options: DeleteOptions },
  signal: AbortSignal,
): DeleteRun {
  const changed = createNotifier()
  const items: readonly Item[] = objects.map(asked => ({
    asked,
    kind: asked.resource,
    state: { kind: 'reading' },
    target: null,
    facts: nothingKnown,
  }))
  const hanging = createHangingList()
  const missed: DeleteState['missed'][number][] = []
  const searches = new Map<string, { searched: number; kinds: number; done: boolean }>()
  let options = first
  let checks = new AbortController()
  let phase: RunPhase = 'checking'
  let unkept: Problem | null = null
  let stopping = new AbortController()

  const put = (item: Item, state: DeleteItemState) => {
    item.state = state
    changed.notify()
  }
  const enter = (next: RunPhase) => {
    phase = next
    changed.notify()
  }
  const eachItem = (chosen: readonly Item[], act: (item: Item, cluster: Cluster) => Promise<void>) =>
    eachByContext(clusters, chosen, {
      contextOf: ({ asked }) => asked.context,
      act,
      barred: (item, problem) => put(item, { kind: 'refused', problem }),
    })

  async function read(item: Item, cluster: Cluster): Promise<void> {
    const found = await readTarget(cluster, item.asked, signal)
    if (!found.ok) {
      const { problem } = found
      return put(item, problem.code === 'not-found' ? { kind: 'gone' } : { kind: 'refused', problem })
    }
    const { object } = found.value.snapshot
    item.target = found.value
    item.kind = found.value.ref.kind
    item.facts = inspect(object, await reclaimPolicy(cluster, object, signal))
    put(item, { kind: 'checking' })
  }

  async function dryRun(): Promise<void> {
    checks.abort()
    checks = new AbortController()
    const mine = checks
    const now = options
    const chosen = items.filter(({ state }) => ['checking', 'ready', 'refused'].includes(state.kind))
    for (const item of chosen) if (item.target !== null) put(item, { kind: 'checking' })
    await eachItem(chosen, async (item, cluster) => {
      if (item.target === null || mine.signal.aborted) return
      const state = await dryRunDeletion(cluster, item.target, now, signal)
      if (!mine.signal.aborted) put(item, state)
    })
    if (!mine.signal.aborted) enter('checked')
  }

  async function search(): Promise<void> {
    const read = items.filter(({ target }) => target !== null)
    await Promise.all(
      [...Map.groupBy(read, ({ asked }) => asked.context)].map(async ([context, mine]) => {
        const cluster = clusters.cluster(context)
        if (!cluster.ok) return
        const progress = { searched: 0, kinds: 0, done: false }
        searches.set(context, progress)
        const doomed = mine.flatMap(({ target }) =>
          target === null
            ? []
            : [{ uid: target.snapshot.uid, namespace: target.ref.namespace, object: target.snapshot.object }],
        )
        const findings: Findings = {
          found(kind, group, some) {
            hanging.add(context, kind, group, some)
            changed.notify()
          },
          searched(searched, kinds) {
            Object.assign(progress, { searched, kinds })
            changed.notify()
          },
          missed: (resource, problem) => missed.push({ context, resource, problem }),
        }
        await findHanging(cluster.value, doomed, findings, signal)
        progress.done = true
        changed.notify()
      }),
    )
  }

  async function watchDeleting(): Promise<void> {
    for (let looks = 0; !signal.aborted; looks++) {
      const deleting = items.filter(({ state }) => state.kind === 'deleting')
      if (deleting.length === 0) return
      await pause(lookAgain[Math.min(looks, lookAgain.length - 1)] ?? 0, signal)
      await eachItem(deleting, async (item, cluster) => {
        if (item.target === null || signal.aborted) return
        const now = await whatStands(cluster, item.target, signal)
        if (now.ok && now.value.kind !== 'ready') put(item, now.value)
      })
    }
  }

  const typed = (): string | null => {
    const weighty = items.filter(item => isWeighty(item) && item.state.kind !== 'gone')
    const [only] = weighty
    return only === undefined ? null : weighty.length === 1 ? only.asked.name : String(weighty.length)
  }
  let searching: Promise<void> = Promise.resolve()

  return {
    state: () => ({
      options,
      items: items.map(showItem),
      hanging: hanging.list(),
      search: sum([...searches.values()]),
      missed,
      typed: typed(),
      phase,
      unkept,
    }),
    listen: changed.listen,
    phase: () => phase,
    typed,
    async check() {
      await eachItem(items, read)
      searching = search()
      await Promise.all([dryRun(), searching])
    },
    adjust(next) {
      if (phase === 'sending' || phase === 'stopping') return false
      options = next
      enter('checking')
      dryRun().catch(error => {
        if (!signal.aborted) throw error
      })
      return true
    },
    async send({ items: chosen, confirmations, reason }) {
      stopping = new AbortController()
      const { signal: stop } = stopping
      const wanted = items.filter((item, at) => canSend(item) && (chosen === null || chosen.includes(at)))
      const before = new Map(wanted.map(item => [item, item.state]))
      for (const item of wanted) item.state = { kind: 'queued' }
      enter('sending')
      const now = options
      await eachItem(wanted, async (item, cluster) => {
        if (item.target === null || stop.aborted) return
        const onState = (state: DeleteItemState) => put(item, state)
        const onUnkept = (problem: Problem) => {
          unkept = problem
        }
        const confirmed = confirmedBy(cluster, confirmations[item.asked.context] ?? null)
        const facts = { cluster: confirmed, ledger, options: now, reason, stop, signal, onState, onUnkept }
        put(item, await deleteOne(item.target, facts))
      })
      // What a stop has left unsent is as it was.
      for (const [item, state] of before) if (item.state.kind === 'queued') item.state = state
      enter('checked')
      await watchDeleting()
    },
    stop() {
      if (phase === 'sending') enter('stopping')
      stopping.abort()
    },
  }
}

/** Namespaces and definitions of kinds take everything in them along. */
function isWeighty({ asked: { group, resource } }: Item): boolean {
  return (group === '' && resource === 'namespaces') || resource === 'customresourcedefinitions'
}

function canSend({ state }: Item): boolean {
  return state.kind === 'ready' || state.kind === 'failed' || state.kind === 'unknown'
}

function showItem({ asked: { uid, ...object }, kind, state, target, facts }: Item): DeleteItem {
  return { object, kind, uid: target?.snapshot.uid ?? uid, state, ...facts }
}

/** Reads an object that shall be deleted. `uid-conflict` where it is another one than the person saw. */
async function readTarget(cluster: Cluster, asked: DeleteObject, signal: AbortSignal): Promise<Result<Target>> {
  const [identity, read] = await Promise.all([
    clusterIdentity(cluster, signal),
    getObject(cluster, asked, { namespace: asked.namespace, name: asked.name }, signal),
  ])
  if (!identity.ok) return identity
  if (!read.ok) return read
  const { object } = read.value
  if (metadataText(object, 'uid') === null || metadataText(object, 'resourceVersion') === null) {
    return fail({ code: 'verb-unsupported', verb: 'delete', resource: asked.resource })
  }
  const snapshot = snapshotOf(object)
  if (asked.uid !== null && asked.uid !== snapshot.uid) return fail({ code: 'object-replaced', uid: snapshot.uid })
  const { group, version, resource, namespace, name } = asked
  const kind = typeof object.kind === 'string' ? object.kind : resource
  const ref: ObjectRef = { cluster: identity.value, group, version, resource, kind, namespace, name, uid: snapshot.uid }
  return ok({ ref, snapshot })
}

function sum(searches: readonly { readonly searched: number; readonly kinds: number; readonly done: boolean }[]) {
  const total = (of: 'searched' | 'kinds') => searches.reduce((all, one) => all + one[of], 0)
  return { searched: total('searched'), kinds: total('kinds'), done: searches.every(({ done }) => done) }
}

/** What hangs on the objects, put together by kind, reason and depth. */
function createHangingList() {
  const groups = new Map<string, Hanging>()
  const add = (context: string, ...[kind, { why, depth }, some]: Parameters<Findings['found']>) => {
    if (some.count === 0) return
    const { group, version, resource } = kind
    const key = [context, why, depth, group, resource].join(' ')
    const before = groups.get(key)
    const names = [...(before?.names ?? []), ...some.objects].slice(0, mostNamed)
    groups.set(key, {
      why,
      context,
      group,
      version,
      resource,
      kind: kind.kind,
      depth,
      count: (before?.count ?? 0) + some.count,
      shared: (before?.shared ?? 0) + some.shared,
      more: some.more || before?.more === true,
      names: names.map(({ namespace, name }) => ({ namespace, name })),
    })
  }
  return { add, list: (): readonly Hanging[] => [...groups.values()].sort((a, b) => a.depth - b.depth) }
}
