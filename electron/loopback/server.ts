import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { reportBug } from '../host/bugs.ts'
import type { Router } from '../host/router.ts'
import { commonHeaders } from '../pages/security.ts'
import { type Control, controlPath, handleControl } from './control.ts'
import { createEntrance } from './entrance.ts'
import { isFromElsewhere, readCookie, refuse } from './guard.ts'
import { splitToken, withToken } from './launch.ts'
import { sendHowToEnter, sendOnward, sendRefusal, sendText } from './notices.ts'
import type { Page } from './page.ts'

/** Where the page speaks the contract. */
export const rpcPath = '/rpc'

/** `port` 0 takes any; `hosts` are names beside 127.0.0.1 and localhost; `onPages` hears how many pages are connected. */
export type ServerOptions = {
  readonly router: Router
  readonly page: Page
  readonly control: Control
  readonly port: number
  readonly hosts: readonly string[]
  readonly onPages: (count: number) => void
}

/** A listening server: the page and the contract, for browsers on this machine that were let in. */
export type LoopbackServer = {
  readonly port: number
  /** `http://127.0.0.1:PORT`, without a slash. */
  readonly origin: string
  /** The address that opens a path of the app, once. */
  readonly issueAddress: (path: string) => string
  readonly server: Server
  readonly end: () => Promise<void>
}

// More than any text the contract takes, with its quoting.
const maxMessage = 64 * 1024 * 1024

/** Serves on 127.0.0.1 alone. Throws what `listen` throws (`EADDRINUSE`) where the port is taken. */
export async function listen(options: ServerOptions): Promise<LoopbackServer> {
  const entrance = createEntrance()
  const server = createServer()
  const port = await bind(server, options.port)
  const cookieName = `patchbay-${port}`
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, ...options.hosts]
  const isIn = (request: IncomingMessage) => entrance.admits(readCookie(request.headers, cookieName))

  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value)
    const refusal = refuse(request.headers, hosts)
    if (refusal !== null) return sendRefusal(response, refusal)
    if (request.url === controlPath) return handleControl(request, response, options.control)
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendText(response, 405, 'Only GET and HEAD.')
    const { token, clean } = splitToken(request.url ?? '/')
    if (token !== null && request.method === 'GET') return enter(request, response, token, clean)
    if (!isIn(request)) return sendHowToEnter(response, clean)
    options.page(request, response)
  })

  // With a spent token, whoever is in already goes on all the same: a reload, or a page brought back by the browser.
  const enter = (request: IncomingMessage, response: ServerResponse, token: string, clean: string) => {
    const cookie = entrance.redeem(token)
    if (cookie !== null) {
      response.setHeader('Set-Cookie', `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict`)
    } else if (!isIn(request)) {
      return sendHowToEnter(response, clean)
    }
    if (isFromElsewhere(request.headers)) return sendOnward(response, clean)
    response.writeHead(302, { Location: clean, 'Cache-Control': 'no-store' }).end()
  }

  const sockets = acceptSockets(options.router, options.onPages)
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== rpcPath) {
      // Others may listen for addresses of their own (the development server does); nobody else leaves it hanging.
      if (server.listenerCount('upgrade') === 1) refuseUpgrade(socket, '404 Not Found')
      return
    }
    if (refuse(request.headers, hosts, true) !== null || !isIn(request)) return refuseUpgrade(socket, '403 Forbidden')
    sockets.accept(request, socket, head)
  })

  const origin = `http://127.0.0.1:${port}`
  return {
    port,
    origin,
    issueAddress: path => origin + withToken(path, entrance.issue()),
    server,
    end: () => {
      sockets.end()
      return close(server)
    },
  }
}

function acceptSockets(router: Router, onPages: (count: number) => void) {
  const handler = new RPCHandler(router, { interceptors: [onError(reportBug)] })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessage, perMessageDeflate: false })
  const welcome = (socket: WebSocket) => {
    onPages(sockets.clients.size)
    socket.on('error', () => socket.terminate())
    socket.on('close', () => onPages(sockets.clients.size))
    return handler.upgrade(socket)
  }
  return {
    accept: (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      sockets.handleUpgrade(request, socket, head, opened => void welcome(opened)),
    end: () => {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject)
      // A server that listens on an IP port has an address of this shape.
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
