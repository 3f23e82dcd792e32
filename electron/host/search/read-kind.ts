import type { ResourceKind } from '../../../contract/browse.ts'
import { ok, type Result } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { listChunk } from '../clusters/list.ts'
import { readShallow } from '../views/shallow.ts'
import { type ListedRow, parseTable, tableAccept } from '../views/table.ts'
import { podsWithImages } from './pod-images.ts'
import type { Query } from './query.ts'

/** An object that may be what is searched for. `images` only where images are searched. */
export type Candidate = Pick<ListedRow, 'uid' | 'namespace' | 'name' | 'created' | 'deleting' | 'cells'> & {
  readonly images: readonly string[]
}

/** Some of a kind's objects, and how to go on. */
export type Piece = { readonly candidates: readonly Candidate[]; readonly continueToken: string | null }

/** Where a kind is searched, and from where on. */
export type At = { readonly namespace: string | null; readonly continueToken: string | null }

// Small enough that reading one never holds up the host for long.
const chunk = 500

/** The next piece of a kind's objects, as the server's Table tells them. */
export async function readKind(
  cluster: Cluster,
  kind: ResourceKind,
  query: Query,
  { namespace, continueToken }: At,
  signal: AbortSignal,
): Promise<Result<Piece>> {
  const byImage = query.by === 'image'
  // A pod's images are in no column of its Table.
  const whole = byImage && kind.group === '' && kind.resource === 'pods'
  const which = { namespace, continueToken, labels: query.labels, fields: '' }
  const call = whole
    ? { ...which, accept: 'application/json', limit: chunk / 2 }
    : { ...which, accept: tableAccept, limit: chunk, read: readShallow }
  const answer = await listChunk(cluster, kind, call, signal)
  if (!answer.ok) return answer
  if (whole) return ok(podsWithImages(answer.value.body))
  const table = parseTable(answer.value.body)
  if (table === null) {
    const { status } = answer.value
    return { ok: false, problem: { code: 'server-error', status, message: 'the answer is neither a Table nor a list' } }
  }
  const places = byImage ? imagePlaces(table.columns ?? []) : []
  const candidates = table.rows.map(({ uid, namespace, name, created, deleting, cells }) => ({
    ...{ uid, namespace, name, created, deleting },
    cells: query.by === 'ip' ? cells : [],
    images: places.map(place => String(cells[place] ?? '')),
  }))
  return ok({ candidates, continueToken: table.continueToken })
}

function imagePlaces(columns: readonly { readonly name: string }[]): readonly number[] {
  return columns.flatMap(({ name }, place) => (/^images?$/i.test(name) ? [place] : []))
}
