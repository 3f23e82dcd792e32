import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import { Agent, request } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { dirname, join } from 'node:path'
import type { Access } from '../../scripts/practice/access.ts'
import { readCredentials } from '../../scripts/practice/certificates.ts'
import { type Ask, askOf, type Fault, type Match, matches } from './faults.ts'

/** A request that came in, with its whole body. `status` is the server's own answer's, null where it never got the request. */
export type Recorded = Ask & { readonly mediaType: string; readonly body: string; readonly status: number | null }

/** A server in front of the practice cluster's, in its name and by HTTP/2 or 1.1 as it is asked, that does harm on demand. */
export type FaultProxy = {
  /** A kubeconfig whose only context is `practice`: its admin, through this proxy. */
  readonly kubeconfigPath: string
  /** What came in, watches too, in order. */
  readonly requests: readonly Recorded[]
  /** Does this to the requests that match from now on, `times` of them (all, if not given). Faults asked for first go first. */
  readonly inject: (match: Match, fault: Fault, times?: number) => void
  /** Does nothing until the returned function is called. */
  readonly hold: () => () => void
  /** Forgets all faults. */
  readonly heal: () => void
  /** As a way that was lost without a word: nothing passes on the connections there are, and nobody is told. New ones work. */
  readonly freeze: () => void
  /** As a server that is gone: connections are cut, new ones refused. */
  readonly cut: () => Promise<void>
  /** As that server come back, at its old address. */
  readonly mend: () => Promise<void>
  readonly end: () => Promise<void>
}

type Injected = { readonly match: Match; readonly fault: Fault; left: number }
type Passing = { readonly incoming: Http2ServerRequest; readonly outgoing: Http2ServerResponse; readonly ask: Ask }

/** Starts a proxy on a free port of the loopback interface. `user` is what the kubeconfig says of the person. */
export async function startFaultProxy(practice: Access, { user = {} }: { readonly user?: unknown } = {}) {
  const folder = join(dirname(practice.kubeconfigPath), 'practice')
  const [admin, own] = [readCredentials(folder, 'admin'), readCredentials(folder, 'apiserver')]
  const upstream = practice.servers.find(({ context }) => context === 'practice')?.url ?? ''
  const agent = new Agent({ ...admin, keepAlive: true })
  const requests: Recorded[] = []
  let faults: readonly Injected[] = []
  const sockets = new Set<Socket>()
  const open = new Set<Http2ServerResponse>()
  const frozen = new WeakSet<object>()

  const take = (ask: Ask): Fault | null => {
    const found = faults.find(({ match, left }) => left > 0 && matches(match, ask))
    if (found === undefined) return null
    found.left--
    return found.fault
  }
  const pass = async (passing: Passing, body: Buffer) => {
    const { incoming, outgoing, ask } = passing
    if (frozen.has(sessionOf(outgoing) ?? outgoing)) return
    open.add(passing.outgoing)
    outgoing.on('close', () => open.delete(outgoing))
    const mediaType = incoming.headers['content-type'] ?? ''
    const recorded = { ...ask, mediaType, body: body.toString('utf8'), status: null as number | null }
    requests.push(recorded)
    const fault = take(ask)
    if (fault?.kind === 'delay') await pausing(fault.milliseconds)
    if (fault?.kind === 'first') await fault.act()
    if (fault?.kind === 'cut' && fault.when === 'before') return cutOff(outgoing)
    if (fault?.kind === 'answer' && fault.when === 'before') return answer(outgoing, fault)
    if (fault?.kind === 'restart' && fault.when === 'before') return restart(fault.milliseconds)
    const onStatus = (status: number) => {
      recorded.status = status
    }
    forward(passing, body, { upstream, agent, fault, onStatus, restart })
  }
  const restart = (milliseconds: number) => {
    void cut().then(async () => {
      await pausing(milliseconds)
      await proxy.mend()
    })
  }
  const server = createSecureServer({ ...own, allowHTTP1: true }, (incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => void pass({ incoming, outgoing, ask: askOf(incoming) }, Buffer.concat(chunks)))
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  // A client that ends in the middle of its handshake is no matter here.
  server.on('tlsClientError', () => {})
  server.on('sessionError', () => {})
  const listen = (port: number) => new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const cut = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  await listen(0)
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const kubeconfigPath = join(dirname(practice.kubeconfigPath), `proxied-${randomBytes(4).toString('hex')}`)
  writeFileSync(kubeconfigPath, kubeconfig(port, own.ca, user), { mode: 0o600 })
  const proxy: FaultProxy = {
    kubeconfigPath,
    requests,
    inject(match, fault, times = Number.POSITIVE_INFINITY) {
      faults = [...faults, { match, fault, left: times }]
    },
    hold() {
      const held = faults
      faults = []
      return () => {
        faults = [...held, ...faults]
      }
    },
    heal() {
      faults = []
    },
    freeze() {
      for (const outgoing of open) {
        frozen.add(sessionOf(outgoing) ?? outgoing)
        // What comes for it from the server goes nowhere.
        outgoing.write = () => true
        outgoing.end = () => outgoing
      }
    },
    cut,
    async mend() {
      if (!server.listening) await listen(port)
    },
    async end() {
      if (server.listening) await cut()
      agent.destroy()
      rmSync(kubeconfigPath, { force: true })
    },
  }
  return proxy
}

type Way = {
  readonly upstream: string
  readonly agent: Agent
  readonly fault: Fault | null
  readonly onStatus: (status: number) => void
  readonly restart: (milliseconds: number) => void
}

function forward({ incoming, outgoing, ask }: Passing, body: Buffer, way: Way): void {
  const { upstream, agent, fault } = way
  const headers = Object.entries(incoming.headers).filter(([name]) => !name.startsWith(':') && name !== 'host')
  const url = new URL(incoming.url, upstream)
  const sent = request(url, { method: ask.method, headers: Object.fromEntries(headers), agent })
  sent.on('response', reply => {
    way.onStatus(reply.statusCode ?? 0)
    if (fault?.kind === 'lose') {
      reply.resume().on('end', fault.lost)
      return
    }
    if (fault?.kind === 'cut' || fault?.kind === 'answer' || fault?.kind === 'restart') {
      const harm = () => {
        if (fault.kind === 'cut') cutOff(outgoing)
        else if (fault.kind === 'answer') answer(outgoing, fault)
        else way.restart(fault.milliseconds)
      }
      // The server has acted: nobody gets its answer. A watch's would never end.
      if (ask.query.has('watch')) harm()
      else reply.resume().on('end', harm)
      return
    }
    const kept = Object.entries(reply.headers).filter(([name]) => !hopByHop.has(name))
    outgoing.writeHead(reply.statusCode ?? 502, Object.fromEntries(kept))
    if (fault?.kind === 'truncate') {
      reply.once('data', (chunk: Buffer) => {
        outgoing.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => cutOff(outgoing))
        reply.resume()
      })
      return
    }
    reply.pipe(outgoing)
    // A watch ends with its reader; one that the server cut is cut for the reader too.
    reply.on('error', () => cutOff(outgoing))
  })
  sent.on('error', () => cutOff(outgoing))
  outgoing.on('close', () => {
    if (!isHarm(fault)) sent.destroy()
  })
  sent.end(body)
}

/** A client that goes away takes its request along, unless the server shall act whatever the client hears of it. */
function isHarm(fault: Fault | null): boolean {
  return fault !== null && fault.kind !== 'delay' && fault.kind !== 'first'
}

const hopByHop: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade'])

function answer(outgoing: Http2ServerResponse, { status, headers, body }: Extract<Fault, { kind: 'answer' }>): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers })
  outgoing.end(body ?? '')
}

/** Cuts the whole connection, as a dying server or a broken way does. */
function cutOff(outgoing: Http2ServerResponse): void {
  sessionOf(outgoing)?.destroy()
}

/** HTTP/1.1 responses, which come here too, have the bare socket; those of HTTP/2 a session. Ended ones have neither. */
function sessionOf(outgoing: Http2ServerResponse): { destroy(): void } | undefined {
  return outgoing.stream?.session ?? outgoing.socket ?? undefined
}

function pausing(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds))
}

function kubeconfig(port: number, ca: string, user: unknown): string {
  const cluster = {
    server: `https://127.0.0.1:${port}`,
    'certificate-authority-data': Buffer.from(ca).toString('base64'),
  }
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'practice', cluster }],
    users: [{ name: 'practice', user }],
    contexts: [{ name: 'practice', context: { cluster: 'practice', user: 'practice', namespace: 'default' } }],
    'current-context': 'practice',
  })
}
