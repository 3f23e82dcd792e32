import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import type { Credentials } from './credentials.ts'
import { mendHttp2 } from './http2.ts'
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

mendHttp2()

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
