import type { OpenedEdit } from '../../../contract/edit.ts'
import type { HistoryEntry, HistoryFilter, HistoryFormat, HistoryState, Undone } from '../../../contract/history.ts'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { printYaml } from '../../../core/yaml.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { contextOf } from '../clusters/pinned.ts'
import { deleteCommand } from '../editing/command.ts'
import type { Edits } from '../editing/edits.ts'
import { readBrief, readSentPlan } from '../editing/journal.ts'
import { objectForCreation } from '../editing/recreate.ts'
import type { Store } from '../store/store.ts'
import type { Submit, SubmitRow, SubmitSearch, SubmitState } from '../store/submits.ts'
import { createNotifier, latestStates, pause } from '../streams.ts'
import { madeBy, showEntry, showRow, sidesOf, targetOf } from './entry.ts'
import { exportEntry } from './export.ts'

/** The history of submits: the journal, as a person reads it. */
export type History = {
  /** A window of the list, now and whenever the history changes. */
  readonly watch: (input: HistoryAsk, signal: AbortSignal) => AsyncGenerator<HistoryState, void>
  /** `entry-unknown`. */
  readonly read: (id: string) => Result<HistoryEntry>
  /** The ids of all that pass a filter, newest first. */
  readonly ids: (filter: HistoryFilter) => readonly string[]
  /** Entries as text, in pieces: commands oldest first, JSON lines newest first. */
  readonly export: (input: HistoryExport, signal: AbortSignal) => AsyncGenerator<string, void>
  /** Opens an edit that takes an entry's change back. `entry-unknown`, and what `Edits.undo` fails with. */
  readonly undo: (id: string, signal: AbortSignal) => Promise<Result<Undone>>
  /** Begins a creation from what stood there before an entry's change, masked nowhere. `entry-unknown`. */
  readonly recreate: (id: string, signal: AbortSignal) => Promise<Result<OpenedEdit>>
  /** Removes one entry, or all. `not-kept` where the disk does not take it. */
  readonly remove: (id: string | 'all') => Result<void>
  /** Applies the retention that the settings say. */
  readonly expire: () => void
}

export type HistoryAsk = {
  readonly filter: HistoryFilter
  readonly window: { readonly start: number; readonly count: number }
}

export type HistoryExport = {
  readonly entries: readonly string[] | null
  readonly filter: HistoryFilter
  readonly format: HistoryFormat
}

const states: Readonly<Record<NonNullable<HistoryFilter['outcome']>, readonly SubmitState[]>> = {
  written: ['written'],
  'not-written': ['refused', 'not-written'],
  unknown: ['unknown', 'sent'],
}

const day = 24 * 60 * 60 * 1_000

/** However the clock jumps: so many of the newest entries stay, whatever their age. */
const alwaysKept = 50

/** Entries are opened and masked one after the other: so many before others get their turn. */
const exportedAtOnce = 20

/** The history of a store. Retention is applied now and once a day. */
export function createHistory(
  clusters: Clusters,
  store: Store,
  edits: Pick<Edits, 'onSubmits' | 'undo' | 'openManifest'>,
  options: { readonly kubeconfigGiven: boolean; readonly signal: AbortSignal },
): History {
  const { submits } = store
  const changed = createNotifier()
  let found: { readonly key: string; readonly nrs: readonly number[] } | null = null
  const forget = () => {
    found = null
    changed.notify()
  }
  edits.onSubmits(forget)

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

  const ids = (filter: HistoryFilter): readonly string[] => submits.rows(find(filter)).map(({ id }) => id)

  const exported = (id: string, format: HistoryFormat): string => {
    const submit = submits.read(id)
    // It may have been deleted meanwhile.
    return submit === null ? '' : exportEntry(show(submit), submit, format)
  }

  const show = (submit: Submit) => {
    const context = through(submit)
    return showEntry(submit, context, {
      actingAs: clusters.actingAs(context),
      kubeconfigGiven: options.kubeconfigGiven,
    })
  }

  const undoableOf = (id: string) => {
    const submit = submits.read(id)
    const plan = submit === null ? null : readSentPlan(submit.plan)
    return submit === null || plan === null ? null : { submit, plan, target: targetOf(submit, through(submit)) }
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
      return ok(show(submit))
    },
    ids,
    async *export({ entries, filter, format }, signal) {
      const newestFirst = entries ?? ids(filter)
      const order = format === 'jsonl' ? newestFirst : newestFirst.toReversed()
      for (let at = 0; at < order.length && !signal.aborted; at += exportedAtOnce) {
        yield order
          .slice(at, at + exportedAtOnce)
          .map(id => exported(id, format))
          .join('')
        // Others wait for the host, too.
        await pause(0, signal)
      }
    },
    async undo(id, signal) {
      const undoable = undoableOf(id)
      if (undoable === null) return fail({ code: 'entry-unknown' })
      const { submit, plan, target } = undoable
      if (plan.strategy === 'delete') return ok({ kind: 'gone', uid: null, recreatable: isWhole(submit) })
      const { before } = sidesOf(submit, plan)
      if (before === null)
        return ok({
          kind: 'delete',
          ...deleteCommand(submit.ref, { ...target, actingAs: clusters.actingAs(target.context) }),
        })
      const undone = await edits.undo({ target, ref: submit.ref, before, after: madeBy(submit, plan) }, signal)
      if (!undone.ok) return undone
      return ok(undone.value.kind === 'gone' ? { ...undone.value, recreatable: isWhole(submit) } : undone.value)
    },
    async recreate(id, signal) {
      const undoable = undoableOf(id)
      const before = undoable === null ? null : sidesOf(undoable.submit, undoable.plan).before
      if (undoable === null || before === null || !isWhole(undoable.submit)) return fail({ code: 'entry-unknown' })
      const { context, namespace } = undoable.target
      const text = printYaml(objectForCreation(before))
      const opened = await edits.openManifest({ context, namespace, text }, signal)
      if (!opened.ok) return opened
      if (opened.value.kind === 'several') throw new Error('what was printed is one object')
      return ok(opened.value.opened)
    },
    remove(id) {
      const removed = store.write(() => (id === 'all' ? submits.clear() : submits.forget(id)))
      forget()
      return removed
    },
    expire,
  }
}

/** Whether what an entry keeps is an object that could be created, and not a part of one that a subresource serves. */
function isWhole({ ref }: Submit): boolean {
  return ref.subresource === undefined
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
