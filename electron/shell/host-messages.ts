import { onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { MessagePortMain, ParentPort } from 'electron'
import { reportBug } from '../host/bugs.ts'
import { createHost, type Host } from '../host/host.ts'
import { describeProblem } from '../pages/sentences.ts'
import { type FromHost, type ToHost, toHostSchema } from './messages.ts'

type Resolve = Extract<ToHost, { readonly kind: 'resolve' }>

/** The host's side of the main process's messages: starts the host, gives pages the contract, resolves targets, ends. */
export function serveMessages(
  parent: Pick<ParentPort, 'on' | 'postMessage'>,
  exit: (code: number) => void,
  create: typeof createHost = createHost,
): void {
  const starting = Promise.withResolvers<Host>()
  // A host that does not start is a bug that should be seen, and ends this process.
  starting.promise.catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    exit(1)
  })
  parent.on('message', ({ data, ports }) => {
    const message = toHostSchema.parse(data)
    switch (message.kind) {
      case 'start':
        return starting.resolve(create(message.options))
      case 'page':
        return void starting.promise.then(host => connect(host, ports[0]))
      case 'resolve':
        return void starting.promise.then(async host => parent.postMessage(await resolve(host, message)))
      case 'end':
        return void starting.promise.then(host => host.end()).then(() => exit(0))
    }
  })
}

function connect(host: Host, port: MessagePortMain | undefined): void {
  if (port === undefined) return
  new RPCHandler(host.router, { interceptors: [onError(reportBug)] }).upgrade(port)
  port.start()
}

async function resolve(host: Host, { serial, target, show }: Resolve): Promise<FromHost> {
  const resolved = await host.resolveTarget(target)
  if (!resolved.ok) return { kind: 'resolved', serial, address: null, reason: describeProblem(resolved.problem) }
  if (show) host.openTarget(resolved.value)
  return { kind: 'resolved', serial, address: resolved.value, reason: '' }
}
