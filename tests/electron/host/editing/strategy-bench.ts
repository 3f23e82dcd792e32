import { afterAll, beforeAll } from 'vitest'
import type { Review } from '../../../../contract/review.ts'
import type { Strategy } from '../../../../contract/strategy.ts'
import { type Editing, openWorkbench, type Workbench } from './workbench.ts'

// Each file that imports this has a workbench of its own.

/** The workbench of the file that runs. */
export let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('strategies')
}, 120_000)
afterAll(() => bench?.end())

/** The types, as kubectl takes them. */
export const deployments = 'deployments.v1.apps'
export const configMaps = 'configmaps.v1'

/** A Deployment without pods, so that nobody else writes into it for long. */
export async function deployment(name: string): Promise<void> {
  await bench.kubectl('create', 'deployment', name, '--image=app:1', '--replicas=0')
  await bench.kubectl('rollout', 'status', `deployment/${name}`)
}

/** A ConfigMap with this data. */
export async function configMap(name: string, data: Record<string, string>): Promise<void> {
  const literals = Object.entries(data).map(([key, value]) => `--from-literal=${key}=${value}`)
  await bench.kubectl('create', 'configmap', name, ...literals)
}

/** Who wrote it, by which operation. */
export async function managersOf(type: string, name: string): Promise<readonly string[]> {
  const each = '{range .metadata.managedFields[*]}{.manager} {.operation}{"\\n"}{end}'
  const told = await bench.kubectl(
    'get',
    type.replace(/\.v1$/, ''),
    name,
    '--show-managed-fields',
    '-o',
    `jsonpath=${each}`,
  )
  return told.stdout.trim().split('\n')
}

/** The object as it is now, in an edit that begins anew. */
export async function reopen(edit: Editing, type: string, name: string): Promise<Editing> {
  await edit.client.edit.discard({ edit: edit.opened.edit })
  return bench.open(type, name)
}

/** What the review says of a strategy. */
export function offerOf({ strategies }: Review, strategy: Strategy) {
  return strategies.find(offer => offer.strategy === strategy)
}

/** The choices that most tests make. */
export const force = { strategy: 'apply', force: true } as const
export const apply = { strategy: 'apply' } as const
export const replace = { strategy: 'replace' } as const
