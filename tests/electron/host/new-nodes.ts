import { expect } from 'vitest'
import { mapAt, mapsAt, textAt } from '../../../core/conditions.ts'
import type { Workbench } from './editing/workbench.ts'

/** Resolves once new Nodes are ready and the taints are gone with which the server lets each begin: nobody writes to them from then on. */
export async function untilNodesRest(bench: Workbench, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const taints = async () => mapsAt(mapAt(await bench.get('nodes.v1', name), 'spec'), 'taints')
    const begun = async () => (await taints()).filter(taint => textAt(taint, 'key').startsWith('node.kubernetes.io/'))
    await expect.poll(begun, { timeout: 20_000 }).toEqual([])
  }
}
