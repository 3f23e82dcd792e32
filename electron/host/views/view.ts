import type { Ask, Row, Scope, Source, ViewState } from '../../../contract/browse.ts'
import type { Problem } from '../../../core/problem.ts'
import { reportBug } from '../bugs.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { createNotifier, latestStates } from '../streams.ts'
import { type Filter, parseFilter } from './filter.ts'
import { makeOrder } from './order.ts'
import { makeRows } from './rows.ts'
import { runSource } from './source.ts'
import { throttled } from './throttle.ts'

/** An open list. */
export type View = {
  /** To be read once. Lists and watches live from the first read to the end of reading. */
  readonly states: AsyncGenerator<ViewState, void>
  /** Another filter, order or window. Other selectors make the server be asked anew. */
  adjust(ask: Ask): void
}

/** Opens a list over the contexts and namespaces of a scope. Nothing is asked before `states` is read. */
export function openView(
  clusters: Clusters,
  input: { readonly scope: Scope; readonly ask: Ask },
  signal: AbortSignal,
): View {
  const rows = makeRows()
  const order = makeOrder(rows)
  const changed = createNotifier()
  const pace = throttled(changed.notify)
  const sources = sourcesOf(input.scope, clusters)
  let ask = input.ask
  let filter = parseFilter(ask.filter)
  let running: AbortController | null = null
  let version = 0

  const run = () => {
    running?.abort()
    const current = new AbortController()
    running = current
    sources.forEach((source, number) => {
      source.state = 'loading'
      source.problem = null
      runSource({
        number,
        context: source.context,
        namespace: source.namespace,
        type: input.scope,
        labels: filter.labels,
        fields: filter.fields,
        cluster: () => clusters.cluster(source.context),
        rows,
        onRows: pace.soon,
        onState: state => {
          if (current.signal.aborted || (source.state === state.state && source.problem === state.problem)) return
          Object.assign(source, state)
          changed.notify()
        },
        signal: current.signal,
      }).catch(reportBug)
    })
  }
  const read = (): ViewState =>
    pace.timed(() => {
      const matching = order.read(filter.words, ask.sort)
      const { start, count } = ask.window
      version += 1
      return {
        version,
        columns: rows.columns(),
        sources: sources.map((source, number) => ({ ...source, rows: rows.countOf(number) })),
        total: rows.count(),
        matched: matching.length,
        window: { start, rows: Array.from(matching.subarray(start, start + count), (row): Row => rows.row(row)) },
        filterProblem: filterProblem(filter, sources),
      }
    })
  async function* states(): AsyncGenerator<ViewState, void> {
    run()
    try {
      yield* latestStates(changed.listen, read, signal)
    } finally {
      running?.abort()
      pace.end()
    }
  }
  return {
    states: states(),
    adjust(next) {
      const before = filter
      ask = next
      filter = parseFilter(next.filter)
      if (running !== null && (filter.labels !== before.labels || filter.fields !== before.fields)) run()
      changed.notify()
    },
  }
}

type SourceState = { -readonly [Key in keyof Omit<Source, 'rows'>]: Source[Key] }

function sourcesOf(scope: Scope, clusters: Clusters): SourceState[] {
  const contexts = scope.contexts.length > 0 ? scope.contexts : clusters.contexts().map(context => context.name)
  const namespaces = scope.namespaces.length > 0 ? scope.namespaces : [null]
  return [...new Set(contexts)].flatMap(context =>
    [...new Set(namespaces)].map(namespace => ({ context, namespace, state: 'loading' as const, problem: null })),
  )
}

// Only the server knows its selectors' rules: what it cannot read (400) while a selector is asked for is the filter's fault.
function filterProblem(filter: Filter, sources: readonly SourceState[]): Problem | null {
  if (filter.labels === '' && filter.fields === '') return null
  return sources.find(source => source.problem?.code === 'decoding-failed')?.problem ?? null
}
