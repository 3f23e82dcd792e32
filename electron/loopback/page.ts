import type { IncomingMessage, ServerResponse } from 'node:http'
import { isAppPath, type PageFiles } from '../pages/files.ts'
import { contentSecurityPolicy, filePolicy, makeNonce } from '../pages/security.ts'
import { sendText } from './notices.ts'

/** Answers a request of somebody who has come in. The built page is one; the development server another. */
export type Page = (request: IncomingMessage, response: ServerResponse) => void

/** The page as built: its files, and `index.html` at every address of the app. */
export function builtPage(files: PageFiles): Page {
  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    if (isAppPath(path)) return sendIndex(request, response, files)
    const file = files.get(path)
    if (file === undefined) return sendText(response, 404, 'There is nothing at this address.')
    // vite names what is in assets/ by its content.
    const lasting = path.startsWith('/assets/')
    response.writeHead(200, {
      'Content-Type': file.type,
      'Content-Length': file.body.length,
      'Cache-Control': lasting ? 'private, max-age=31536000, immutable' : 'no-cache',
      // A worker takes its policy from its own file's answer, not from the page.
      'Content-Security-Policy': filePolicy(path, socketOf(request)),
    })
    response.end(request.method === 'HEAD' ? undefined : file.body)
  }
}

function sendIndex(request: IncomingMessage, response: ServerResponse, files: PageFiles): void {
  const nonce = makeNonce()
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': contentSecurityPolicy(nonce, socketOf(request)),
  })
  response.end(request.method === 'HEAD' ? undefined : files.index(nonce))
}

// Older browsers do not count a WebSocket of the same origin as 'self'.
function socketOf(request: IncomingMessage): string[] {
  const { host } = request.headers
  return host === undefined ? [] : [`ws://${host}`, `wss://${host}`]
}
