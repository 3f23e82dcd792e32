import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WriteChoice } from '../../../../contract/strategy.ts'
import { diffObjects } from '../../../../core/diff.ts'
import type { JsonObject } from '../../../../core/json.ts'
import { formatPath, valueAt } from '../../../../core/path.ts'
import { isBookkeeping } from '../../../../core/view.ts'
import { openWorkbench, problemOf, type Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('strategies')
}, 120_000)
afterAll(() => bench?.end())

const deployments = 'deployments.v1.apps'
const configMaps = 'configmaps.v1'

/** A Deployment without pods, so that nobody else writes into it for long. */
async function deployment(name: string): Promise<void> {
  await bench.kubectl('create', 'deployment', name, '--image=app:1', '--replicas=0')
  await bench.kubectl('rollout', 'status', `deployment/${name}`)
}

/** The places that differ, without the server's bookkeeping. */
function changed(before: JsonObject, after: JsonObject): readonly string[] {
  const paths = diffObjects(before, after, null).map(({ path }) => path)
  return paths
    .filter(path => !isBookkeeping(path) && path[0] !== 'status')
    .map(formatPath)
    .sort()
}

function managersOf(object: JsonObject): readonly string[] {
  // The server's own list, as the test's last check.
  const entries = (valueAt(object, ['metadata', 'managedFields']) ?? []) as readonly JsonObject[]
  return entries.map(({ manager, operation }) => `${manager} ${operation}`)
}

describe('each strategy writes the edit and nothing else', () => {
  const ways: readonly [string, Partial<WriteChoice>, { mediaType: string; method: string }][] = [
    ['strategic', { strategy: 'strategic' }, { mediaType: 'application/strategic-merge-patch+json', method: 'PATCH' }],
    ['merge', { strategy: 'merge' }, { mediaType: 'application/merge-patch+json', method: 'PATCH' }],
    ['json', { strategy: 'json' }, { mediaType: 'application/json-patch+json', method: 'PATCH' }],
    ['by-value', { guard: 'value' }, { mediaType: 'application/json-patch+json', method: 'PATCH' }],
    [
      'no-guard',
      { guard: 'none' },
      { mediaType: 'application/strategic-merge-patch+json', method: 'PATCH' },
    ],
    ['apply', { strategy: 'apply', force: true }, { mediaType: 'application/apply-patch+yaml', method: 'PATCH' }],
    ['replace', { strategy: 'replace' }, { mediaType: 'application/json', method: 'PUT' }],
  ]

  test.each(ways)('%s', async (name, choice, request) => {
    await deployment(`each-${name}`)
    const edit = await bench.open(deployments, `each-${name}`)
    const before = await bench.get(deployments, `each-${name}`)
    await edit.replace('image: app:1\n', 'image: app:2\n        env:\n        - name: LEVEL\n          value: debug\n')
    const review = await edit.review(choice)
    expect(review).toMatchObject({ choice, request })
    expect(review.fates.every(({ fate }) => fate === 'taken')).toBe(true)
    const saved = await edit.submit(review)
    expect(saved.differences).toEqual([])
    const after = await bench.get(deployments, `each-${name}`)
    expect(changed(before, after)).toEqual([
      'spec.template.spec.containers[name=app].env',
      'spec.template.spec.containers[name=app].image',
    ])
    expect(managersOf(after)).toContain(name === 'apply' ? 'patchbay-apply Apply' : 'patchbay Update')
  })
})
