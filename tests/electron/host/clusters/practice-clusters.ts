import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clusters, openClusters } from '../../../../electron/host/clusters/clusters.ts'
import type { Cluster } from '../../../../electron/host/clusters/connection.ts'
import type { Access } from '../../../../scripts/practice/access.ts'
import { openGate } from './open-gate.ts'

/** The practice cluster as the host opens it. */
export type PracticeClusters = {
  readonly clusters: Clusters
  readonly signal: AbortSignal
  readonly cacheFolder: string
  cluster(context?: string): Cluster
  end(): Promise<void>
}

/** Opens the clusters of a practice's kubeconfig, with a schema cache of their own. */
export async function openPractice(access: Access): Promise<PracticeClusters> {
  const cacheFolder = mkdtempSync(join(tmpdir(), 'patchbay-cache-'))
  const life = new AbortController()
  const clusters = await openClusters({
    kubeconfig: [access.kubeconfigPath],
    gate: openGate,
    signal: life.signal,
    cacheFolder,
  })
  return {
    clusters,
    signal: life.signal,
    cacheFolder,
    cluster(context = 'practice') {
      const cluster = clusters.cluster(context)
      if (!cluster.ok) throw new Error(`${context}: ${cluster.problem.code}`)
      return cluster.value
    },
    async end() {
      await clusters.end()
      life.abort()
      rmSync(cacheFolder, { recursive: true })
    },
  }
}
