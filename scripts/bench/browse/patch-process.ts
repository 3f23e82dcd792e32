import { Agent, request } from 'node:https'
import { readCredentials } from '../../practice/certificates.ts'
import { type Change, changeAtPace, statusOf } from './pace.ts'
import { crowd, podName } from './world.ts'

/** What the writer is asked, once: the cluster, and the changes. It answers what it did when the server has taken all. */
export type PatchAsk = {
  readonly folder: string
  readonly url: string
  readonly count: number
  readonly perSecond: number
  readonly seconds: number
}

// So many requests at once keep up with the pace where the server does.
const atOnce = 16

// A writer on the real server, in a process of its own: it gives pods a reason in their status, which kubectl's Status shows.
process.once('message', async (ask: PatchAsk) => {
  const agent = new Agent({ ...readCredentials(ask.folder, 'admin'), keepAlive: true })
  const due: Change[] = []
  const writers = new Set<Promise<void>>()
  const write = async () => {
    for (let change = due.shift(); change !== undefined; change = due.shift()) await patch(ask.url, agent, change)
  }
  const churned = await changeAtPace(ask, changes => {
    due.push(...changes)
    if (writers.size >= atOnce) return
    const writer = write().finally(() => writers.delete(writer))
    writers.add(writer)
  })
  await Promise.all(writers)
  agent.destroy()
  process.send?.(churned, () => process.exit(0))
})
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0))

function patch(url: string, agent: Agent, change: Change): Promise<void> {
  const path = `/api/v1/namespaces/${crowd}/pods/${podName(change.index)}/status`
  const headers = { 'content-type': 'application/merge-patch+json' }
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, url), { method: 'PATCH', headers, agent }, reply => {
      reply.resume()
      reply.on('end', () =>
        reply.statusCode === 200 ? resolve() : reject(new Error(`${path} answered ${reply.statusCode}`)),
      )
    })
    sent.on('error', reject)
    sent.end(JSON.stringify({ status: { reason: statusOf(change) } }))
  })
}
