import type { HistoryEntry, HistoryFilter, HistoryState } from '../../../contract/history.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { contextOf } from '../clusters/pinned.ts'
import { readBrief } from '../editing/journal.ts'
import type { Store } from '../store/store.ts'
import type { SubmitRow, SubmitSearch, SubmitState } from '../store/submits.ts'
import { createNotifier, latestStates, type Notifier } from '../streams.ts'
import { showEntry, showRow } from './entry.ts'

/** The history of submits: the journal, as a person reads it. */
export type History = {
  /** A window of the list, now and whenever the history changes. */
  readonly watch: (input: HistoryAsk, signal: AbortSignal) => AsyncGenerator<HistoryState, void>
  /** `entry-unknown`. */
  readonly read: (id: string) => Result<HistoryEntry>
  /** The ids of all that pass a filter, newest first. */
  readonly ids: (filter: HistoryFilter) => readonly string[]
  /** Removes one entry, or all. `not-kept` where the disk does not take it. */
  readonly remove: (id: string | 'all') => Result<void>
  /** Applies the retention that the settings say. */
  readonly expire: () => void
}

export type HistoryAsk = {
  readonly filter: HistoryFilter
  readonly window: { readonly start: number; readonly count: number }
}

const states: Readonly<Record<NonNullable<HistoryFilter['outcome']>, readonly SubmitState[]>> = {
  written: ['written'],
  'not-written': ['refused', 'not-written'],
  unknown: ['unknown', 'sent'],
}

const day = 24 * 60 * 60 * 1_000

/** However the clock jumps: so many of the newest entries stay, whatever their age. */
const alwaysKept = 50

/** The history of a store; `submitted` tells of new submits and of their ends. Retention is applied now and once a day. */
export function createHistory(
  clusters: Clusters,
  store: Store,
  submitted: Notifier['listen'],
  options: { readonly kubeconfigGiven: boolean; readonly signal: AbortSignal },
): History {
  const { submits } = store
  const changed = createNotifier()
  let found: { readonly key: string; readonly nrs: readonly number[] } | null = null
  const forget = () => {
    found = null
    changed.notify()
  }
  submitted(forget)

  const through = ({ context, ref }: Pick<SubmitRow, 'context' | 'ref'>) => contextOf(clusters, context, ref.cluster)

  const find = (filter: HistoryFilter): readonly number[] => {
    const key = JSON.stringify(filter)
    if (found?.key !== key) found = { key, nrs: submits.find(searchOf(filter, clusters)) }
    return found.nrs
  }

  const look = ({ filter, window: { start, count } }: HistoryAsk): HistoryState => {
    const nrs = find(filter)
    const rows = submits.rows(nrs.slice(start, start + count)).map(row => showRow(row, through(row)))
    return { total: submits.count(), matched: nrs.length, window: { start, rows } }
  }

  const expire = () => {
    const { days, entries } = store.settings().history
    const before = days === null ? Number.MIN_SAFE_INTEGER : Date.now() - days * day
    const most = entries ?? Number.MAX_SAFE_INTEGER
    store.write(() => void submits.expire({ before, most, keep: alwaysKept }))
    forget()
  }
  const timer = setInterval(expire, day)
  timer.unref()
  options.signal.addEventListener('abort', () => clearInterval(timer))
  expire()

  return {
    watch: (ask, signal) => latestStates(changed.listen, () => look(ask), signal),
    read(id) {
      const submit = submits.read(id)
      if (submit === null) return fail({ code: 'entry-unknown' })
      return ok(showEntry(submit, through(submit), options.kubeconfigGiven))
    },
    ids: filter => submits.rows(find(filter)).map(({ id }) => id),
    remove(id) {
      const removed = store.write(() => (id === 'all' ? submits.clear() : submits.forget(id)))
      forget()
      return removed
    },
    expire,
  }
}

function searchOf({ text, outcome, object }: HistoryFilter, clusters: Clusters): SubmitSearch {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const identity = object === null ? null : clusters.identity(object.context)
  return {
    states: outcome === null ? null : states[outcome],
    object: object === null ? null : { ...object, cluster: identity?.ok ? identity.value.address : null },
    matches: words.length === 0 ? null : row => containsAll(row, words),
  }
}

/** Whether all words occur in what a list shows of a submit; what is sealed is opened only where the rest does not decide. */
function containsAll(row: SubmitRow, words: readonly string[]): boolean {
  const { group, resource, kind, namespace, name } = row.ref
  const clear = [row.context, kind, resource, group, namespace ?? '', name].join(' ').toLowerCase()
  const left = words.filter(word => !clear.includes(word))
  if (left.length === 0) return true
  const brief = readBrief(row.brief)
  const sealed = [brief?.reason ?? '', ...(brief?.paths ?? [])].join(' ').toLowerCase()
  return left.every(word => sealed.includes(word))
}
