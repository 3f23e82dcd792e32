import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { ConnectionState } from '../../../contract/app.ts'
import type { Impersonation } from '../../../contract/contexts.ts'
import { type Asked, fail, ok, type Result } from '../../../core/problem.ts'
import type { Work } from '../editing/work.ts'
import { problemFrom } from './answer.ts'
import { BodyTooLarge, readBody } from './body.ts'
import { followConnectivity } from './connectivity.ts'
import type { ContextEntry } from './kubeconfig.ts'
import { type Link, makeLink } from './link.ts'
import { networkProblem } from './network-problem.ts'
import { isDropped, makePatience, type Patience } from './patience.ts'
import type { Plugins } from './plugins.ts'
import type { Starts } from './starts.ts'
import { followUse } from './use.ts'
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
  /** Takes what is asked for out of the cluster's long documents. */
  readonly work: Pick<Work, 'run'>
  /** What is known of the cluster now; asking for nothing by itself. */
  state(): ConnectionState
  /** Rises whenever what is known of this person's rights may be outdated: a request was forbidden, or the person is another. */
  rights(): number
  /** Whom its requests go out as: the kubeconfig's user, and whom that one acts as. */
  person(): string
  /** Whom the person chose to act as, which kubectl does not know by itself; null for nobody. */
  actingAs(): Impersonation | null
  /** The server's version as soon as it is known. Asks once, and again after a failure. */
  version(): Promise<ConnectionState>
  /** A request whose answer's body is still to be read; by the caller, to its end or to its destruction. */
  open(call: Call): Promise<Result<Reply>>
  /** Asks the server again, now, whatever is known of it. */
  again(): Promise<ConnectionState>
  /** The connections may be dead without a sign of it: requests from now on open new ones, those under way keep theirs. */
  renew(): void
  /** Takes over a changed entry of the same server. Where it is another person, what is read is asked for anew as that one. */
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
  /** What is left of the tries of a question of which this call is a part; `request` sets it. */
  readonly patience?: Patience
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
 * Sends a request and reads its whole answer, or what `read` takes of it. Refusals and failures of the way are problems; a server that asks to wait
 * (429, or 503 with Retry-After) is waited for a few times, but not by what writes; a 401 makes credentials be fetched anew once. Throws only the signal's own reason.
 */
export async function request(
  cluster: Cluster,
  call: Call,
  read: (body: Readable) => Promise<string> = readBody,
): Promise<Result<Answer>> {
  const seconds = call.timeoutSeconds ?? 60
  const patience = makePatience({ writes: call.writes, seconds })
  try {
    return await ask(cluster, call, { patience, seconds, read })
  } finally {
    patience.end()
  }
}

type Asking = {
  readonly patience: Patience
  readonly seconds: number
  readonly read: (body: Readable) => Promise<string>
}

async function ask(cluster: Cluster, call: Call, { patience, seconds, read }: Asking): Promise<Result<Answer>> {
  const timeout = patience.signal
  const limited = { ...call, patience, signal: AbortSignal.any([call.signal, timeout]) }
  for (;;) {
    let status = 0
    try {
      const opened = await cluster.open(limited)
      if (!opened.ok) return opened
      const { body, ...rest } = opened.value
      status = rest.status
      return ok({ ...rest, body: await read(body) })
    } catch (error) {
      if (call.signal.aborted) throw call.signal.reason
      if (error instanceof BodyTooLarge && !call.writes)
        return fail({ code: 'server-error', status, message: error.message })
      const reason = timeout.aborted ? timeout.reason : error
      const problem = networkProblem(reason, { seconds, writes: call.writes ?? false })
      const hopeless = timeout.aborted || problem.code !== 'unreachable'
      if (hopeless || !(await patience.dropped(call.signal))) return fail(problem)
    }
  }
}

/** The cluster of a context, not yet connected. `onState` hears every change of its state. */
export function makeCluster(options: {
  readonly entry: ContextEntry
  readonly userAgent: string
  readonly cacheFolder: string
  readonly work: Cluster['work']
  readonly onState: () => void
  readonly gate: WriteGate
  readonly starts: Starts
  readonly plugins: Plugins
}): Cluster {
  const life = new AbortController()
  const connectivity = followConnectivity({
    onChange: options.onState,
    ask: () => request(cluster, versionCall(life.signal)),
  })
  const link = makeLink(options.entry, {
    userAgent: options.userAgent,
    starts: options.starts,
    plugins: options.plugins,
    onTook: connectivity.took,
  })
  const use = followUse(idleMinutes * 60_000, () => {
    link.sleep()
    connectivity.sleep()
  })
  const address = addressOf(options.entry)
  let rights = 0
  let renewed = 0
  let { entry } = options
  let reading = new AbortController()
  const cluster: Cluster = {
    context: options.entry.context.name,
    server: options.entry.cluster.server,
    namespace: options.entry.context.namespace,
    address,
    cacheFolder: options.cacheFolder,
    work: options.work,
    state: connectivity.state,
    rights: () => rights,
    person: () => personOf(entry),
    actingAs: () => entry.actingAs,
    version: connectivity.version,
    async open(call) {
      // The one way out to the server: whatever writes, in whichever verb, passes here.
      const write = writeOf(call)
      const barred = write === null ? null : await options.gate(cluster, write)
      if (barred !== null) return fail(barred)
      connectivity.begin()
      const used = use.begin()
      const readingAs = reading
      try {
        const signals = [call.signal, life.signal, ...(call.writes ? [] : [readingAs.signal])]
        const signal = AbortSignal.any(signals)
        const result = await openWithPatience(link, { ...call, signal })
        connectivity.note(call.path, result.ok ? null : result.problem)
        if (!result.ok && result.problem.code === 'forbidden') rights++
        if (!result.ok || result.value.body.closed) used()
        else result.value.body.once('close', used)
        return result
      } catch (error) {
        used()
        if (readingAs !== reading && !life.signal.aborted && !call.signal.aborted && !call.writes)
          return cluster.open(call)
        if (!life.signal.aborted) throw error
        // What was on its way when the context was closed may have arrived.
        if (call.writes) return fail({ code: 'outcome-unknown', detail: 'the context was closed' })
        return fail({ code: 'context-unknown', context: options.entry.context.name })
      }
    },
    again() {
      link.refused()
      return connectivity.again()
    },
    renew() {
      // All that share a dead connection notice it together, and the first of them has renewed it.
      if (Math.abs(Date.now() - renewed) < shortestRenewalMs) return
      renewed = Date.now()
      link.sleep()
    },
    update(next) {
      const isAnother = personOf(next) !== personOf(entry)
      entry = next
      link.update(entry)
      if (isAnother) {
        rights++
        const before = reading
        reading = new AbortController()
        before.abort(new Error('the context acts as another person now'))
      }
      connectivity.changed(isAnother)
    },
    async end() {
      use.end()
      life.abort(new Error('the context was closed'))
      await link.end()
    },
  }
  return cluster
}

/** The person that an entry's requests go out as, in words: `admin`, `admin as jane (developers)`. */
function personOf({ context, user }: ContextEntry): string {
  const as = user?.impersonate
  if (!as) return context.user
  const more = [...as.groups, ...(as.uid === null ? [] : [as.uid])].join(', ')
  return `${context.user} as ${as.user}${more === '' ? '' : ` (${more})`}`
}

/** The same cluster for as long as its requests go out as that person; `person-changed` from then on. */
export function onlyAs(cluster: Cluster, person: string): Cluster {
  const { context } = cluster
  return {
    ...cluster,
    async open(call) {
      const now = cluster.person()
      return now === person ? cluster.open(call) : fail({ code: 'person-changed', context, before: person, now })
    },
  }
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

const shortestRenewalMs = 10_000

/** A cluster that nobody has used for so long closes its connections. */
const idleMinutes = 5

async function openWithPatience(link: Link, call: Call): Promise<Result<Reply>> {
  const patience = call.patience ?? makePatience(call)
  for (;;) {
    const sent = await link.send(call)
    if (!sent.ok) {
      if (isDropped(sent.problem) && (await patience.dropped(call.signal))) continue
      return sent
    }
    const { status, headers, body } = sent.value
    if ((status >= 200 && status < 300) || status === 304) return ok(decoded(sent.value))
    const text = await readRefusal(decoded(sent.value).body)
    body.destroy()
    if (status === 401 && patience.refused() && link.refused()) continue
    if (await patience.busy(sent.value, call.signal)) continue
    const problem = problemFrom(status, headers, text, call.asked, call.secrets, call.mediaType)
    return fail(problem.code === 'unauthorized' ? (link.expired() ?? problem) : problem)
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

function decoded(reply: Reply): Reply {
  if (reply.headers['content-encoding'] !== 'gzip') return reply
  const plain = createGunzip()
  reply.body.on('error', error => plain.destroy(error))
  plain.on('close', () => reply.body.destroy())
  return { ...reply, body: reply.body.pipe(plain) }
}
