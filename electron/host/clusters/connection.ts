import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import type { ConnectionState } from '../../../contract/app.ts'
import { type Asked, fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { problemFrom } from './answer.ts'
import { BodyTooLarge, readBody } from './body.ts'
import { followConnectivity } from './connectivity.ts'
import type { ContextEntry } from './kubeconfig.ts'
import { type Link, makeLink } from './link.ts'
import { networkProblem } from './network-problem.ts'
import { type WriteGate, writeOf } from './write-gate.ts'

/** The cluster of one context: the owner of its connections. Verbs are functions over it, a file each. */
export type Cluster = {
  readonly context: string
  readonly server: string
  /** The context's own namespace, null when the kubeconfig names none. */
  readonly namespace: string | null
  /** Hash of the server's address and CA: the part of the cluster's identity that is known without asking it. */
  readonly address: string
  /** Where documents of the cluster that hold no secret (schemas) may be kept on disk. */
  readonly cacheFolder: string
  /** What is known of the cluster now; asking for nothing by itself. */
  state(): ConnectionState
  /** Rises whenever what is known of this person's rights may be outdated: a request was forbidden, or the person is another. */
  rights(): number
  /** The server's version as soon as it is known. Asks once, and again after a failure. */
  version(): Promise<ConnectionState>
  /** A request whose answer's body is still to be read; by the caller, to its end or to its destruction. */
  open(call: Call): Promise<Result<Reply>>
  /** Takes over a changed kubeconfig entry of the same server. */
  update(entry: ContextEntry): void
  /** Closes all connections; what is under way fails. */
  end(): Promise<void>
}

/** A request. `path` is below the server's address; `body` is sent as it is, of `mediaType`. */
export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: readonly (readonly [string, string])[]
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly mediaType?: string
  readonly asked: Asked
  /** True where the request may have an effect: an answer that is lost is then `outcome-unknown`. */
  readonly writes?: boolean
  /** What the person typed to confirm the write; `confirmedBy` sets it. */
  readonly confirmation?: string | null
  /** Values that must not come back in a problem's words: the Secret's, where the body holds one. */
  readonly secrets?: readonly string[]
  readonly signal: AbortSignal
  /** For the whole of a `request`; 60 when not given. */
  readonly timeoutSeconds?: number
}

/** An answer whose body has not been read. Header names are in lower case. */
export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable
  /** The texts of the answer's Warning headers. */
  readonly warnings: readonly string[]
}

/** A whole answer, of status 200 to 299 or 304. */
export type Answer = Omit<Reply, 'body'> & { readonly body: string }

/**
 * Sends a request and reads its whole answer. Refusals and failures of the way are problems; a server that asks to wait
 * (429, or 503 with Retry-After) is waited for a few times, but not by what writes; a 401 makes credentials be fetched anew once. Throws only the signal's own reason.
 */
export async function request(cluster: Cluster, call: Call): Promise<Result<Answer>> {
  const seconds = call.timeoutSeconds ?? 60
  const timeout = AbortSignal.timeout(seconds * 1000)
  const limited = { ...call, signal: AbortSignal.any([call.signal, timeout]) }
  for (let drops = 0; ; drops++) {
    let status = 0
    try {
      const opened = await cluster.open(limited)
      if (!opened.ok) return opened
      const { body, ...rest } = opened.value
      status = rest.status
      return ok({ ...rest, body: await readBody(body) })
    } catch (error) {
      if (call.signal.aborted) throw call.signal.reason
      if (error instanceof BodyTooLarge && !call.writes)
        return fail({ code: 'server-error', status, message: error.message })
      const reason = timeout.aborted ? timeout.reason : error
      const problem = networkProblem(reason, { seconds, writes: call.writes ?? false })
      // The connection broke under the answer: what has no effect is asked again. All that shares it breaks with it, so
      // the next one may break under others' requests that were on their way.
      const hopeless = timeout.aborted || problem.code !== 'unreachable'
      if (call.writes === true || hopeless || drops === mostDrops) return fail(problem)
      await wait(pauseAfterDrop, undefined, { signal: call.signal })
    }
  }
}

/** The cluster of a context, not yet connected. `onState` hears every change of its state. */
export function makeCluster(options: {
  readonly entry: ContextEntry
  readonly userAgent: string
  readonly cacheFolder: string
  readonly onState: () => void
  readonly gate: WriteGate
}): Cluster {
  const life = new AbortController()
  const link = makeLink(options.entry, options.userAgent)
  const connectivity = followConnectivity({
    onChange: options.onState,
    ask: () => request(cluster, versionCall(life.signal)),
  })
  const address = addressOf(options.entry)
  let rights = 0
  const cluster: Cluster = {
    context: options.entry.context.name,
    server: options.entry.cluster.server,
    namespace: options.entry.context.namespace,
    address,
    cacheFolder: options.cacheFolder,
    state: connectivity.state,
    rights: () => rights,
    version: connectivity.version,
    async open(call) {
      // The one way out to the server: whatever writes, in whichever verb, passes here.
      const write = writeOf(call)
      const barred = write === null ? null : await options.gate(cluster, write)
      if (barred !== null) return fail(barred)
      connectivity.begin()
      try {
        const signal = AbortSignal.any([call.signal, life.signal])
        const result = await openWithPatience(link, { ...call, signal })
        connectivity.note(result.ok ? null : result.problem)
        if (!result.ok && result.problem.code === 'forbidden') rights++
        return result
      } catch (error) {
        if (!life.signal.aborted) throw error
        // What was on its way when the context was closed may have arrived.
        if (call.writes) return fail({ code: 'outcome-unknown', detail: 'the context was closed' })
        return fail({ code: 'context-unknown', context: options.entry.context.name })
      }
    },
    update: entry => link.update(entry),
    async end() {
      life.abort(new Error('the context was closed'))
      await link.end()
    },
  }
  return cluster
}

/** Hash of a server's address and CA, as hexadecimal text. */
export function addressOf({ cluster }: ContextEntry): string {
  const ca = cluster.ca === null ? '' : 'data' in cluster.ca ? cluster.ca.data : cluster.ca.file
  return createHash('sha256').update(cluster.server).update('\0').update(ca).digest('hex').slice(0, 32)
}

function versionCall(signal: AbortSignal): Call {
  const asked = { verb: 'get', group: '', resource: 'version', namespace: null, name: null }
  return { method: 'GET', path: '/version', asked, signal, timeoutSeconds: 15 }
}

/** How often a request without effect is sent again after a broken connection; the next one may be handed the broken one once more. */
const mostDrops = 3
const pauseAfterDrop = 30

/** A pooled connection that the server has closed meanwhile, or one that broke under the request. */
function isDropped(problem: Problem): boolean {
  return problem.code === 'unreachable' && /SOCKET|ECONNRESET|EPIPE/.test(problem.detail)
}

async function openWithPatience(link: Link, call: Call): Promise<Result<Reply>> {
  let refused = false
  let drops = 0
  for (let waits = 0; ; ) {
    const sent = await link.send(call)
    if (!sent.ok) {
      if (call.writes === true || drops === mostDrops || !isDropped(sent.problem)) return sent
      drops++
      await wait(pauseAfterDrop, undefined, { signal: call.signal })
      continue
    }
    const { status, headers, body } = sent.value
    if ((status >= 200 && status < 300) || status === 304) return ok(decoded(sent.value))
    const text = await readRefusal(decoded(sent.value).body)
    body.destroy()
    if (status === 401 && !refused && link.refused()) {
      refused = true
      continue
    }
    // A write waits where the person can see it wait, and stop it.
    if (asksToWait(status, headers) && call.writes !== true && waits < 3) {
      waits += 1
      await wait(secondsToWait(headers) * 1000 * (1 + Math.random() / 4), undefined, { signal: call.signal })
      continue
    }
    return fail(problemFrom(status, headers, text, call.asked, call.secrets, call.mediaType))
  }
}

// Refusals that quote a large object take a few megabytes. Of a longer one nothing is shown: what it quotes could not be told.
const largestRefusal = 16 * 1024 * 1024

async function readRefusal(body: Readable): Promise<string> {
  try {
    return await readBody(body, largestRefusal)
  } catch (error) {
    if (error instanceof BodyTooLarge) return ''
    throw error
  }
}

function asksToWait(status: number, headers: Reply['headers']): boolean {
  return status === 429 || (status === 503 && headers['retry-after'] !== undefined)
}

function secondsToWait(headers: Reply['headers']): number {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 10) : 1
}

function decoded(reply: Reply): Reply {
  if (reply.headers['content-encoding'] !== 'gzip') return reply
  const plain = createGunzip()
  reply.body.on('error', error => plain.destroy(error))
  plain.on('close', () => reply.body.destroy())
  return { ...reply, body: reply.body.pipe(plain) }
}
