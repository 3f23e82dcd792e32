import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { type HostAlone, loadHost } from '../../../scripts/soak/host-alone.ts'
import { type FaultProxy, startFaultProxy } from '../../fault-proxy/fault-proxy.ts'
import { openWorkbench, type Workbench } from './editing/workbench.ts'

/** What the tests of a file have from its beginning to its end. */
type KilledHosts = {
  readonly bench: () => Workbench
  /** By it the hosts reach the cluster. */
  readonly proxy: () => FaultProxy
  /** A host that is to be killed. */
  readonly startFirst: () => Promise<HostAlone>
  /** The one after it, with the same profile. */
  readonly startSecond: () => Promise<HostAlone>
}

/** An empty namespace behind a fault proxy, and two hosts of which the second finds what the first has left. */
export function killedHosts(name: string): KilledHosts {
  let bench: Workbench
  let proxy: FaultProxy
  const profile = mkdtempSync(join(tmpdir(), `patchbay-${name}-`))
  const [first, second] = [loadHost(), loadHost()]
  beforeAll(async () => {
    bench = await openWorkbench(name, { seeded: false })
    proxy = await startFaultProxy(bench.practice)
    await bench.kubectl('create', 'namespace', bench.namespace)
  })
  afterAll(async () => {
    await bench.kubectl('delete', 'namespace', bench.namespace, '--wait=false')
    for (const host of [first, second]) await host.kill()
    await proxy.end()
    await bench.end()
    rmSync(profile, { recursive: true, force: true })
  })
  return {
    bench: () => bench,
    proxy: () => proxy,
    startFirst: () => first.start({ profile, kubeconfig: proxy.kubeconfigPath }),
    startSecond: () => second.start({ profile, kubeconfig: proxy.kubeconfigPath }),
  }
}
