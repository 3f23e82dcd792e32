import type { Column } from '../../../contract/browse.ts'
import type { ResourceType } from '../../../core/object.ts'
import type { Problem } from '../../../core/problem.ts'
import type { BackOff } from '../clusters/back-off.ts'
import type { Cluster } from '../clusters/connection.ts'
import { listChunk } from '../clusters/list.ts'
import { isAway } from './away.ts'
import { readShallow } from './shallow.ts'
import { type ListedRow, parseTable, type Table, tableAccept } from './table.ts'

/** Which objects are listed. Empty selectors select all. */
export type Listing = {
  readonly type: ResourceType
  readonly namespace: string | null
  readonly labels: string
  readonly fields: string
}

/**
 * What a list told, in order: `rows`, with their columns, and how many there will be in all; `bare` ones between, which
 * have names and cells only, and come again whole; then `end` with the version that a watch goes on from, or with the
 * problem that ended it (`expired` where it took longer than the server keeps its version: it must begin anew).
 */
type Told =
  | { readonly kind: 'bare'; readonly rows: readonly ListedRow[] }
  | {
      readonly kind: 'rows'
      readonly columns: readonly Column[] | null
      readonly rows: readonly ListedRow[]
      readonly expected: number | null
    }
  | { readonly kind: 'end'; readonly version: string; readonly problem: null }
  | { readonly kind: 'end'; readonly problem: Problem }

// The first chunk fills a screen, which is there a fifth sooner than with 500 rows; the others are few. One that fails on
// its way is asked for in smaller ones.
const firstChunk = 100
const laterChunk = 5_000
const retriedChunk = 500
const mostRetries = 5
// With metadata the rest takes five times as long as without; only of many rows anybody notices.
const fewestBare = 1_000

/** Lists objects as a Table, chunk by chunk. Nothing more once the signal is aborted. */
export async function* listRows(
  cluster: Cluster,
  listing: Listing,
  pauses: BackOff,
  signal: AbortSignal,
): AsyncGenerator<Told> {
  const { type, ...which } = listing
  let continueToken: string | null = null
  let limit = firstChunk
  let listed = 0
  for (let failures = 0; ; ) {
    const call = { ...which, accept: tableAccept, limit, continueToken, read: readShallow }
    const answer = await orAborted(signal, listChunk(cluster, type, call, signal))
    if (answer === null || signal.aborted) return
    if (!answer.ok) {
      // The server keeps the place: what has come so far need not come again.
      if (continueToken === null || !isAway(answer.problem) || ++failures > mostRetries)
        return yield { kind: 'end', problem: answer.problem }
      limit = retriedChunk
      await pauses.pause(signal)
      continue
    }
    const table = parseTable(answer.value.body)
    if (table === null) return yield { kind: 'end', problem: noTable(answer.value.status) }
    listed += table.rows.length
    const expected = table.remaining === null ? null : listed + table.remaining
    yield { kind: 'rows', columns: table.columns, rows: table.rows, expected }
    continueToken = table.continueToken
    if (continueToken === null) return yield { kind: 'end', version: table.resourceVersion ?? '', problem: null }
    const isFirst = listed === table.rows.length
    if (isFirst && (table.remaining ?? 0) >= fewestBare)
      yield* bareRows(cluster, { ...listing, continueToken, limit: laterChunk }, table, signal)
    if (failures === 0) limit = laterChunk
  }
}

// The rest of a list of one namespace (or none), as of the same version, without the objects' metadata. What does not
// come is no matter, as it comes again.
async function* bareRows(
  cluster: Cluster,
  listing: Listing & { readonly continueToken: string | null; readonly limit: number },
  { columns, rows }: Table,
  signal: AbortSignal,
): AsyncGenerator<Told> {
  const { namespace } = listing
  const named = (columns ?? []).findIndex(column => column.format === 'name')
  if (named < 0 || rows.some(row => row.namespace !== namespace || row.cells[named] !== row.name)) return
  for (let { continueToken } = listing; continueToken !== null; ) {
    const call = { ...listing, accept: tableAccept, continueToken, includeObject: 'None' } as const
    const answer = await orAborted(signal, listChunk(cluster, listing.type, call, signal))
    const table = answer?.ok ? parseTable(answer.value.body) : null
    if (table === null || signal.aborted) return
    yield { kind: 'bare', rows: table.rows.map(row => ({ ...row, namespace, name: String(row.cells[named]) })) }
    continueToken = table.continueToken
  }
}

function noTable(status: number): Problem {
  return { code: 'server-error', status, message: 'the answer is neither a Table nor a list' }
}

async function orAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T | null> {
  try {
    return await promise
  } catch (error) {
    if (signal.aborted) return null
    throw error
  }
}
