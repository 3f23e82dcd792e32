import { isUtf8 } from 'node:buffer'
import type { Dispatcher } from 'undici'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { reportBug } from '../bugs.ts'
import type { Call, Reply } from './connection.ts'
import { type CredentialSource, type Credentials, credentialSource } from './credentials.ts'
import { makeDispatcher } from './dispatcher.ts'
import { expiryOf } from './expiry.ts'
import type { ContextEntry } from './kubeconfig.ts'
import { networkProblem } from './network-problem.ts'
import type { Plugins } from './plugins.ts'
import type { Starts } from './starts.ts'

/** The way to one context's server: its credentials and one pool of connections, made anew only when the TLS material changes. */
export type Link = {
  /** One try of a request. Throws the signal's reason when it is aborted. */
  send(call: Call): Promise<Result<Reply>>
  /** To be called after a 401: true when another try may go out with other credentials. */
  refused(): boolean
  /** Why the server does not take the credentials that were sent last, where they say it themselves. */
  expired(): Problem | null
  /** Closes the connections until the next request. */
  sleep(): void
  update(entry: ContextEntry): void
  end(): Promise<void>
}

type LinkOptions = {
  readonly userAgent: string
  readonly starts: Starts
  readonly plugins: Plugins
  /** An answer's head came after so many milliseconds. */
  readonly onTook: (milliseconds: number) => void
}

/** A link that connects at its first request, when it is its turn. */
export function makeLink(first: ContextEntry, { userAgent, starts, plugins, onTook }: LinkOptions): Link {
  const life = new AbortController()
  let entry = first
  let source: CredentialSource = credentialSource(entry, plugins, life.signal)
  let last: Credentials | null = null
  let started: Promise<() => void> | null = null
  let pool: { readonly key: string; readonly dispatcher: Dispatcher } | null = null

  const dispatcherFor = (credentials: Credentials): Dispatcher => {
    if (pool?.key === credentials.key) return pool.dispatcher
    retire(pool?.dispatcher)
    pool = { key: credentials.key, dispatcher: makeDispatcher(entry, credentials) }
    return pool.dispatcher
  }
  const sleep = () => {
    retire(pool?.dispatcher)
    pool = null
    started = null
  }
  const sendNow = async (call: Call): Promise<Result<Reply>> => {
    // A person may have to log in first: that is not the server's time.
    const credentials = await (call.patience?.aside(source.current) ?? source.current())
    call.signal.throwIfAborted()
    if (!credentials.ok) return credentials
    last = credentials.value
    const began = performance.now()
    try {
      const headers = { ...credentials.value.headers, 'user-agent': userAgent, ...headersOf(entry, call) }
      const answer = await dispatcherFor(credentials.value).request(optionsOf(entry, call, headers))
      onTook(performance.now() - began)
      return ok(replyOf(answer))
    } catch (error) {
      if (call.signal.aborted) throw call.signal.reason
      const problem = networkProblem(error, { seconds: 60, writes: call.writes ?? false })
      // A server or proxy that asks for a certificate ends the handshake where that is out of date.
      return fail((problem.code === 'tls-failed' ? expiryOf(credentials.value) : null) ?? problem)
    }
  }
  return {
    async send(call) {
      started ??= starts.begin()
      const begun = await started
      call.signal.throwIfAborted()
      try {
        return await sendNow(call)
      } finally {
        begun()
      }
    },
    expired: () => (last === null ? null : expiryOf(last)),
    sleep,
    refused: () => source.refused(),
    update(next) {
      entry = next
      source = credentialSource(entry, plugins, life.signal)
      // Another proxy, compression or server name may be set: the next request opens connections of its own.
      sleep()
    },
    async end() {
      life.abort(new Error('the context was closed'))
      const ended = pool?.dispatcher
      pool = null
      await ended?.destroy(new Error('the context was closed'))
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
