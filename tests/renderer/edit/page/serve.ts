import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import { workerStandIns } from '../../../../scripts/worker-stand-ins.ts'

const types: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The origin of the page of the edit's tests. */
    editPage: string
  }
}

/**
 * vitest's set-up of the page tests: builds the edit's page once, under the app's own content security policy, and serves
 * it on a free port of the loopback address until the run has ended.
 */
export default async function servePage({ provide }: TestProject): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(join(tmpdir(), 'patchbay-edit-page-'))
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'error',
    plugins: [react()],
    html: { cspNonce: 'nonce-place' },
    worker: { format: 'es', plugins: () => [workerStandIns()] },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2024',
      minify: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  })
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname
    const file = join(outDir, path === '/' ? 'index.html' : path)
    const content = await readFile(file).catch(() => null)
    if (content === null) return response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-nonce-place'; connect-src 'self'; worker-src 'self'; img-src 'self'",
    })
    response.end(content)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  provide('editPage', `http://127.0.0.1:${portOf(server)}`)
  return () => end(server, outDir)
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return address.port
}

async function end(server: Server, folder: string): Promise<void> {
  await new Promise(resolve => server.close(resolve))
  await rm(folder, { recursive: true, force: true })
}
