import type { Json, JsonObject } from '../../../core/json.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { askedForMany, selectorQuery } from '../clusters/list.ts'
import { collectionPath } from '../clusters/path-of.ts'
import { shortestWatchMs, watchStream } from '../clusters/watch-stream.ts'
import type { Listing } from './listing.ts'
import type { Rows } from './rows.ts'
import { columnNames, readTable, type Table, tableAccept } from './table.ts'

/** Which objects are followed, and where their rows go. */
export type Feed = Listing & {
  readonly number: number
  readonly context: string
  readonly rows: Rows
  readonly signal: AbortSignal
}

/** How far a source has come: the version to watch from, and the names of the columns that its cells are of. */
export type Position = { version: string; columns: string }

/** How a list or a watch ended. `relist`: what is held is no longer sure; `resume`: it is, up to the version. */
export type Ending =
  | { readonly next: 'relist' }
  | { readonly next: 'resume' }
  | { readonly next: 'failed'; readonly problem: Problem }

type Listeners = { readonly opened: () => void; readonly heard: () => void; readonly changed: () => void }

/** Follows a source from its position on, which moves along, for as long as one watch lives. */
export async function watchRows(cluster: Cluster, feed: Feed, position: Position, on: Listeners): Promise<Ending> {
  const { number, context, namespace, type, rows, signal } = feed
  const began = Date.now()
  for await (const event of watchStream(cluster, {
    path: collectionPath(type, namespace),
    query: [['includeObject', 'Metadata'], ...selectorQuery(feed)],
    headers: { accept: tableAccept },
    resourceVersion: position.version,
    asked: askedForMany('watch', type, namespace),
    signal,
    parse: parseEvent,
  })) {
    if (event.kind === 'opened') {
      on.opened()
      continue
    }
    if (event.kind === 'end') return endingOf(event.problem, Date.now() - began, type.group)
    if (signal.aborted) break
    on.heard()
    const table = tableOfEvent(event.object)
    position.version = table.resourceVersion ?? position.version
    if (event.kind === 'bookmark') continue
    // A custom resource's columns may change while it is looked at; cells are then of other columns.
    if (table.columns !== null && columnNames(table.columns) !== position.columns) return { next: 'relist' }
    for (const row of table.rows) {
      if (event.kind === 'deleted') rows.remove(context, row)
      else rows.put(number, context, row)
    }
    on.changed()
  }
  return { next: 'resume' }
}

function endingOf(problem: Problem | null, lived: number, group: string): Ending {
  if (problem?.code === 'expired') return { next: 'relist' }
  if (problem !== null) return { next: 'failed', problem }
  if (lived < 1_000) return { next: 'failed', problem: { code: 'unreachable', detail: 'the watch was closed at once' } }
  // Closed in peace before its time, by a proxy, or because a definition has changed and with it all cells: custom
  // resources' groups are domains.
  return lived < shortestWatchMs && group.includes('.') ? { next: 'relist' } : { next: 'resume' }
}

// As a list's body, an event is read natively: no digit of it is ever written back, and the keys of managedFields, full
// of escapes, would make it be read the slow way.
function parseEvent(line: string): Result<Json> {
  try {
    return ok(JSON.parse(line))
  } catch (error) {
    if (error instanceof SyntaxError) return fail({ code: 'json-syntax', detail: 'not a watch event', offset: 0 })
    throw error
  }
}

function tableOfEvent(object: JsonObject): Table {
  // Where a kind has no Table, events carry the bare object.
  const table = readTable(object) ?? readTable({ items: [object], metadata: object.metadata })
  return table ?? { columns: null, rows: [], resourceVersion: null, continueToken: null, remaining: null }
}
