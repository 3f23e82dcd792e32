import { isUtf8 } from 'node:buffer'
import type { Dispatcher } from 'undici'
import { fail, ok, type Result } from '../../../core/problem.ts'
import { reportBug } from '../bugs.ts'
import type { Call, Reply } from './connection.ts'
import { type CredentialSource, type Credentials, credentialSource } from './credentials.ts'
import { makeDispatcher } from './dispatcher.ts'
import type { ContextEntry } from './kubeconfig.ts'
import { networkProblem } from './network-problem.ts'

/** The way to one context's server: its credentials and one pool of connections, made anew only when the TLS material changes. */
export type Link = {
  /** One try of a request. Throws the signal's reason when it is aborted. */
  send(call: Call): Promise<Result<Reply>>
  /** To be called after a 401: true when another try may go out with other credentials. */
  refused(): boolean
  update(entry: ContextEntry): void
  end(): Promise<void>
}

/** A link that connects at its first request. */
export function makeLink(first: ContextEntry, userAgent: string): Link {
  const life = new AbortController()
  let entry = first
  let source: CredentialSource = credentialSource(entry, life.signal)
  let pool: { readonly key: string; readonly dispatcher: Dispatcher } | null = null

  const dispatcherFor = (credentials: Credentials): Dispatcher => {
    if (pool?.key === credentials.key) return pool.dispatcher
    retire(pool?.dispatcher)
    pool = { key: credentials.key, dispatcher: makeDispatcher(entry, credentials) }
    return pool.dispatcher
  }
  return {
    async send(call) {
      const credentials = await source.current()
      call.signal.throwIfAborted()
      if (!credentials.ok) return credentials
      try {
        const headers = { ...credentials.value.headers, 'user-agent': userAgent, ...headersOf(entry, call) }
        return ok(replyOf(await dispatcherFor(credentials.value).request(optionsOf(entry, call, headers))))
      } catch (error) {
        if (call.signal.aborted) throw call.signal.reason
        return fail(networkProblem(error, { seconds: 60, writes: call.writes ?? false }))
      }
    },
    refused: () => source.refused(),
    update(next) {
      entry = next
      source = credentialSource(entry, life.signal)
      // Another proxy, compression or server name may be set: the next request opens connections of its own.
      retire(pool?.dispatcher)
      pool = null
    },
    async end() {
      life.abort(new Error('the context was closed'))
      const last = pool?.dispatcher
      pool = null
      await last?.destroy(new Error('the context was closed'))
    },
  }
}

// Requests under way, watches too, keep their old connections to their end.
function retire(dispatcher: Dispatcher | undefined): void {
  dispatcher?.close().catch(reportBug)
}

function headersOf(entry: ContextEntry, call: Call): Record<string, string> {
  return {
    accept: 'application/json',
    ...(entry.cluster.disableCompression ? {} : { 'accept-encoding': 'gzip' }),
    ...(call.mediaType === undefined ? {} : { 'content-type': call.mediaType }),
    ...call.headers,
  }
}

function optionsOf(
  entry: ContextEntry,
  call: Call,
  headers: Record<string, string | string[]>,
): Dispatcher.RequestOptions {
  const { origin, pathname } = new URL(entry.cluster.server)
  const query = new URLSearchParams(call.query?.map(pair => [...pair])).toString()
  return {
    origin,
    path: `${pathname.replace(/\/$/, '')}${call.path}${query === '' ? '' : `?${query}`}`,
    method: call.method,
    headers,
    body: call.body ?? null,
    signal: call.signal,
  }
}

function replyOf({ statusCode, headers, body }: Dispatcher.ResponseData): Reply {
  const single = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')])
  return { status: statusCode, headers: Object.fromEntries(single), body, warnings: warningsOf(headers.warning) }
}

/** The texts of Warning headers (`299 - "text"`, RFC 7234 section 5.5), unescaped. */
function warningsOf(header: string | string[] | undefined): readonly string[] {
  const all = fromUtf8([header ?? []].flat().join(', '))
  return [...all.matchAll(/\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(match => (match[1] ?? '').replace(/\\(.)/g, '$1'))
}

// API servers write UTF-8 into these headers; HTTP libraries read headers as Latin-1.
function fromUtf8(header: string): string {
  const bytes = Buffer.from(header, 'latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : header
}
