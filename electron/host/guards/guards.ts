import { type Guard, type GuardState, noGuard, unlockMinutes } from '../../../contract/guard.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { reportBug } from '../bugs.ts'
import type { Clusters } from '../clusters/clusters.ts'
import type { Cluster } from '../clusters/connection.ts'
import { clusterIdentity, knownIdentity } from '../clusters/identity.ts'
import type { WriteGate } from '../clusters/write-gate.ts'
import type { Store } from '../store/store.ts'
import { type GuardRecord, type KnownIdentity, recordsFor, strictest, withGuard } from './book.ts'

/** The guards of a host's clusters, held by what a cluster is and not by a context's name, and who is unlocked now. */
export type Guards = {
  /** Lets a write out or says why not: `context-read-only`, `confirmation-missing`, or why the cluster's identity is not known. */
  readonly gate: WriteGate
  /** Whether writes are guarded here in any way, locked or not; also where the cluster does not say what it is. */
  readonly isGuarded: (cluster: Cluster) => Promise<boolean>
  /** `looksLike` says whether a guard may be offered. */
  readonly stateOf: (identity: KnownIdentity, looksLike: boolean) => GuardState
  /** It holds at once; `not-kept` where the next start will not know it. */
  readonly set: (identity: KnownIdentity, guard: Guard) => Result<void>
  /** Lets writes out for a while. `context-read-only` where the guard takes no unlocking. */
  readonly unlock: (context: string, identity: KnownIdentity) => Result<void>
  readonly lock: (identity: KnownIdentity) => void
  /** Finds out what the clusters are that answer, where a guard may depend on it. */
  readonly learn: (clusters: Clusters) => void
}

const lossy: ReadonlySet<Problem['code']> = new Set(['store-damaged', 'store-foreign', 'store-newer'])

/** Where the guards of a profile cannot be read, every cluster is locked until it is unlocked. */
const unreadable: Guard = { colour: null, writes: 'after-unlock', confirm: false }

/** Guards as the store keeps them. Unlocking is kept nowhere: a restart locks. `signal` ends the timers. */
export function createGuards(store: Store, onChange: () => void, signal: AbortSignal): Guards {
  const lost = store.problems().some(({ code }) => lossy.has(code))
  const unlocked = new Map<string, Unlocked>()
  /** Clusters that were asked what they are. */
  const learning = new WeakSet<Cluster>()

  const holding = (identity: KnownIdentity): readonly GuardRecord[] => {
    const records = recordsFor(store.guards(), identity)
    return records.length === 0 && lost ? [{ ...identity, guard: unreadable }] : records
  }
  /** What holds for a cluster, once it has said what it is. */
  const heldBy = async (cluster: Cluster): Promise<Result<readonly GuardRecord[]>> => {
    if (store.guards().length === 0 && !lost) return ok([])
    const asked = await clusterIdentity(cluster, signal)
    return asked.ok ? ok(holding(knownIdentity(cluster))) : asked
  }
  const unlockedUntil = (records: readonly GuardRecord[]): number | null => {
    const locks = records.filter(({ guard }) => guard.writes === 'after-unlock')
    const ends = locks.flatMap(record => untilOf(unlocked.get(keyOf(record))))
    return ends.length === 0 || ends.length < locks.length ? null : Math.min(...ends)
  }
  const relock = (key: string): void => {
    const held = unlocked.get(key)
    if (held === undefined) return
    clearTimeout(held.timer)
    unlocked.delete(key)
    onChange()
  }
  const lockAll = (records: readonly GuardRecord[]): void => {
    for (const record of records) relock(keyOf(record))
  }
  /** A guard that was set before the uid was known is from now on that cluster's alone. */
  const learned = (identity: KnownIdentity): void => {
    const [only, ...more] = recordsFor(store.guards(), identity)
    if (identity.uid !== null && only?.address === identity.address && only.uid === null && more.length === 0) {
      store.saveGuards(withGuard(store.guards(), identity, only.guard))
      const held = unlocked.get(keyOf(only))
      if (held !== undefined) unlockUntil(identity, held.until)
      relock(keyOf(only))
    }
    onChange()
  }
  const ask = (cluster: Cluster): void => {
    if (learning.has(cluster)) return
    learning.add(cluster)
    clusterIdentity(cluster, signal).then(
      asked => (asked.ok ? learned(knownIdentity(cluster)) : learning.delete(cluster)),
      error => signal.aborted || reportBug(error),
    )
  }
  const unlockUntil = (identity: KnownIdentity, until: number): void => {
    const key = keyOf(identity)
    const from = Date.now()
    const timer = setTimeout(() => relock(key), until - from)
    unlocked.set(key, { from, until, timer })
  }
  signal.addEventListener('abort', () => {
    for (const { timer } of unlocked.values()) clearTimeout(timer)
  })

  return {
    async gate(cluster, write) {
      const held = await heldBy(cluster)
      if (!held.ok) return held.problem
      const records = held.value
      const guard = strictest(records.map(record => record.guard))
      const { context } = cluster
      if (guard.writes === 'never') return { code: 'context-read-only', context, unlockable: false }
      if (guard.writes === 'after-unlock' && unlockedUntil(records) === null)
        return { code: 'context-read-only', context, unlockable: true }
      if (guard.confirm && !write.dryRun && write.confirmation?.trim() !== context)
        return { code: 'confirmation-missing', context }
      return null
    },
    async isGuarded(cluster) {
      const held = await heldBy(cluster)
      if (!held.ok) return true
      const { writes, confirm } = strictest(held.value.map(record => record.guard))
      return writes !== 'allowed' || confirm
    },
    stateOf(identity, looksLike) {
      const records = holding(identity)
      const guard = records.length === 0 ? noGuard : strictest(records.map(record => record.guard))
      const offered = looksLike && recordsFor(store.guards(), identity).length === 0
      return { ...guard, unlockedUntil: unlockedUntil(records), offered }
    },
    set(identity, guard) {
      // Whatever is chosen anew begins locked.
      lockAll(holding(identity))
      const saved = store.saveGuards(withGuard(store.guards(), identity, guard))
      onChange()
      return saved
    },
    unlock(context, identity) {
      const records = holding(identity)
      const guard = strictest(records.map(record => record.guard))
      if (guard.writes === 'never') return fail({ code: 'context-read-only', context, unlockable: false })
      lockAll(records)
      for (const record of records) {
        if (record.guard.writes === 'after-unlock') unlockUntil(record, Date.now() + unlockMinutes * 60_000)
      }
      onChange()
      return ok(undefined)
    },
    lock: identity => lockAll(holding(identity)),
    learn(clusters) {
      if (store.guards().length === 0) return
      for (const { name, connection } of clusters.contexts()) {
        const cluster = connection.kind === 'ready' ? clusters.cluster(name) : null
        if (cluster?.ok) ask(cluster.value)
      }
    },
  }
}

type Unlocked = { readonly from: number; readonly until: number; readonly timer: NodeJS.Timeout }

/** The end of an unlock that holds now. The timer ends it too; a clock that was set back does not lengthen it. */
function untilOf(held: Unlocked | undefined): readonly number[] {
  const now = Date.now()
  return held !== undefined && held.from <= now && now < held.until ? [held.until] : []
}

function keyOf({ address, uid }: KnownIdentity): string {
  return `${address} ${uid ?? ''}`
}
