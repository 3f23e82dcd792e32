import { subscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import http2 from 'node:http2'
import { request } from '../../../../electron/host/clusters/connection.ts'
import { getObject } from '../../../../electron/host/clusters/get.ts'
import { patchObject } from '../../../../electron/host/clusters/patch.ts'
import { openFake } from './fake-server.ts'

// Cuts requests off over HTTP/2, the way it says and so often, and then asks once more. Prints what the server saw. A process
// of its own (`node cut-off.ts KEYS WHAT TIMES`): where that goes wrong Node runs nothing else for ever, no test's limit of time either.
const [keys = '', what = '', times = '0'] = process.argv.slice(2)

const seen = { sessions: 0, cancelled: 0 }
// A server of Node's ends connections on which many are cut off; an API server does not.
const server = http2.createSecureServer({
  ...JSON.parse(readFileSync(keys, 'utf8')),
  streamResetBurst: 1e6,
  streamResetRate: 1e6,
})
server.on('session', () => {
  seen.sessions++
})
server.on('stream', (stream, headers) => {
  stream.on('error', () => {})
  stream.on('close', () => {
    if (stream.rstCode === http2.constants.NGHTTP2_CANCEL) seen.cancelled++
  })
  stream.respond({ ':status': 200, 'content-type': 'application/json' })
  if (String(headers[':method']) === 'GET') stream.write('{"kind":"ConfigMap",')
  // An answer comes in pieces, and a body is taken in only when the answer has begun.
  setTimeout(() => {
    if (!stream.destroyed) stream.resume().end('"metadata":{"name":"a"}}')
  }, 50)
})
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
const address = server.address()
if (address === null || typeof address === 'string') throw new Error('the server has no port')
const fake = await openFake(`https://127.0.0.1:${address.port}`, { cluster: { 'insecure-skip-tls-verify': true } })
const { cluster, signal } = fake

const type = { group: '', version: 'v1', resource: 'configmaps' }
const at = { namespace: 'n', name: 'a' }
const asked = { verb: 'get', group: '', resource: 'configmaps', namespace: 'n', name: 'a' }
const large = JSON.stringify({ data: { text: 'x'.repeat(3_000_000) } })
const dryRun = { mediaType: 'application/merge-patch+json', body: large, dryRun: true, fieldManager: 'me' }
const ways: Record<string, (until: AbortSignal) => Promise<unknown>> = {
  reads: until => request(cluster, { method: 'GET', path: '/api/v1/namespaces/n/configmaps/a', asked, signal: until }),
  bodies: until => patchObject(cluster, type, at, dryRun, until),
}
const way = ways[what]
if (way === undefined) throw new Error(`no way to cut off ${what}`)

const read = () => getObject(cluster, type, at, signal)
await read()
const cuts: AbortController[] = []
subscribe('http2.client.stream.created', message => {
  // The channel's documented message. Each is cut off as soon as it has begun to leave.
  const { headers } = message as { headers: object }
  const cut = ':status' in headers ? undefined : cuts.shift()
  queueMicrotask(() => cut?.abort())
})
for (let left = Number(times); left > 0; left -= 20) {
  const under = Array.from({ length: 20 }, () => {
    const cut = new AbortController()
    cuts.push(cut)
    return way(cut.signal).catch(() => null)
  })
  await Promise.all(under)
}
const answer = await read()
process.stdout.write(JSON.stringify({ ...seen, ok: answer.ok }))
await fake.end()
process.exit()
