import { Agent, request } from 'node:https'
import { readCredentials } from '../../practice/certificates.ts'
import { type Change, changeAtPace } from './pace.ts'
import { crowd, podName } from './world.ts'

/** What the writer is asked, once: the cluster, and the changes. It answers what it did when the server has taken all. */
export type PatchAsk = {
  readonly folder: string
  readonly url: string
  readonly count: number
  readonly perSecond: number
  readonly seconds: number
}

// A writer on the real server, in a process of its own: it gives pods a reason in their status, which kubectl's Status shows.
process.once('message', async (ask: PatchAsk) => {
  const agent = new Agent({ ...readCredentials(ask.folder, 'admin'), keepAlive: true, maxSockets: 16 })
  const writes: Promise<void>[] = []
  const churned = await changeAtPace(ask, changes => {
    for (const change of changes) writes.push(patch(ask.url, agent, change))
  })
  await Promise.all(writes)
  agent.destroy()
  process.send?.(churned, () => process.exit(0))
})
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0))

function patch(url: string, agent: Agent, { index, status }: Change): Promise<void> {
  const path = `/api/v1/namespaces/${crowd}/pods/${podName(index)}/status`
  const headers = { 'content-type': 'application/merge-patch+json' }
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, url), { method: 'PATCH', headers, agent }, reply => {
      reply.resume()
      reply.on('end', () =>
        reply.statusCode === 200 ? resolve() : reject(new Error(`${path} answered ${reply.statusCode}`)),
      )
    })
    sent.on('error', reject)
    sent.end(JSON.stringify({ status: { reason: status } }))
  })
}
