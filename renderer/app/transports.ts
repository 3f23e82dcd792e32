import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { Link, Transport } from './client.ts'

/** The host behind a WebSocket at `/rpc` of an origin such as `ws://127.0.0.1:4000`. */
export function socketTransport(origin: string): Transport {
  return async signal => {
    const socket = new WebSocket(`${origin}/rpc`)
    const closed = new Promise<void>(resolve => socket.addEventListener('close', () => resolve(), { once: true }))
    const stop = () => socket.close()
    signal.addEventListener('abort', stop)
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve(), { once: true })
      socket.addEventListener('close', () => reject(new Error('the host refused the connection')), { once: true })
    }).finally(() => signal.removeEventListener('abort', stop))
    const link = new SocketLink<Record<never, never>>({ websocket: socket })
    return { call: link.call.bind(link), closed, close: () => socket.close() }
  }
}

/** The host behind a port that is already there. */
export function portLink(port: MessagePort): Link {
  const gone = Promise.withResolvers<void>()
  port.addEventListener('close', () => gone.resolve())
  const link = new PortLink<Record<never, never>>({ port })
  port.start()
  return {
    call: link.call.bind(link),
    closed: gone.promise,
    close: () => {
      port.close()
      gone.resolve()
    },
  }
}

/** The host behind the port that the window's preload posts as `patchbay-host`, now and after a restart of the host. */
export function windowTransport(target: Window): Transport {
  const ports: MessagePort[] = []
  let arrived: () => void = () => undefined
  target.addEventListener('message', event => {
    const port = event.ports[0]
    if (event.source !== target || event.data !== 'patchbay-host' || port === undefined) return
    ports.push(port)
    arrived()
  })
  return async signal => {
    while (ports.length === 0) {
      signal.throwIfAborted()
      const waiting = Promise.withResolvers<void>()
      const wake = () => waiting.resolve()
      arrived = wake
      signal.addEventListener('abort', wake)
      await waiting.promise
      signal.removeEventListener('abort', wake)
    }
    const newest = ports.splice(0).at(-1)
    if (newest === undefined) throw new Error('no port')
    return portLink(newest)
  }
}

/** The way that this page has to its host: the preload's port in Electron, else a WebSocket to its own origin. */
export function pageTransport(target: Window): Transport {
  const { protocol, host } = target.location
  if (protocol === 'app:') return windowTransport(target)
  return socketTransport(`${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}`)
}
