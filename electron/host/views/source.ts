import type { Source } from '../../../contract/browse.ts'
import type { Problem, Result } from '../../../core/problem.ts'
import { type BackOff, backOff, pauseFor } from '../clusters/back-off.ts'
import type { Cluster } from '../clusters/connection.ts'
import { asksForPerson, isAway } from './away.ts'
import { listRows } from './listing.ts'
import { makeStanding, type Standing } from './standing.ts'
import { columnNames } from './table.ts'
import { type Ending, type Feed, type Position, watchRows } from './watching.ts'

/** Where a source's rows come from and go to. */
type SourceOptions = Feed & {
  /** Asked again after each failure: a reloaded kubeconfig may give another cluster. */
  readonly cluster: () => Result<Cluster>
  readonly onState: (state: Pick<Source, 'state' | 'problem'>) => void
  /** How many rows there will be in all, while they are listed. */
  readonly onExpected: (rows: number | null) => void
  /** Resolves when it is worth trying again: the context answers again or has been changed, or a person asks for it. */
  readonly usable: (signal: AbortSignal) => Promise<void>
  /** Rows have changed. */
  readonly onRows: () => void
}

const firstRetryMs = 250
const mostRefusals = 3
const slowRetryMs = 30_000
const pollMs = 15_000
// A list that must begin anew sooner than that could do so all the time.
const shortestLifeMs = 10_000
// A server that is being restarted may refuse for a while what it allows.
const refusalPatienceMs = 10_000

/** Keeps one context's (and namespace's) rows current until the signal ends it: lists, watches, and begins again when it must. */
export async function runSource(options: SourceOptions): Promise<void> {
  const { signal } = options
  const standing = makeStanding(options.onState)
  signal.addEventListener('abort', standing.end, { once: true })
  const pauses = backOff(firstRetryMs)
  let listed = false
  let refusedSince: number | null = null
  const onListed = () => {
    listed = true
    refusedSince = null
    pauses.reset()
    standing.live()
  }
  // Another person may see none of these rows: they go at once.
  const onAnother = () => {
    listed = false
    dropRows(options)
  }
  while (!signal.aborted) {
    const began = Date.now()
    const ending = await listAndWatch(options, { standing, pauses, onListed, onAnother })
    if (signal.aborted) return
    if (ending.next !== 'failed') {
      if (Date.now() - began < shortestLifeMs) await pauses.pause(signal)
      continue
    }
    const { problem } = ending
    const away = isAway(problem)
    if (!away) refusedSince ??= Date.now()
    const sure = refusedSince !== null && Date.now() - refusedSince >= refusalPatienceMs
    // Rows once seen stay in sight while the server is away; a refusal that lasts takes them out of sight.
    if (listed && !sure) standing.behind(problem)
    else {
      if (!away) dropRows(options)
      standing.failed(problem)
    }
    const soon = (away || (listed && !sure)) && !asksForPerson(problem)
    await untilUsable(options, soon ? pauses.pause : until => pauseFor(slowRetryMs, until))
  }
}

async function untilUsable(
  { signal, usable }: SourceOptions,
  pause: (until: AbortSignal) => Promise<void>,
): Promise<void> {
  const waiting = new AbortController()
  const until = AbortSignal.any([signal, waiting.signal])
  await Promise.race([pause(until), usable(until)])
  waiting.abort()
}

type Course = {
  readonly standing: Standing
  readonly pauses: BackOff
  readonly onListed: () => void
  readonly onAnother: () => void
}

async function listAndWatch(options: SourceOptions, course: Course): Promise<Ending> {
  const { signal } = options
  const { standing, pauses, onListed, onAnother } = course
  const cluster = options.cluster()
  if (!cluster.ok) return { next: 'failed', problem: cluster.problem }
  const position = { version: '', columns: '' }
  const listing = await listAll(options, cluster.value, position, pauses)
  if (listing.next !== 'resume' || signal.aborted) return listing
  onListed()
  let refusals = 0
  const onHeard = () => {
    refusals = 0
    pauses.reset()
  }
  const person = cluster.value.person()
  while (!signal.aborted) {
    if (cluster.value.person() !== person) {
      onAnother()
      return { next: 'relist' }
    }
    const on = { opened: standing.live, heard: onHeard, changed: options.onRows }
    const watched = await watchRows(cluster.value, options, position, on)
    if (watched.next === 'relist') return watched
    if (watched.next === 'resume') continue
    const { problem } = watched
    if (!isAway(problem)) return afterRefusedWatch(options, problem)
    standing.behind(problem)
    // A server that was set back waits for a version that it will not have for long.
    if (problem.code !== 'unreachable' && ++refusals === mostRefusals) return { next: 'relist' }
    await untilUsable(options, pauses.pause)
    const now = options.cluster()
    if (!now.ok || now.value !== cluster.value) return { next: 'relist' }
  }
  return { next: 'resume' }
}

// Where lists are allowed and watches are not, lists must do.
async function afterRefusedWatch({ signal }: SourceOptions, problem: Problem): Promise<Ending> {
  if (problem.code !== 'forbidden' && problem.code !== 'verb-unsupported') return { next: 'failed', problem }
  await pauseFor(pollMs, signal)
  return { next: 'relist' }
}

async function listAll(options: SourceOptions, cluster: Cluster, position: Position, pauses: BackOff): Promise<Ending> {
  const { number, context, rows, signal } = options
  rows.mark(number)
  for await (const told of listRows(cluster, options, pauses, signal)) {
    if (told.kind === 'rows') {
      if (told.columns !== null) {
        rows.define(number, told.columns)
        position.columns = columnNames(told.columns)
      }
      for (const row of told.rows) rows.put(number, context, row)
      options.onExpected(told.expected)
      options.onRows()
      continue
    }
    if (told.kind === 'bare') {
      for (const row of told.rows) rows.fill(number, context, row)
      options.onRows()
      continue
    }
    if (told.problem?.code === 'expired') return { next: 'relist' }
    if (told.problem !== null) return { next: 'failed', problem: told.problem }
    position.version = told.version
    rows.sweep(number)
    options.onRows()
  }
  return { next: 'resume' }
}

function dropRows({ rows, number, onRows }: SourceOptions): void {
  rows.mark(number)
  rows.sweep(number)
  onRows()
}
