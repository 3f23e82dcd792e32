import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { createServer, type ViteDevServer } from 'vite'
import { sendText } from '../../electron/loopback/notices.ts'
import type { Page } from '../../electron/loopback/page.ts'
import { isAppPath, withNonce } from '../../electron/pages/files.ts'
import { makeNonce } from '../../electron/pages/security.ts'
import { root } from '../bootstrap/root.mjs'
import { say } from '../bootstrap/say.mjs'
import type { Ending } from '../ending.ts'

/** The page by vite's development server, which follows changes of the sources: for work on Patchbay itself. */
export async function startDevelopment(ending: Ending): Promise<Page> {
  // Its channel for changes has a port of its own, guarded by vite's own token.
  const vite = await createServer({
    root: join(root, 'renderer'),
    configFile: join(root, 'vite.config.ts'),
    server: { middlewareMode: true, ws: { host: '127.0.0.1' } },
    appType: 'custom',
  })
  ending.add(() => vite.close())
  say('The page follows changes of its sources.')
  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    if (isAppPath(path)) void sendIndex(vite, request, response)
    else vite.middlewares(request, response, () => sendText(response, 404, 'There is nothing at this address.'))
  }
}

async function sendIndex(vite: ViteDevServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const nonce = makeNonce()
  const template = readFileSync(join(root, 'renderer', 'index.html'), 'utf8')
  const html = withNonce(await vite.transformIndexHtml('/index.html', template, request.url), nonce)
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    // As the built page's, but vite's own inline scripts carry the nonce and its channel is another port.
    'Content-Security-Policy': [
      "default-src 'none'",
      `script-src 'self' 'nonce-${nonce}'`,
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      "worker-src 'self'",
      "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  })
  response.end(html)
}
