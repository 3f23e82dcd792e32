import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { implement } from '@orpc/server'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { contract } from '../../../contract/contract.ts'
import type { Router } from '../../../electron/host/router.ts'
import type { ControlRequest } from '../../../electron/loopback/control.ts'
import { builtPage } from '../../../electron/loopback/page.ts'
import { type LoopbackServer, listen, type ServerOptions } from '../../../electron/loopback/server.ts'
import { withNonce } from '../../../electron/pages/files.ts'

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A router that answers `ping` and nothing else: the fake at the contract's seam. */
export function pingRouter(): Router {
  const ping = implement(contract).ping.handler(() => ({ version: '1.2.3' }))
  // The tests of the transport call nothing else.
  return { ping } as unknown as Router
}

const template = '<!doctype html><html><head><script nonce="__PATCHBAY_NONCE__"></script></head><body>app</body></html>'

/** A page of two files. */
export const smallPage = builtPage({
  get: path =>
    path === '/assets/main-1a2b.js'
      ? { body: Buffer.from('export {}'), type: 'text/javascript; charset=utf-8' }
      : undefined,
  index: nonce => withNonce(template, nonce),
})

/** The secret of the test servers' control. */
export const controlSecret = 'the-secret-of-the-control-file-in-these-tests'

/** A listening server of the test's own, ended after it. */
export async function serve(options: Partial<ServerOptions> = {}): Promise<LoopbackServer> {
  const server = await listen({
    router: pingRouter(),
    page: smallPage,
    control: { secret: controlSecret, answer: async (_: ControlRequest) => ({ kind: 'shown' }) },
    port: 0,
    hosts: [],
    onPages: () => {},
    ...options,
  })
  onTestFinished(() => server.end())
  return server
}

/** What came back. */
export type Answer = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: string }

/** Asks with exactly these headers (fetch would not send a Host or an Origin of one's own), following nothing. */
export function ask(
  server: LoopbackServer,
  path: string,
  options: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<Answer> {
  const { method = 'GET', headers = {}, body = '' } = options
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: server.port, path, method, headers }, response => {
      text(response).then(
        body => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject,
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** Comes in with a fresh token; answers the cookie header to send from then on. */
export async function comeIn(server: LoopbackServer): Promise<string> {
  const { headers } = await ask(server, pathOf(server.issueAddress('/')))
  return (headers['set-cookie']?.[0] ?? '').split(';', 1)[0] ?? ''
}

/** The path and query of an address. */
export function pathOf(address: string): string {
  const url = new URL(address)
  return url.pathname + url.search
}

/** Opens the socket that pages use; the status that refuses it, or the open socket. */
export function openSocket(
  server: LoopbackServer,
  headers: Record<string, string>,
  path = '/rpc',
): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers })
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0)
      socket.terminate()
    })
    socket.on('error', reject)
  })
}
