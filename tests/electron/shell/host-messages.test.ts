import { EventEmitter } from 'node:events'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { ParentPort } from 'electron'
import { expect, test, vi } from 'vitest'
import type { Contract } from '../../../contract/contract.ts'
import { fail, ok } from '../../../core/problem.ts'
import type { Host, HostOptions } from '../../../electron/host/host.ts'
import { serveMessages } from '../../../electron/shell/host-messages.ts'
import { pingRouter } from '../loopback/serving.ts'
import { MessageChannelMain } from './stand-in.ts'

const options: HostOptions = { version: '1', profile: '/p', kubeconfig: null, context: null, practice: false }
const target = {
  kind: 'list' as const,
  type: 'pods',
  contexts: null,
  namespaces: null,
  filter: '',
  sort: null,
  columns: null,
}

function begin(create?: (options: HostOptions) => Promise<Host>) {
  const parent = new EventEmitter()
  const told: unknown[] = []
  const exits: number[] = []
  const shown: string[] = []
  let ended = false
  const host: Host = {
    router: pingRouter(),
    resolveTarget: async words =>
      words.type === 'pods' ? ok('/list/pods') : fail({ code: 'resource-unknown', group: '', resource: words.type }),
    openTarget: address => void shown.push(address),
    end: async () => {
      ended = true
    },
  }
  const parts = { on: parent.on.bind(parent), postMessage: (message: unknown) => void told.push(message) }
  // An emitter has `on` for every event.
  serveMessages(parts as unknown as ParentPort, code => exits.push(code), create ?? (async () => host))
  const tell = (data: unknown, ports: unknown[] = []) => parent.emit('message', { data, ports })
  return { tell, told, exits, shown, hasEnded: () => ended }
}

test('a page speaks the contract over its port, even one that asked before the host was there', async () => {
  const { tell } = begin()
  const { port1, port2 } = new MessageChannelMain()
  tell({ kind: 'page' }, [port1])
  tell({ kind: 'start', options })
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port2 }))
  expect(await client.ping({})).toEqual({ version: '1.2.3' })
})

test('targets are resolved, shown if asked for, and refused in words', async () => {
  const { tell, told, shown } = begin()
  tell({ kind: 'start', options })
  tell({ kind: 'resolve', serial: 1, target, show: false })
  tell({ kind: 'resolve', serial: 2, target, show: true })
  tell({ kind: 'resolve', serial: 3, target: { ...target, type: 'pots' }, show: true })
  await vi.waitFor(() => expect(told).toHaveLength(3), 20_000)
  expect(told).toEqual([
    { kind: 'resolved', serial: 1, address: '/list/pods', reason: '' },
    { kind: 'resolved', serial: 2, address: '/list/pods', reason: '' },
    { kind: 'resolved', serial: 3, address: null, reason: 'The server has no resource type "pots".' },
  ])
  expect(shown).toEqual(['/list/pods'])
})

test('it ends its host before itself', async () => {
  const { tell, exits, hasEnded } = begin()
  tell({ kind: 'start', options })
  tell({ kind: 'end' })
  await vi.waitFor(() => expect(exits).toEqual([0]), 20_000)
  expect(hasEnded()).toBe(true)
})

test('a host that cannot start ends the process, and says why', async () => {
  const { tell, exits } = begin(async () => {
    throw new Error('out of luck')
  })
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  tell({ kind: 'start', options })
  await vi.waitFor(() => expect(exits).toEqual([1]), 20_000)
  expect(String(said.mock.calls[0]?.[0])).toContain('out of luck')
  said.mockRestore()
})

test('an unknown message is refused', () => {
  const { tell } = begin()
  expect(() => tell({ kind: 'eval', code: '1' })).toThrow()
})
