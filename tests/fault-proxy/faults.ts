/** A request, as faults are chosen by. */
export type Ask = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
}

/** Which requests a fault is for; what is left out matches all. */
export type Match = {
  readonly method?: 'GET' | 'PATCH' | 'POST' | 'PUT' | 'DELETE'
  /** The path's end. */
  readonly path?: string
  readonly dryRun?: boolean
  readonly watch?: boolean
  /** A later chunk of a list. */
  readonly continues?: boolean
}

/**
 * What is done to a request. `before`: the server never sees it. `after`: the server has acted, and its answer is lost
 * or replaced, as by a proxy on the way. `truncate` ends the connection in the middle of the answer's body.
 */
export type Fault =
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
  | { readonly kind: 'truncate' }
  /** The server acts, and its answer never comes, nor an end of the waiting for it; `lost` hears when. */
  | { readonly kind: 'lose'; readonly lost: () => void }
  /** The server is gone for that long: a cut, and no connection until it is back. */
  | { readonly kind: 'restart'; readonly when: 'before' | 'after'; readonly milliseconds: number }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Something else happens first: another writer's write, for one. */
  | { readonly kind: 'first'; readonly act: () => Promise<void> }
  | {
      readonly kind: 'answer'
      readonly when: 'before' | 'after'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    }

/** The request's own words. */
export function askOf({ method, url }: { readonly method: string; readonly url: string }): Ask {
  const { pathname, searchParams } = new URL(url, 'https://server')
  return { method, path: pathname, query: searchParams }
}

/** Whether a request is one of those that a fault is for. */
export function matches(match: Match, { method, path, query }: Ask): boolean {
  if (match.method !== undefined && match.method !== method) return false
  if (match.path !== undefined && !path.endsWith(match.path)) return false
  if (match.dryRun !== undefined && match.dryRun !== query.has('dryRun')) return false
  if (match.continues !== undefined && match.continues !== query.has('continue')) return false
  return match.watch === undefined || match.watch === query.has('watch')
}

/** An answer in the API server's own words. */
export function statusBody(code: number, reason: string, message: string, details: unknown = {}): string {
  return JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    details,
    code,
  })
}
