import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import type { Access } from '../../scripts/practice/access.ts'
import { kubectl } from '../../scripts/practice/kubectl.ts'

/** A request that passed, with its whole body. */
export type Recorded = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly mediaType: string
  readonly body: string
}

/** A plain HTTP server in front of the practice cluster, as its admin, that remembers what passes. */
export type RecordingProxy = {
  /** A kubeconfig whose only context is `practice`, through this proxy. */
  readonly kubeconfigPath: string
  readonly requests: readonly Recorded[]
  /** Lets nothing through any more: connections are cut, new ones refused. */
  readonly cut: () => Promise<void>
  /** Lets requests through again, on the same port. */
  readonly mend: () => Promise<void>
  readonly end: () => Promise<void>
}

type Credentials = { readonly server: string; readonly ca: Buffer; readonly cert: Buffer; readonly key: Buffer }

/** Starts a proxy on a free port of the loopback interface. */
export async function startRecordingProxy(practice: Access): Promise<RecordingProxy> {
  const credentials = await adminCredentials(practice)
  const agent = new Agent({ ...credentials, keepAlive: true })
  const requests: Recorded[] = []
  const server = createServer((incoming, outgoing) => {
    forward(incoming, outgoing, credentials.server, agent, requests)
  })
  const listen = (onPort: number) => new Promise<void>(resolve => server.listen(onPort, '127.0.0.1', resolve))
  const cut = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  await listen(0)
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const kubeconfigPath = join(dirname(practice.kubeconfigPath), `recorded-${port}`)
  writeFileSync(kubeconfigPath, JSON.stringify(kubeconfig(port)), { mode: 0o600 })
  return {
    kubeconfigPath,
    requests,
    cut,
    mend: () => listen(port),
    end: async () => {
      if (server.listening) await cut()
      agent.destroy()
    },
  }
}

function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  server: string,
  agent: Agent,
  requests: Recorded[],
): void {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', server)
  const { host: _, ...headers } = incoming.headers
  const upstream = request(new URL(incoming.url ?? '/', server), { method: incoming.method, headers, agent })
  const chunks: Buffer[] = []
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
  incoming.on('end', () => {
    const mediaType = incoming.headers['content-type'] ?? ''
    const body = Buffer.concat(chunks).toString('utf8')
    requests.push({ method: incoming.method ?? '', path: pathname, query: searchParams, mediaType, body })
  })
  incoming.pipe(upstream)
  upstream.on('response', answer => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
    // A watch ends with its reader; one that the server cut is cut for the reader too.
    answer.on('error', () => outgoing.destroy())
  })
  upstream.on('error', () => outgoing.destroy())
  outgoing.on('close', () => upstream.destroy())
}

async function adminCredentials(practice: Access): Promise<Credentials> {
  const view = await kubectl(practice, ['config', 'view', '--raw', '--minify', '-o', 'json'], { context: 'practice' })
  const config = JSON.parse(view)
  const decode = (data: string) => Buffer.from(data, 'base64')
  const { server, 'certificate-authority-data': ca } = config.clusters[0].cluster
  const { 'client-certificate-data': cert, 'client-key-data': key } = config.users[0].user
  return { server, ca: decode(ca), cert: decode(cert), key: decode(key) }
}

function kubeconfig(port: number) {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'practice', cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: 'practice', user: {} }],
    contexts: [{ name: 'practice', context: { cluster: 'practice', user: 'practice', namespace: 'default' } }],
    'current-context': 'practice',
  }
}
