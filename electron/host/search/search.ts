import type { SearchedContext, SearchInput, SearchState } from '../../../contract/search.ts'
import { inBackground } from '../bugs.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { createNotifier, latestStates, pause } from '../streams.ts'
import { type Budget, startBudget } from './budget.ts'
import { type ContextSearch, searchContext } from './context-search.ts'
import { makeFindings } from './findings.ts'
import type { KnownNames } from './known-names.ts'
import { meaningOf, parseQuery, type Query } from './query.ts'

/** A search that was begun. */
export type Search = {
  /** To be read once. Requests go out from the first read to the end of reading. */
  readonly states: AsyncGenerator<SearchState, void>
  /** Lets it go on to its end, however long that takes. */
  goOn(): void
}

/** What a search works with. `chosen` are the person's kinds, the favourite ones first. */
export type SearchParts = {
  readonly clusters: Clusters
  readonly names: KnownNames
  readonly chosen: () => readonly string[]
}

/** Requests on their way at once, over all clusters and for each. */
const mostRequests = 24
const mostOfOne = 3

const stateEveryMs = 100

/** Opens a search. Nothing is asked before `states` is read. */
export function openSearch(parts: SearchParts, input: SearchInput, signal: AbortSignal): Search {
  const query = parseQuery(input.text)
  const budget = startBudget(input.budget)
  return { states: run(parts, input, query, budget, signal), goOn: budget.lift }
}

async function* run(
  parts: SearchParts,
  input: SearchInput,
  query: Query | null,
  budget: Budget,
  signal: AbortSignal,
): AsyncGenerator<SearchState, void> {
  if (query === null) return yield nothing()
  const life = new AbortController()
  const ended = AbortSignal.any([signal, life.signal])
  const changed = createNotifier()
  const names = contextsOf(input, query, parts.clusters)
  const findings = makeFindings({ names, near: input.near, first: input.first, by: query.by }, budget.kept)
  const wishes = { only: input.kinds, chosen: [...input.first, ...parts.chosen()] }
  const searches = names.map((context, number) =>
    searchContext(
      { context, query, wishes, budget, names: parts.names, cluster: () => parts.clusters.cluster(context) },
      (candidate, of) => findings.add(candidate, { ...of, context: number }),
      ended,
    ),
  )
  const isSpent = () => budget.isSpent(findings.total())
  budget.begin()
  spread(searches, budget, isSpent, changed.notify, ended)
  const read = (): SearchState => {
    const spent = isSpent()
    const told = searches.map(search => {
      const context = search.state()
      return spent && context.state === 'searching' ? { ...context, state: 'paused' as const } : context
    })
    return {
      meaning: meaningOf(query),
      state: stateOf(told, spent),
      found: findings.best(),
      total: findings.total(),
      full: findings.total() > budget.kept,
      objects: budget.objects(),
      contexts: told,
    }
  }
  try {
    for await (const state of latestStates(changed.listen, read, ended)) {
      yield state
      // Results that jump at every frame cannot be read.
      await pause(stateEveryMs, ended)
    }
  } finally {
    life.abort(new Error('the search is no longer read'))
    budget.end()
  }
}

/** Hands requests out to the contexts in turn, so that none waits for another; stops when the budget is spent. */
function spread(
  searches: readonly ContextSearch[],
  budget: Budget,
  isSpent: () => boolean,
  onChange: () => void,
  signal: AbortSignal,
): void {
  let running = 0
  const pump = (): void => {
    while (running < mostRequests && !signal.aborted && !isSpent()) {
      const open = searches.filter(search => search.hasWork() && search.running() < mostOfOne)
      const [next] = open.toSorted((a, b) => a.running() - b.running())
      if (next === undefined) return
      running += 1
      const work = next.step().finally(() => {
        running -= 1
        onChange()
        pump()
      })
      inBackground(work, signal)
    }
  }
  budget.onChange(() => {
    onChange()
    pump()
  })
  for (const search of searches) {
    const begun = search.begin().then(() => {
      onChange()
      pump()
    })
    inBackground(begun, signal)
  }
}

function contextsOf({ contexts }: SearchInput, { context }: Query, clusters: Clusters): readonly string[] {
  const names = contexts.length > 0 ? [...new Set(contexts)] : clusters.contexts().map(({ name }) => name)
  return context === null ? names : names.filter(name => name.toLowerCase().includes(context.toLowerCase()))
}

function stateOf(contexts: readonly SearchedContext[], spent: boolean): SearchState['state'] {
  const states = new Set(contexts.map(({ state }) => state))
  if (!spent && (states.has('searching') || states.has('connecting'))) return 'searching'
  return states.has('paused') || states.has('connecting') ? 'paused' : 'done'
}

function nothing(): SearchState {
  const meaning = meaningOf(null)
  return { meaning, state: 'done', found: [], total: 0, full: false, objects: 0, contexts: [] }
}
