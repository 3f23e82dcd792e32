import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, connect as dial, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A wire to an API server that can be cut, or go silent in one direction. What passes is sealed by TLS: it cannot be read here. */
export type Wire = {
  readonly kubeconfigPath: string
  /** New connections are refused, old ones cut. */
  readonly cut: () => void
  readonly mend: () => void
  /** From now on nothing of the one side reaches the other: of the server's answers, or of the requests. */
  readonly swallow: (what: 'answers' | 'requests' | 'nothing') => void
  readonly end: () => Promise<void>
}

/** A wire in front of the practice cluster's first server, with a kubeconfig that leads through it. */
export async function layWire(kubeconfigPath: string, context = 'practice'): Promise<Wire> {
  const text = readFileSync(kubeconfigPath, 'utf8')
  const servers = new Map([...text.matchAll(/server: "?(https:\/\/127\.0\.0\.1:(\d+))"?/g)].map(m => [m[1], m[2]]))
  const [[url, port] = ['', '']] = servers
  let swallowed: 'answers' | 'requests' | 'nothing' = 'nothing'
  let isCut = false
  const sockets = new Set<Socket>()
  const server = createServer(client => {
    if (isCut) return client.destroy()
    const upstream = dial(Number(port), '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', data => swallowed !== 'requests' && upstream.write(data))
    upstream.on('data', data => swallowed !== 'answers' && client.write(data))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error(`no port for ${context}`)
  const file = join(mkdtempSync(join(tmpdir(), 'patchbay-wire-')), 'kubeconfig')
  writeFileSync(file, text.replaceAll(url ?? '', `https://127.0.0.1:${address.port}`), { mode: 0o600 })
  const cut = () => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    kubeconfigPath: file,
    cut,
    mend: () => {
      isCut = false
    },
    swallow: what => {
      swallowed = what
    },
    end: () => {
      cut()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}
