import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { build } from 'vite'

const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' }

/** A page with a bare CodeMirror, served on loopback. */
export type BareEditor = {
  readonly origin: string
  readonly end: () => void
}

/** Builds the page as the app's is built, and serves it with a text. */
export async function serveBareEditor(text: string): Promise<BareEditor> {
  const outDir = mkdtempSync(join(tmpdir(), 'patchbay-bare-'))
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'bare'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'es2024', modulePreload: { polyfill: false } },
  })
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '')
    if (path === '/text') return response.end(text)
    if (!/^\/(index\.html|assets\/[\w.-]+)$/.test(path)) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain' })
    response.end(readFileSync(join(outDir, path)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on an address has one with a port.
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    end: () => {
      server.closeAllConnections()
      server.close()
      rmSync(outDir, { recursive: true, force: true })
    },
  }
}
