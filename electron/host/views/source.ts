import type { Source } from '../../../contract/browse.ts'
import type { JsonObject } from '../../../core/json.ts'
import type { ResourceType } from '../../../core/object.ts'
import type { Problem, Result } from '../../../core/problem.ts'
import { type BackOff, backOff, pauseFor } from '../clusters/back-off.ts'
import type { Cluster } from '../clusters/connection.ts'
import { askedForMany, listChunk, selectorQuery } from '../clusters/list.ts'
import { collectionPath } from '../clusters/path-of.ts'
import { shortestWatchMs, watchStream } from '../clusters/watch-stream.ts'
import type { Rows } from './rows.ts'
import { parseTable, readTable, type Table, tableAccept } from './table.ts'

/** Where a source's rows come from and go to. */
type SourceOptions = {
  readonly number: number
  readonly context: string
  readonly namespace: string | null
  readonly type: ResourceType
  readonly labels: string
  readonly fields: string
  /** Asked again after each failure: a reloaded kubeconfig may give another cluster. */
  readonly cluster: () => Result<Cluster>
  readonly rows: Rows
  readonly onState: (state: Pick<Source, 'state' | 'problem'>) => void
  /** How many rows there will be in all, while they are listed. */
  readonly onExpected: (rows: number | null) => void
  /** Rows have changed. */
  readonly onRows: () => void
  readonly signal: AbortSignal
}

/** How far a source has come: the version to watch from, and the names of the columns that its cells are of. */
type Position = { version: string; columns: string }

/** How a list or a watch ended. `relist`: what is held is no longer sure; `resume`: it is, up to the version. */
type Ending =
  | { readonly next: 'relist' }
  | { readonly next: 'resume' }
  | { readonly next: 'failed'; readonly problem: Problem }

// The first chunk fills a screen at once, the others are few.
const firstChunk = 500
const laterChunk = 5_000

const slowRetryMs = 30_000
const pollMs = 15_000

/** Keeps one context's (and namespace's) rows current until the signal ends it: lists, watches, and begins again when it must. */
export async function runSource(options: SourceOptions): Promise<void> {
  const { signal, onState } = options
  const pauses = backOff()
  let listed = false
  while (!signal.aborted) {
    const cluster = options.cluster()
    const ending = cluster.ok
      ? await listAndWatch(options, cluster.value, pauses, () => {
          listed = true
        })
      : ({ next: 'failed', problem: cluster.problem } as const)
    if (signal.aborted) return
    if (ending.next !== 'failed') continue
    // Rows once seen stay in sight while the server is away; a refusal takes them out of sight.
    const away = isAway(ending.problem)
    if (!away) dropRows(options)
    onState({ state: away && listed ? 'reconnecting' : 'failed', problem: ending.problem })
    if (away && !asksForPerson(ending.problem)) await pauses.pause(signal)
    else await pauseFor(slowRetryMs, signal)
  }
}

async function listAndWatch(
  options: SourceOptions,
  cluster: Cluster,
  pauses: BackOff,
  onListed: () => void,
): Promise<Ending> {
  const position = { version: '', columns: '' }
  const ending = await listAll(options, cluster, position)
  if (ending.next !== 'resume') return ending
  onListed()
  pauses.reset()
  options.onState({ state: 'live', problem: null })
  while (!options.signal.aborted) {
    const watched = await watchOnce(options, cluster, position, pauses)
    if (watched.next === 'relist') return watched
    if (watched.next === 'resume') continue
    if (options.signal.aborted) break
    if (!isAway(watched.problem)) return afterRefusedWatch(options, watched.problem)
    options.onState({ state: 'reconnecting', problem: watched.problem })
    await pauses.pause(options.signal)
  }
  return { next: 'resume' }
}

// Where lists are allowed and watches are not, lists must do.
async function afterRefusedWatch({ signal }: SourceOptions, problem: Problem): Promise<Ending> {
  if (problem.code !== 'forbidden' && problem.code !== 'verb-unsupported') return { next: 'failed', problem }
  await pauseFor(pollMs, signal)
  return { next: 'relist' }
}

async function listAll(options: SourceOptions, cluster: Cluster, position: Position): Promise<Ending> {
  const { number, context, namespace, type, labels, fields, rows, signal } = options
  rows.mark(number)
  let listed = 0
  for (let continueToken: string | null = null, limit = firstChunk; ; limit = laterChunk) {
    const call = { namespace, labels, fields, accept: tableAccept, limit, continueToken }
    const answer = await orAborted(signal, listChunk(cluster, type, call, signal))
    if (answer === null || signal.aborted) return { next: 'resume' }
    if (!answer.ok) {
      // The list took longer than the server keeps its version.
      if (answer.problem.code === 'expired' && continueToken !== null) return { next: 'relist' }
      return { next: 'failed', problem: answer.problem }
    }
    const table = parseTable(answer.value.body)
    if (table === null) return { next: 'failed', problem: noTable(answer.value.status) }
    if (table.columns !== null) rows.define(number, table.columns)
    position.columns = namesOf(table) ?? position.columns
    for (const row of table.rows) rows.put(number, context, row)
    listed += table.rows.length
    options.onExpected(table.remaining === null ? null : listed + table.remaining)
    options.onRows()
    position.version = table.resourceVersion ?? position.version
    continueToken = table.continueToken
    if (continueToken === null) break
  }
  rows.sweep(number)
  options.onRows()
  return { next: 'resume' }
}

async function watchOnce(
  options: SourceOptions,
  cluster: Cluster,
  position: Position,
  pauses: BackOff,
): Promise<Ending> {
  const { number, context, namespace, type, rows, signal } = options
  const path = collectionPath(type, namespace)
  const query = [['includeObject', 'Metadata'] as const, ...selectorQuery(options)]
  const headers = { accept: tableAccept }
  const asked = askedForMany('watch', type, namespace)
  const began = Date.now()
  for await (const event of watchStream(cluster, {
    path,
    query,
    headers,
    resourceVersion: position.version,
    asked,
    signal,
  })) {
    if (event.kind === 'opened') {
      options.onState({ state: 'live', problem: null })
      continue
    }
    if (event.kind === 'end') return endingOf(event.problem, Date.now() - began)
    if (signal.aborted) break
    pauses.reset()
    const table = tableOfEvent(event.object)
    position.version = table.resourceVersion ?? position.version
    if (event.kind === 'bookmark') continue
    // A custom resource's columns may change while it is looked at; cells are then of other columns.
    if ((namesOf(table) ?? position.columns) !== position.columns) return { next: 'relist' }
    for (const row of table.rows) {
      if (event.kind === 'deleted') rows.remove(number, context, row)
      else rows.put(number, context, row)
    }
    options.onRows()
  }
  return { next: 'resume' }
}

function endingOf(problem: Problem | null, lived: number): Ending {
  if (problem?.code === 'expired') return { next: 'relist' }
  if (problem !== null) return { next: 'failed', problem }
  if (lived < 1_000) return { next: 'failed', problem: { code: 'unreachable', detail: 'the watch was closed at once' } }
  // Closed in peace before its time: the definition has changed, and with it perhaps the columns.
  return lived < shortestWatchMs ? { next: 'relist' } : { next: 'resume' }
}

function tableOfEvent(object: JsonObject): Table {
  // Where a kind has no Table, events carry the bare object.
  const table = readTable(object) ?? readTable({ items: [object], metadata: object.metadata })
  return table ?? { columns: null, rows: [], resourceVersion: null, continueToken: null, remaining: null }
}

function namesOf({ columns }: Table): string | null {
  return columns === null ? null : columns.map(column => column.name).join('\n')
}

function noTable(status: number): Problem {
  return { code: 'server-error', status, message: 'the answer is neither a Table nor a list' }
}

function dropRows({ rows, number, onRows }: SourceOptions): void {
  rows.mark(number)
  rows.sweep(number)
  onRows()
}

// A plugin that asks a person to log in must not be run every few seconds.
function asksForPerson({ code }: Problem): boolean {
  return code === 'credentials-failed' || code === 'plugin-unconfirmed'
}

function isAway({ code }: Problem): boolean {
  return [
    'unreachable',
    'timed-out',
    'tls-failed',
    'rate-limited',
    'server-error',
    'credentials-failed',
    'unauthorized',
    'credentials-expired',
    'plugin-unconfirmed',
    'context-unknown',
  ].includes(code)
}

async function orAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T | null> {
  try {
    return await promise
  } catch (error) {
    if (signal.aborted) return null
    throw error
  }
}
