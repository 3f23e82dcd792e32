import type { ResourceKind } from '../../../contract/browse.ts'
import type { SearchedContext, Unsearched } from '../../../contract/search.ts'
import type { Problem, Result } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { discover } from '../clusters/discovery.ts'
import { isAway } from '../views/away.ts'
import type { Budget } from './budget.ts'
import type { KnownNames } from './known-names.ts'
import { matchCandidate } from './match.ts'
import { keyOf, planSearch, type Wishes } from './plan.ts'
import type { Query } from './query.ts'
import { type Candidate, readKind } from './read-kind.ts'

/** The search of one context, a request at a time. */
export type ContextSearch = {
  /** Finds out which kinds there are to ask. */
  begin(): Promise<void>
  hasWork(): boolean
  running(): number
  /** One request: the next piece of the next kind. */
  step(): Promise<void>
  state(): SearchedContext
}

type Options = {
  readonly context: string
  readonly cluster: () => Result<Cluster>
  readonly query: Query
  readonly wishes: Wishes
  readonly budget: Budget
  readonly names: KnownNames
}

type OnFound = (
  candidate: Candidate,
  of: { readonly kind: ResourceKind; readonly score: number; readonly place: number },
) => void

/** A kind that is still to be asked, or to be asked further. `read` is what was read of it so far, for later searches. */
type Task = {
  readonly kind: ResourceKind
  readonly place: number
  readonly namespace: string | null
  readonly continueToken: string | null
  readonly read: readonly Candidate[]
}

const unsearchedAtMost = 100

/** A search of one context. Kinds that may not be listed everywhere are listed in the context's own namespace. */
export function searchContext(options: Options, onFound: OnFound, signal: AbortSignal): ContextSearch {
  const { context, query, wishes, budget, names } = options
  const unsearched: Unsearched[] = []
  let tasks: Task[] = []
  let cluster: Cluster | null = null
  let problem: Problem | null = null
  let begun = false
  let kinds = 0
  let asked = 0
  let running = 0
  let partly: { namespace: string; kinds: number } | null = null

  function found(task: Task, candidates: readonly Candidate[]): void {
    for (const candidate of candidates) {
      const score = matchCandidate(query, candidate)
      if (score !== null) onFound(candidate, { kind: task.kind, score, place: task.place })
    }
  }
  // Names alone are what further letters will be looked for in.
  const ofNames = (query.by === 'name' || query.by === 'uid') && query.labels === ''

  function fail(reason: Problem): void {
    problem = reason
    tasks = []
  }
  function refused(task: Task, reason: Problem, own: string): void {
    if (reason.code === 'expired' && task.continueToken !== null) {
      // What was found of it stays; the objects that are met again are known.
      tasks.unshift({ ...task, continueToken: null, read: [] })
    } else if (reason.code === 'forbidden' && task.kind.namespaced && task.namespace === null) {
      partly = { namespace: own, kinds: (partly?.kinds ?? 0) + 1 }
      tasks.unshift({ ...task, namespace: own })
    } else if (isAway(reason) && reason.code !== 'server-error') fail(reason)
    else {
      asked += 1
      if (unsearched.length < unsearchedAtMost) unsearched.push({ kind: keyOf(task.kind), problem: reason })
    }
  }
  async function search(of: Cluster, task: Task): Promise<void> {
    const known = ofNames ? names.get(of, keyOf(task.kind), task.namespace) : null
    if (known !== null) {
      found(task, known)
      asked += 1
      return
    }
    const piece = await readKind(of, task.kind, query, task, signal)
    if (signal.aborted) return
    if (!piece.ok) return refused(task, piece.problem, of.namespace ?? 'default')
    const { candidates, continueToken } = piece.value
    budget.spend(candidates.length)
    found(task, candidates)
    const read = ofNames ? [...task.read, ...candidates] : []
    if (continueToken !== null) return void tasks.unshift({ ...task, continueToken, read })
    asked += 1
    if (ofNames) names.put(of, keyOf(task.kind), task.namespace, read)
  }
  return {
    async begin() {
      const opened = options.cluster()
      if (!opened.ok) return fail(opened.problem)
      const served = await discover(opened.value, { signal })
      begun = true
      if (!served.ok) return fail(served.problem)
      const plan = planSearch(served.value.kinds, query, wishes)
      cluster = opened.value
      kinds = plan.kinds.length
      tasks = plan.kinds
        .slice(0, budget.kinds ?? kinds)
        .map((kind, place) => ({ kind, place, namespace: plan.namespace, continueToken: null, read: [] }))
    },
    hasWork: () => tasks.length > 0,
    running: () => running,
    async step() {
      const task = tasks.shift()
      if (task === undefined || cluster === null) return
      running += 1
      try {
        await search(cluster, task)
      } catch (error) {
        if (!signal.aborted) throw error
      } finally {
        running -= 1
      }
    },
    state() {
      const busy = tasks.length > 0 || running > 0
      const left = asked < kinds
      const state = problem !== null ? 'failed' : !begun ? 'connecting' : busy ? 'searching' : left ? 'paused' : 'done'
      return { context, state, problem, kinds, asked, unsearched, partly }
    },
  }
}
