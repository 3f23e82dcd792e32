import { writeFileSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { readCredentials } from '../../practice/certificates.ts'
import { kubectl } from '../../practice/kubectl.ts'
import { type Measured, openApp } from '../app.ts'
import { forgetPeak, memoryOf } from './memory.ts'
import { seamOf } from './seam.ts'
import type { World } from './world.ts'

/** How an endpoint behaves: `slow` holds each piece of an answer back, `dead` takes connections and says nothing. */
type Manner = 'well' | 'slow' | 'dead' | 'forbidden'

const held = 3_000

/** Fifty contexts, each with an address of its own, in one list: one is slow, one dead, one lets its person see nothing. */
export async function benchContexts(world: World): Promise<string> {
  const count = world.quick ? 10 : 50
  const manners: readonly Manner[] = ['slow', 'dead', 'forbidden', ...Array<Manner>(count - 3).fill('well')]
  const { folder, url } = seamOf(world.practice)
  const endpoints = await Promise.all(manners.map(manner => listen(Number(new URL(url).port), manner)))
  const kubeconfig = join(dirname(world.practice.kubeconfigPath), 'fifty')
  writeFileSync(
    kubeconfig,
    kubeconfigOf(
      folder,
      manners,
      endpoints.map(({ port }) => port),
    ),
    { mode: 0o600 },
  )
  try {
    const pods = (await kubectl(world.practice, ['get', 'pods', '-n', 'default', '-o', 'name']))
      .trim()
      .split('\n').length
    const healthy = (count - 3) * pods
    const started = await start(kubeconfig, healthy)
    const grown = await grow(kubeconfig, healthy, count)
    return report(count, started, grown)
  } finally {
    for (const { server, sockets } of endpoints) {
      server.close()
      for (const socket of sockets) socket.destroy()
    }
  }
}

const all = '/list/_all/core/v1/pods/default'

/** From nothing to the rows of all contexts that are well. */
async function start(kubeconfig: string, healthy: number): Promise<{ readonly first: number; readonly whole: number }> {
  const began = performance.now()
  const app = await openApp(kubeconfig, all)
  try {
    await holds(app, 1)
    const first = performance.now() - began
    await holds(app, healthy)
    return { first, whole: performance.now() - began }
  } finally {
    await app.end()
  }
}

type Grown = { readonly opened: number; readonly one: number; readonly most: number; readonly now: number }

/** From one context to all of them: the time, and the host's memory. */
async function grow(kubeconfig: string, healthy: number, count: number): Promise<Grown> {
  const app = await openApp(kubeconfig, `/list/context-${count - 1}/core/v1/pods/default`)
  try {
    await holds(app, 1)
    // What its start left over is collected.
    await delay(3_000)
    forgetPeak(app.pid)
    const one = memoryOf(app.pid).now
    const began = performance.now()
    await app.page.goto(new URL(all, app.page.url()).href)
    await holds(app, healthy)
    const opened = performance.now() - began
    await delay(held * 2)
    const { now, peak } = memoryOf(app.pid)
    return { opened, one, most: peak, now }
  } finally {
    await app.end()
  }
}

/** Waits until the list has so many rows. */
async function holds({ page }: Measured, rows: number): Promise<void> {
  const there = () =>
    page.evaluate(() => document.querySelector('[role=grid][aria-rowcount]')?.getAttribute('aria-rowcount'))
  for (const began = performance.now(); Number((await there()) ?? 0) - 1 < rows; await delay(20))
    if (performance.now() - began > 60_000) throw new Error(`${rows} rows have not come within a minute`)
}

type Endpoint = { readonly server: Server; readonly port: number; readonly sockets: ReadonlySet<Socket> }

async function listen(upstream: number, manner: Manner): Promise<Endpoint> {
  const sockets = new Set<Socket>()
  const follow = (socket: Socket) => {
    sockets.add(socket)
    // An end that breaks off is the other one's matter as well.
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    return socket
  }
  const server = createServer(near => {
    follow(near)
    if (manner === 'dead') return
    const far = follow(connect(upstream, '127.0.0.1'))
    near.pipe(far)
    if (manner === 'slow') far.on('data', piece => void delay(held).then(() => near.write(piece)))
    else far.pipe(near)
    far.on('close', () => near.destroy())
    near.on('close', () => far.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the endpoint has no port')
  return { server, port: address.port, sockets }
}

/** JSON, which a kubeconfig may be. The person of the forbidden one acts as somebody without rights. */
function kubeconfigOf(folder: string, manners: readonly Manner[], ports: readonly number[]): string {
  const { ca, cert, key } = readCredentials(folder, 'admin')
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const person = { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) }
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: ports.map((port, index) => ({
      name: `context-${index}`,
      cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': base64(ca) },
    })),
    users: [
      { name: 'admin', user: person },
      { name: 'nobody', user: { ...person, as: 'nobody' } },
    ],
    contexts: manners.map((manner, index) => ({
      name: `context-${index}`,
      context: { cluster: `context-${index}`, user: manner === 'forbidden' ? 'nobody' : 'admin', namespace: 'default' },
    })),
    'current-context': `context-${manners.length - 1}`,
  })
}

function report(count: number, started: { readonly first: number; readonly whole: number }, grown: Grown): string {
  const each = (memory: number) => ((memory - grown.one) / (count - 1)).toFixed(1)
  return `### ${count} contexts in one list

${count} addresses of one practice API server: one answers ${held / 1_000} s late, one takes connections and says nothing, one lets its person
see nothing. The list is of the pods in \`default\` of all of them.

| measure | | goal |
|---|---|---|
| from starting the app, browser included, to the first rows, s | ${(started.first / 1_000).toFixed(1)} | |
| to the rows of all ${count - 3} that are well, s | ${(started.whole / 1_000).toFixed(1)} | under 5 |
| from a running app with one context to those, s | ${(grown.opened / 1_000).toFixed(1)} | under 5 |
| memory that the host grows by for each context more, at its peak, MB | ${each(grown.most)} | under 20 |
| the same when all has come to rest, MB | ${each(grown.now)} | |
| host's memory with one context, with all, MB | ${grown.one.toFixed(0)}, ${grown.now.toFixed(0)} | |`
}
