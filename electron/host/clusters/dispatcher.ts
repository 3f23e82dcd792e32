import { subscribe } from 'node:diagnostics_channel'
import http2, { type ClientHttp2Stream } from 'node:http2'
import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import type { Credentials } from './credentials.ts'
import type { ContextEntry } from './kubeconfig.ts'
import { proxyFromEnvironment } from './proxy.ts'

// Measured: HTTP/2's default windows make a 20 MB list ten times slower at 50 ms round trip. `connections` stays unset,
// since a capped pool blocks for ever at the server's limit of 100 streams. The server's bookmarks come each 60 s:
// 150 s without a byte mean a dead watch.
const options = {
  keepAliveTimeout: 60_000,
  headersTimeout: 60_000,
  bodyTimeout: 150_000,
  h2Options: { initialWindowSize: 16 << 20, connectionWindowSize: 64 << 20 },
}

// Node makes a new stream of an answer whose request was aborted before it came. undici does not know that stream, so
// that nobody would hear the error with which its connection ends later, and the process would end with it.
subscribe('http2.client.stream.created', message => {
  // The channel's documented message; requests have their own headers here, answers a status.
  const { stream, headers } = message as { stream: ClientHttp2Stream; headers: object }
  if (':status' in headers) stream.on('error', () => {}).destroy()
})

// Node ends a connection, and with it all that share it, after 1,000 frames of answers that nobody waits for any more.
// Walks through an object’s page a few dozen times came to that. undici hands no such option on.
const { connect } = http2
const connectPatiently = (authority: string, given: http2.SecureClientSessionOptions) =>
  connect(authority, Object.assign(given, { maxSessionInvalidFrames: 2 ** 31 - 1 }))
Object.assign(http2, { connect: connectPatiently })

/** The connection pool of one context: through its `proxy-url`, else the environment's proxy, else direct. */
export function makeDispatcher({ cluster }: ContextEntry, { tls }: Credentials): Dispatcher {
  const connect = {
    ...(tls.ca === null ? {} : { ca: tls.ca }),
    ...(tls.cert === null ? {} : { cert: tls.cert }),
    ...(tls.key === null ? {} : { key: tls.key }),
    ...(tls.servername === null ? {} : { servername: tls.servername }),
    rejectUnauthorized: !tls.insecure,
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
    timeout: 15_000,
  }
  const uri = cluster.proxyUrl ?? proxyFromEnvironment(cluster.server, process.env)
  return uri === null ? new Agent({ ...options, connect }) : new ProxyAgent({ ...options, uri, requestTls: connect })
}
