import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket } from 'ws'
import type { Contract } from '../../contract/contract.ts'

export type Client = ContractRouterClient<Contract>

/** A host in a process of its own, and a page's way to it. `kill` is SIGKILL: the host has no time for anything. */
export type HostAlone = { readonly client: Client; readonly kill: () => Promise<void> }

/** A process that has loaded the host already: `start` takes a tenth of the time then. */
export type ReadyHost = {
  readonly start: (where: { readonly profile: string; readonly kubeconfig: string }) => Promise<HostAlone>
  readonly kill: () => Promise<void>
}

/** Loads a host in a new process. */
export function loadHost(): ReadyHost {
  const child = fork(new URL('./kill-host.ts', import.meta.url), {
    execArgv: ['--import', new URL('../bootstrap/compiled.mjs', import.meta.url).href],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return {
    kill,
    async start(where) {
      child.send(where)
      const { client, socket } = await connect(await addressFrom(child))
      return {
        client,
        async kill() {
          await kill()
          socket.terminate()
        },
      }
    },
  }
}

async function addressFrom(child: ChildProcess): Promise<URL> {
  const [said] = await Promise.race([once(child, 'message'), once(child, 'exit').then(code => [`ended: ${code}`])])
  return new URL(String(said))
}

async function connect(address: URL): Promise<Connected> {
  const [entered] = await once(get(address), 'response')
  entered.resume()
  return openSocket(address.origin, String(entered.headers['set-cookie']?.[0]).split(';', 1)[0] ?? '')
}

type Connected = { readonly client: Client; readonly socket: WebSocket }

/** A page's way to a loopback host for one whom the cookie signs in. */
export async function openSocket(origin: string, cookie: string): Promise<Connected> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin } })
  await once(socket, 'open')
  socket.on('error', () => socket.terminate())
  // ws sockets have the events of a browser's, with types of their own.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  return { client: createORPCClient(link), socket }
}
