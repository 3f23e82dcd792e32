import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import type { Access } from '../../practice/access.ts'
import { readCredentials } from '../../practice/certificates.ts'
import { writeKubeconfig } from '../../practice/kubeconfig.ts'
import type { Shown } from './seam-rows.ts'

/** What the seam's process is asked, and what it answers. `pods` and `kinds` are how many are replayed; 0 leaves the real ones. */
export type SeamAsk =
  | {
      readonly kind: 'start'
      readonly folder: string
      readonly upstream: string
      readonly pods: number
      readonly kinds: number
    }
  | { readonly kind: 'churn'; readonly perSecond: number; readonly seconds: number }
  | { readonly kind: 'shown' }
export type SeamAnswer =
  | { readonly kind: 'ready'; readonly port: number }
  | ({ readonly kind: 'churned' } & Churned)
  | { readonly kind: 'shown'; readonly rows: readonly Shown[] }

/** How many changes were made, and the numbers of those to the first rows. */
export type Churned = { readonly changes: number; readonly inSight: readonly number[] }

/** A practice cluster's API server as another process replays it. */
export type Seam = {
  /** A kubeconfig with the one context `seam`. */
  readonly kubeconfigPath: string
  /** Changes rows at that pace for so long; answers what it did. */
  readonly churn: (pace: { readonly perSecond: number; readonly seconds: number }) => Promise<Churned>
  readonly shown: () => Promise<readonly Shown[]>
  readonly end: () => void
}

/** Starts it in front of the practice cluster's first server. */
export async function startSeam(
  practice: Access,
  made: { readonly pods?: number; readonly kinds?: number },
): Promise<Seam> {
  const { folder, url } = seamOf(practice)
  const child = fork(new URL('./seam-process.ts', import.meta.url), {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const { pods = 0, kinds = 0 } = made
  const { port } = await ask(child, { kind: 'start', folder, upstream: url, pods, kinds }, 'ready')
  const kubeconfigPath = join(dirname(practice.kubeconfigPath), `seam-${port}`)
  const credentials = readCredentials(folder, 'admin')
  writeKubeconfig(kubeconfigPath, [{ name: 'seam', cluster: 'seam', url: `https://127.0.0.1:${port}`, credentials }])
  return {
    kubeconfigPath,
    churn: pace => ask(child, { kind: 'churn', ...pace }, 'churned'),
    shown: async () => (await ask(child, { kind: 'shown' }, 'shown')).rows,
    end: () => void child.kill('SIGKILL'),
  }
}

/** The folder of the first practice cluster's certificates, and its API server's address. */
export function seamOf(practice: Access): { readonly folder: string; readonly url: string } {
  const server = practice.servers.find(({ context }) => context === 'practice')
  if (server === undefined) throw new Error('the practice has no first cluster')
  return { folder: join(dirname(practice.kubeconfigPath), 'practice'), url: server.url }
}

async function ask<Kind extends SeamAnswer['kind']>(
  child: ChildProcess,
  question: SeamAsk,
  kind: Kind,
): Promise<Extract<SeamAnswer, { kind: Kind }>> {
  child.send(question)
  const [said] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(code => [{ kind: `ended: ${code}` }]),
  ])
  if (said.kind !== kind) throw new Error(`the seam was to say ${kind}, and said ${said.kind}`)
  return said
}
