import type { Readable } from 'node:stream'
import type { ResourceType } from '../../../core/object.ts'
import type { Asked, Result } from '../../../core/problem.ts'
import { type Answer, type Cluster, request } from './connection.ts'
import { inTurn } from './list-limit.ts'
import { collectionPath } from './path-of.ts'

/** Which objects of a kind, and which piece of their list. Empty selectors select all. */
type ListCall = {
  readonly namespace: string | null
  readonly labels: string
  readonly fields: string
  readonly accept: string
  readonly limit: number
  /** From the chunk before, null for the first one. */
  readonly continueToken: string | null
  /** What of the objects a Table's rows have beside their cells: their metadata, where not given. */
  readonly includeObject?: 'None'
  /** Reads what is wanted of the answer's body; all of it, where not given. */
  readonly read?: (body: Readable) => Promise<string>
}

// A slow way may take long for thousands of rows; one that is dead is noticed by its silence.
const timeoutSeconds = 180

/** One chunk of a list, as text. `expired` where the token has grown too old: its list must begin anew. */
export function listChunk(
  cluster: Cluster,
  type: ResourceType,
  call: ListCall,
  signal: AbortSignal,
): Promise<Result<Answer>> {
  const path = collectionPath(type, call.namespace)
  const query: [string, string][] = [
    ['limit', String(call.limit)],
    ['includeObject', call.includeObject ?? 'Metadata'],
    ...selectorQuery(call),
  ]
  if (call.continueToken !== null) query.push(['continue', call.continueToken])
  const headers = { accept: call.accept }
  const asked = askedForMany('list', type, call.namespace)
  return inTurn(cluster, call.continueToken === null, signal, () =>
    request(cluster, { method: 'GET', path, query, headers, asked, signal, timeoutSeconds }, call.read),
  )
}

/** Selectors as query parameters, for lists and watches alike. */
export function selectorQuery(of: { readonly labels: string; readonly fields: string }): [string, string][] {
  const query: [string, string][] = []
  if (of.labels !== '') query.push(['labelSelector', of.labels])
  if (of.fields !== '') query.push(['fieldSelector', of.fields])
  return query
}

/** What a request for a collection asks for. */
export function askedForMany(verb: string, { group, resource }: ResourceType, namespace: string | null): Asked {
  return { verb, group, resource, namespace, name: null }
}
