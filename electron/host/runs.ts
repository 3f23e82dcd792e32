import { fail, ok, type Problem, type Result } from '../../core/problem.ts'
import { reportBug } from './bugs.ts'
import type { Clusters } from './clusters/clusters.ts'
import type { Cluster } from './clusters/connection.ts'
import { latestStates, type Notifier } from './streams.ts'

/** Work of several steps that a page follows: checked first, then sent where the person says so. */
export type Run<State, Ask> = {
  readonly state: () => State
  readonly listen: Notifier['listen']
  /** Finds out what sending would do. */
  readonly check: () => Promise<void>
  readonly send: (ask: Ask) => Promise<void>
  /** Lets nothing more be sent. */
  readonly stop: () => void
  readonly phase: () => RunPhase
}

export type RunPhase = 'checking' | 'checked' | 'sending' | 'stopping'

/** The runs of one sort, by the ids that their pages gave them. */
export type Runs<State, Ask, R extends Run<State, Ask>> = {
  /** Begins a run and follows its states. It lives as long as they are read, and to the end of what it is sending. */
  readonly follow: (id: string, make: (signal: AbortSignal) => R, signal: AbortSignal) => AsyncGenerator<State, void>
  /** `run-unknown`. */
  readonly find: (id: string) => Result<R>
  /** Sends what was checked, in its own time. `run-unknown` also while it checks or sends. */
  readonly send: (id: string, ask: Ask) => Result<void>
  readonly end: () => void
}

/** No run yet. */
export function createRuns<State, Ask, R extends Run<State, Ask>>(): Runs<State, Ask, R> {
  const life = new AbortController()
  const runs = new Map<string, R>()
  const report = (signal: AbortSignal) => (error: unknown) => {
    if (!signal.aborted) reportBug(error)
  }
  const find = (id: string): Result<R> => {
    const run = runs.get(id)
    return run === undefined ? fail({ code: 'run-unknown' }) : ok(run)
  }
  return {
    async *follow(id, make, signal) {
      const own = new AbortController()
      const lives = AbortSignal.any([own.signal, life.signal])
      const run = make(lives)
      runs.set(id, run)
      const leaveWhenDone = () => {
        if (run.phase() === 'sending' || run.phase() === 'stopping') return
        if (runs.get(id) === run) runs.delete(id)
        own.abort(new Error('nobody follows this run any more'))
      }
      run.check().catch(report(lives))
      try {
        yield* latestStates(run.listen, run.state, AbortSignal.any([signal, life.signal]))
      } finally {
        // The person has asked for all of it: a page that goes does not leave half of it done.
        run.listen(leaveWhenDone)
        leaveWhenDone()
      }
    },
    find,
    send(id, ask) {
      const run = find(id)
      if (!run.ok) return run
      if (run.value.phase() !== 'checked') return fail({ code: 'run-unknown' })
      run.value.send(ask).catch(report(life.signal))
      return ok(undefined)
    },
    end() {
      life.abort(new Error('the host ends'))
      runs.clear()
    },
  }
}

/** So many requests at once to one cluster. */
const atOnce = 4

/** Does something with each item of a run, by their contexts, a few of each at once. `barred` hears why a context cannot be reached. */
export async function eachByContext<Item>(
  clusters: Clusters,
  items: readonly Item[],
  {
    contextOf,
    act,
    barred,
  }: {
    readonly contextOf: (item: Item) => string
    readonly act: (item: Item, cluster: Cluster) => Promise<void>
    readonly barred: (item: Item, problem: Problem) => void
  },
): Promise<void> {
  await Promise.all(
    [...Map.groupBy(items, contextOf)].map(async ([context, mine]) => {
      const cluster = clusters.cluster(context)
      const queue = [...mine]
      const next = async () => {
        for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
          if (cluster.ok) await act(item, cluster.value)
          else barred(item, cluster.problem)
        }
      }
      await Promise.all(Array.from({ length: atOnce }, next))
    }),
  )
}

/** A run that asks the person to type something before it sends; null where it asks for nothing. */
type Typed = { readonly typed: () => string | null }

/** Sends a run once the person has typed what it asks for. `deletion-unconfirmed`, and what `send` answers. */
export function sendConfirmed<State, Ask, R extends Run<State, Ask> & Typed>(
  runs: Runs<State, Ask, R>,
  id: string,
  typed: string | null,
  ask: Ask,
): Result<void> {
  const run = runs.find(id)
  if (!run.ok) return run
  const expected = run.value.typed()
  if (expected !== null && typed?.trim() !== expected) return fail({ code: 'deletion-unconfirmed', expected })
  return runs.send(id, ask)
}
