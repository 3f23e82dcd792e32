import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import { Agent, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { readCredentials } from '../../practice/certificates.ts'
import { type Change, changeAtPace, statusOf } from './pace.ts'
import type { SeamAnswer, SeamAsk } from './seam.ts'
import { withKinds } from './seam-kinds.ts'
import { type SeamRows, seamRows } from './seam-rows.ts'

// A server at the HTTP seam, in a process of its own: a practice cluster's API server by HTTP/2, with other pods, or with
// more kinds, than that really has. What is not replayed is passed on.
process.once('message', (ask: SeamAsk) => {
  if (ask.kind !== 'start') throw new Error('it was asked before it was started')
  void serve(ask)
})
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0))

type Start = Extract<SeamAsk, { kind: 'start' }>

async function serve({ folder, upstream, pods, kinds }: Start): Promise<void> {
  const agent = new Agent({ ...readCredentials(folder, 'admin'), keepAlive: true })
  const real = { upstream, agent }
  const rows =
    pods === 0 ? null : seamRows(await textOf(real, '/api/v1/pods?limit=1&includeObject=Metadata', table), pods)
  const watches = new Set<Http2ServerResponse>()
  const server = createSecureServer(
    { ...readCredentials(folder, 'apiserver'), allowHTTP1: true },
    (incoming, outgoing) => {
      const url = new URL(incoming.url, upstream)
      const asked = incoming.method === 'GET' ? url.pathname : ''
      if (rows !== null && asked === '/api/v1/pods') answerPods(rows, url.searchParams, outgoing, watches)
      else if (kinds > 0 && asked === '/apis' && incoming.headers.accept?.includes('apidiscovery')) {
        void textOf(real, '/apis', incoming.headers.accept).then(text => {
          outgoing.writeHead(200, {
            'content-type': 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
          })
          outgoing.end(withKinds(text, kinds))
        })
      } else pass(incoming, outgoing, real)
    },
  )
  server.on('sessionError', () => {})
  server.listen(0, '127.0.0.1', () => {
    // A listening TCP server has an AddressInfo.
    tell({ kind: 'ready', port: (server.address() as AddressInfo).port })
  })
  process.on('message', (ask: SeamAsk) => {
    if (rows === null) return
    if (ask.kind === 'shown') tell({ kind: 'shown', rows: rows.shown() })
    if (ask.kind === 'churn') {
      const write = (changes: readonly Change[]) => {
        const events = changes.map(change => rows.change(change.index, statusOf(change))).join('')
        for (const watch of watches) watch.write(events)
      }
      void changeAtPace({ ...ask, count: pods }, write).then(churned => tell({ kind: 'churned', ...churned }))
    }
  })
}

const table = 'application/json;as=Table;v=v1;g=meta.k8s.io'

function answerPods(
  rows: SeamRows,
  query: URLSearchParams,
  outgoing: Http2ServerResponse,
  watches: Set<Http2ServerResponse>,
): void {
  outgoing.writeHead(200, { 'content-type': 'application/json' })
  if (!query.has('watch')) {
    outgoing.end(rows.list(Number(query.get('continue') ?? 0), Number(query.get('limit') ?? 0)))
    return
  }
  // Lists are made and watches begun while nothing changes: every watch begins at the newest version.
  if (query.get('resourceVersion') !== String(rows.version())) throw new Error('a watch from an older version')
  watches.add(outgoing)
  outgoing.on('close', () => watches.delete(outgoing))
}

type Real = { readonly upstream: string; readonly agent: Agent }

function textOf({ upstream, agent }: Real, path: string, accept: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, upstream), { headers: { accept }, agent }, reply => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
      reply.on('error', reject)
    })
    sent.on('error', reject)
    sent.end()
  })
}

const hopByHop: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade'])

function pass(incoming: Http2ServerRequest, outgoing: Http2ServerResponse, { upstream, agent }: Real): void {
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).filter(([name]) => !name.startsWith(':') && name !== 'host'),
  )
  const sent = request(new URL(incoming.url, upstream), { method: incoming.method, headers, agent }, reply => {
    const kept = Object.entries(reply.headers).filter(([name]) => !hopByHop.has(name))
    outgoing.writeHead(reply.statusCode ?? 502, Object.fromEntries(kept))
    reply.pipe(outgoing)
  })
  sent.on('error', () => outgoing.stream.destroy())
  outgoing.on('close', () => sent.destroy())
  incoming.pipe(sent)
}

function tell(answer: SeamAnswer): void {
  process.send?.(answer)
}
