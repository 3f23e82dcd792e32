import { setTimeout as delay } from 'node:timers/promises'
import type { Access } from '../../practice/access.ts'
import { kubectl } from '../../practice/kubectl.ts'
import { type Api, openApi } from '../../soak/api.ts'

/** What the parts of the bench run on: a practice cluster of the bench's own. `quick` is small, to try the bench itself. */
export type World = { readonly practice: Access; readonly quick: boolean }

/** The namespace of the many pods. */
export const crowd = 'crowd'

/** The name of a pod there. */
export function podName(index: number): string {
  return `pod-${String(index).padStart(5, '0')}`
}

const writers = 24

/** Makes so many pods, unless they are there, which kwok lets run. */
export async function makePods({ practice }: World, count: number): Promise<void> {
  const api = openApi(practice)
  try {
    await create(api, '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: crowd } })
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } }
    await create(api, `/api/v1/namespaces/${crowd}/serviceaccounts`, account)
    console.error(`Making ${count} pods …`)
    let next = 0
    const write = async () => {
      while (next < count) await create(api, `/api/v1/namespaces/${crowd}/pods`, pod(next++))
    }
    await Promise.all(Array.from({ length: writers }, write))
  } finally {
    api.end()
  }
  const waiting = ['get', '--raw', `/api/v1/namespaces/${crowd}/pods?fieldSelector=status.phase%21%3DRunning&limit=1`]
  while (!(await kubectl(practice, waiting)).includes('"items":[]')) await delay(500)
}

async function create(api: Api, path: string, object: object): Promise<void> {
  const { status, body } = await api.send('POST', path, 'application/json', object)
  if (status !== 201 && status !== 409) throw new Error(`${path} answered ${status}: ${body}`)
}

// On its node from the start: the scheduler would take far longer for ten thousand.
function pod(index: number) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: podName(index), labels: { app: `app-${index % 50}`, tier: index % 3 === 0 ? 'front' : 'back' } },
    spec: {
      nodeName: 'practice-node',
      automountServiceAccountToken: false,
      containers: [{ name: 'app', image: `registry.example.org/app-${index % 50}:1.${index % 7}` }],
    },
  }
}
