import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clusters, openClusters } from '../../../../electron/host/clusters/clusters.ts'
import type { Cluster } from '../../../../electron/host/clusters/connection.ts'
import type { WriteGate } from '../../../../electron/host/clusters/write-gate.ts'
import { openGate } from './open-gate.ts'

/** A request as the fake server saw it. */
export type Seen = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A server at the HTTP seam, for what no real one does on demand. `seen` leaves out `/version`, which it answers itself. */
export type FakeServer = {
  readonly url: string
  readonly seen: readonly Seen[]
  /** How many connections are open. */
  connections(): Promise<number>
  close(): Promise<void>
}

export type Handler = (request: Seen, response: ServerResponse) => void

/** Starts a server on a free loopback port that answers as the handler says, and `/version` with `gitVersion`. */
export async function startFakeServer(handler: Handler, gitVersion = 'v1.37.2'): Promise<FakeServer> {
  const seen: Seen[] = []
  const server = createServer((message, response) => {
    let body = ''
    message.on('data', chunk => {
      body += chunk
    })
    message.on('end', () => {
      const request = { method: message.method ?? '', url: message.url ?? '', headers: message.headers, body }
      if (message.url?.endsWith('/version')) return json(response, 200, { gitVersion })
      seen.push(request)
      handler(request, response)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the fake server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    connections: () => new Promise(resolve => server.getConnections((_, count) => resolve(count))),
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** A Status refusal as the API server words it. */
export function refusal(code: number, reason: string, message: string, details: unknown = {}): unknown {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message, details }
}

/** A folder that is removed by `remove`. */
export function scratchFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'patchbay-test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** What a kubeconfig of one context called `fake` says, `user` and `cluster` being its fields as kubectl reads them. */
export function kubeconfigText(server: string, user: unknown = {}, cluster: Record<string, unknown> = {}): string {
  return JSON.stringify({
    clusters: [{ name: 'fake', cluster: { server, ...cluster } }],
    users: [{ name: 'fake', user }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
    'current-context': 'fake',
  })
}

/** A cluster over a kubeconfig of its own, ended and removed by `end`. */
export async function openFake(
  server: string,
  options: {
    readonly user?: unknown
    readonly cluster?: Record<string, unknown>
    readonly files?: Record<string, string>
    readonly gate?: WriteGate
    readonly isAllowed?: (mark: string) => boolean
  } = {},
): Promise<{
  readonly cluster: Cluster
  readonly clusters: Clusters
  readonly folder: string
  readonly signal: AbortSignal
  end(): Promise<void>
}> {
  const folder = scratchFolder()
  const file = join(folder.path, 'config')
  writeFileSync(file, kubeconfigText(server, options.user, options.cluster))
  for (const [name, text] of Object.entries(options.files ?? {}))
    writeFileSync(join(folder.path, name), text, { mode: 0o700 })
  const life = new AbortController()
  const clusters = await openClusters({
    kubeconfig: [file],
    gate: options.gate ?? openGate,
    isAllowed: options.isAllowed ?? (() => true),
    signal: life.signal,
    version: '1.2.3',
    cacheFolder: join(folder.path, 'cache'),
  })
  const cluster = clusters.cluster('fake')
  if (!cluster.ok) throw new Error(cluster.problem.code)
  return {
    cluster: cluster.value,
    clusters,
    folder: folder.path,
    signal: life.signal,
    async end() {
      await clusters.end()
      life.abort()
      folder.remove()
    },
  }
}
