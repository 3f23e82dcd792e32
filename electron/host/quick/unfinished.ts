import type { QuickAsk, QuickObject, UnfinishedItem, UnfinishedRun } from '../../../contract/quick.ts'
import { readTold } from '../editing/journal.ts'
import type { Abandoned } from '../history/abandoned.ts'
import type { Ledger } from '../history/ledger.ts'
import type { Store } from '../store/store.ts'
import { createNotifier, latestStates } from '../streams.ts'

/** An object that a run is to change. `edit`: under which it is in the journal. `submit`: its entry there, once it was looked for. */
export type UnsentItem = {
  readonly object: QuickObject
  readonly kind: string
  readonly edit: string
  readonly submit: string | null
}

/** What is kept of a run from before its first request leaves until its last has ended. */
type Sending = {
  readonly run: string
  readonly ask: QuickAsk
  readonly reason: string | null
  readonly items: readonly UnsentItem[]
}
type Kept = Sending & { readonly begun: number }

/** The quick edits of many that are being sent, on disk, and those of an earlier run of the app that were not sent to the end. */
export type Unfinished = {
  /** On disk when it returns, where the disk takes it. `instead`: the unfinished run that it goes on with. */
  readonly begin: (sending: Sending, instead: string | null) => void
  readonly end: (runs: readonly string[]) => void
  /** Those of an earlier run of the app; what became of each object is found out from now on. */
  readonly states: (signal: AbortSignal) => AsyncGenerator<readonly UnfinishedRun[], void>
}

const name = 'quick edits'

/** The runs in a store. An object without an entry in the journal was never sent: that is looked for once, since entries can be removed. */
export function unfinishedRuns(
  { submits, texts, write }: Pick<Store, 'submits' | 'texts' | 'write'>,
  { abandoned, ledger }: { readonly abandoned: Abandoned; readonly ledger: Pick<Ledger, 'listen'> },
): Unfinished {
  const changed = createNotifier()
  let kept = withSubmits(readKept(texts.read(name)), submits)
  const earlier = new Set(kept.map(({ run }) => run))
  // Where the disk does not take it the work goes on: then only the history tells of it.
  const keep = (next: readonly Kept[]) => {
    kept = next
    write(() => (kept.length === 0 ? texts.remove(name) : texts.keep(name, JSON.stringify(kept))))
    changed.notify()
  }
  if (kept.length > 0) keep(kept)

  const show = ({ object, kind, submit }: UnsentItem): UnfinishedItem => {
    if (submit === null) return { object, kind, entry: null, outcome: 'unsent', problem: null }
    const standing = submits.standing(submit)
    // Somebody removed the entry: what it said is gone.
    if (standing === null) return { object, kind, entry: null, outcome: 'unknown', problem: null }
    const problem = readTold(standing.told)?.problem ?? abandoned.hindrance(submit)
    return { object, kind, entry: submit, outcome: standing.state, problem }
  }
  const listen = (listener: () => void) => {
    const stops = [changed, abandoned, ledger].map(source => source.listen(listener))
    return () => {
      for (const stop of stops) stop()
    }
  }
  return {
    begin(sending, instead) {
      earlier.delete(sending.run)
      const others = kept.filter(({ run }) => run !== sending.run && run !== instead)
      keep([{ ...sending, begun: Date.now() }, ...others])
    },
    end: runs => keep(kept.filter(({ run }) => !runs.includes(run))),
    states(signal) {
      abandoned.settle()
      const look = () =>
        kept
          .filter(({ run }) => earlier.has(run))
          .map(({ run, begun, ask, reason, items }) => ({ run, begun, ask, reason, items: items.map(show) }))
      return latestStates(listen, look, signal)
    },
  }
}

function withSubmits(kept: readonly Kept[], submits: Store['submits']): readonly Kept[] {
  const newest = submits.newestOf(kept.flatMap(({ items }) => items.map(({ edit }) => edit)))
  return kept.map(one => ({
    ...one,
    items: one.items.map(item => ({ ...item, submit: item.submit ?? newest.get(item.edit) ?? null })),
  }))
}

function readKept(text: string | null): readonly Kept[] {
  // What opens was sealed here, as `keep` made it.
  return text === null ? [] : (JSON.parse(text) as readonly Kept[])
}
