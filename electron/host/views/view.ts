import { setImmediate } from 'node:timers/promises'
import type { Ask, Row, Scope, Source, ViewState } from '../../../contract/browse.ts'
import { narrows } from '../../../core/label-selector.ts'
import type { Problem } from '../../../core/problem.ts'
import { reportBug } from '../bugs.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { createNotifier, latestStates, type Notifier } from '../streams.ts'
import { makeAlarm } from './alarm.ts'
import { type Filter, parseFilter } from './filter.ts'
import { makeOrder } from './order.ts'
import { makeRows, type Rows } from './rows.ts'
import { runSource } from './source.ts'
import { throttled } from './throttle.ts'

/** An open list. */
export type View = {
  /** To be read once. Lists and watches live from the first read to the end of reading. */
  readonly states: AsyncGenerator<ViewState, void>
  /** Another filter, order or window. Selectors that select more than before make the server be asked anew. */
  adjust(ask: Ask): void
  /** Asks the sources that failed, or wait to be asked again, at once. */
  retry(): void
  /** The rows with these keys, or all that pass the filter now, in order and in pieces, with the values of these labels. */
  rows(keys: readonly string[] | null, labelKeys: readonly string[]): AsyncGenerator<readonly Row[]>
  /** The names of the server's columns. */
  columnNames(): readonly string[]
}

const mostLabelKeys = 100
const pieceRows = 1_000

/** Opens a list over the contexts and namespaces of a scope. Nothing is asked before `states` is read. */
export function openView(
  clusters: Clusters,
  input: { readonly scope: Scope; readonly ask: Ask },
  signal: AbortSignal,
): View {
  const rows = makeRows()
  const order = makeOrder(rows)
  const changed = createNotifier()
  const retries = createNotifier()
  const pace = throttled(changed.notify)
  const alarm = makeAlarm(changed.notify)
  let begun = 0
  const begin = (place: Place): FedSource => ({ ...place, ...untold, number: begun++, ended: new AbortController() })
  let sources = placesOf(input.scope, clusters).map(begin)
  let ask = input.ask
  let filter = parseFilter(ask.filter)
  // What the sources select by; the filter may select less of it.
  let served = filter
  let running: AbortController | null = null
  let version = 0

  const run = () => {
    running?.abort()
    served = filter
    running = new AbortController()
    for (const source of sources) feed(source, running.signal)
  }
  const feed = (source: FedSource, run: AbortSignal) => {
    const { number, context, namespace } = source
    const signal = AbortSignal.any([run, source.ended.signal])
    Object.assign(source, untold)
    runSource({
      number,
      context,
      namespace,
      type: input.scope,
      labels: served.labels,
      fields: served.fields,
      cluster: () => clusters.cluster(context),
      usable: until => Promise.race([clusters.usable(context, until), told(retries, until)]),
      rows,
      onRows: pace.soon,
      onExpected: expected => {
        source.expected = expected
      },
      onState: state => {
        if (state.state !== 'loading') source.expected = null
        if (signal.aborted || (source.state === state.state && source.problem === state.problem)) return
        Object.assign(source, state)
        changed.notify()
      },
      signal,
    }).catch(reportBug)
  }
  // A list of all contexts has those that come, and loses those that go, while it is looked at.
  const followContexts = () => {
    const places = placesOf(input.scope, clusters)
    const gone = sources.filter(source => !places.some(place => isAt(source, place)))
    const come = places.filter(place => !sources.some(source => isAt(source, place))).map(begin)
    if (running === null || (gone.length === 0 && come.length === 0)) return
    sources = [...sources.filter(source => !gone.includes(source)), ...come]
    for (const { ended, number } of gone) {
      ended.abort()
      rows.mark(number)
      rows.sweep(number)
    }
    for (const source of come) feed(source, running.signal)
    changed.notify()
  }
  const matching = (now: number): Uint32Array => order.read({ ...filter, labelKeys: ask.labels }, ask.sort, now)
  const read = (): ViewState =>
    pace.timed(() => {
      const now = Date.now()
      const passing = matching(now)
      if (filter.within !== null) alarm.set(nextToLeave(rows, passing, filter.within) - now)
      const { start, count } = ask.window
      version += 1
      return {
        version,
        columns: rows.columns(),
        sources: sources.map(({ number, ended: _, ...source }) => ({ ...source, rows: rows.countOf(number) })),
        total: rows.count(),
        matched: passing.length,
        window: { start, rows: Array.from(passing.subarray(start, start + count), row => rows.row(row, ask.labels)) },
        labelKeys: rows.labels.keys(rows.count(), mostLabelKeys),
        filterProblem: filterProblem(served, sources),
      }
    })
  async function* states(): AsyncGenerator<ViewState, void> {
    run()
    const unfollow = input.scope.contexts.length === 0 ? clusters.onChange(followContexts) : () => {}
    try {
      yield* latestStates(changed.listen, read, signal)
    } finally {
      unfollow()
      running?.abort()
      pace.end()
      alarm.end()
    }
  }
  return {
    states: states(),
    adjust(next) {
      ask = next
      filter = parseFilter(next.filter)
      if (running !== null && !isServed(filter, served)) run()
      changed.notify()
    },
    retry() {
      for (const source of sources) if (source.state === 'failed') Object.assign(source, untold)
      retries.notify()
      changed.notify()
    },
    async *rows(keys, labelKeys) {
      // Rows come and go while pieces are sent: each is looked up again by its key.
      const wanted = keys === null ? null : new Set(keys)
      const asked = Array.from(matching(Date.now()), row => rows.keyOf(row))
      const keysInOrder = wanted === null ? asked : asked.filter(key => wanted.has(key))
      for (let at = 0; at < keysInOrder.length && !signal.aborted; at += pieceRows) {
        const places = keysInOrder.slice(at, at + pieceRows).flatMap(key => rows.find(key) ?? [])
        yield places.map(row => rows.row(row, labelKeys))
        // The contract's streams have no backpressure: other work must have its turn.
        await setImmediate()
      }
    },
    columnNames: () => rows.columns().map(column => column.name),
  }
}

/** When the first of the passing rows will have changed too long ago; infinite when none will. */
function nextToLeave({ changed }: Rows, passing: Uint32Array, within: number): number {
  const times = changed.times()
  return passing.reduce((least, row) => Math.min(least, (times[row] ?? 0) + within), Number.POSITIVE_INFINITY)
}

// Rows that are there are matched at once, and stay while the server is asked for more.
function isServed(filter: Filter, served: Filter): boolean {
  if (filter.fields !== served.fields) return false
  if (filter.labels === served.labels) return true
  return (
    filter.requirements !== null && served.requirements !== null && narrows(filter.requirements, served.requirements)
  )
}

/** Resolves when a notifier notifies, or with the signal. */
function told(notifier: Notifier, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const stop = notifier.listen(resolve)
    signal.addEventListener('abort', () => resolve(stop()), { once: true })
  })
}

const untold = { state: 'loading', problem: null, expected: null } as const

type Place = Pick<Source, 'context' | 'namespace'>

type SourceState = { -readonly [Key in keyof Omit<Source, 'rows'>]: Source[Key] }

type FedSource = SourceState & { readonly number: number; readonly ended: AbortController }

function isAt(source: Place, { context, namespace }: Place): boolean {
  return source.context === context && source.namespace === namespace
}

function placesOf(scope: Scope, clusters: Clusters): Place[] {
  const contexts = scope.contexts.length > 0 ? scope.contexts : clusters.contexts().map(context => context.name)
  const namespaces = scope.namespaces.length > 0 ? scope.namespaces : [null]
  return [...new Set(contexts)].flatMap(context => [...new Set(namespaces)].map(namespace => ({ context, namespace })))
}

// Only the server knows its selectors' rules: what it cannot read (400) while a selector is asked for is the filter's fault.
function filterProblem(filter: Filter, sources: readonly SourceState[]): Problem | null {
  if (filter.labels === '' && filter.fields === '') return null
  return sources.find(source => source.problem?.code === 'decoding-failed')?.problem ?? null
}
