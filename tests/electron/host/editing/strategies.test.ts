import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { WriteChoice } from '../../../../contract/strategy.ts'
import { diffObjects } from '../../../../core/diff.ts'
import type { JsonObject } from '../../../../core/json.ts'
import { formatPath } from '../../../../core/path.ts'
import { isBookkeeping } from '../../../../core/view.ts'
import {
  apply,
  bench,
  configMap,
  configMaps,
  deployment,
  deployments,
  force,
  managersOf,
  offerOf,
  replace,
} from './strategy-bench.ts'

/** The places that differ, without the server's bookkeeping, the controller's and the practice cluster's policy. */
function changed(before: JsonObject, after: JsonObject): readonly string[] {
  const paths = diffObjects(before, after, null).map(({ path }) => path)
  return paths
    .filter(path => !isBookkeeping(path) && path[0] !== 'status')
    .map(formatPath)
    .filter(path => !/deployment.kubernetes.io|image-tag/.test(path))
    .sort()
}

describe('each strategy writes the edit and nothing else', () => {
  const strategic = { mediaType: 'application/strategic-merge-patch+json', method: 'PATCH' }
  const jsonPatch = { mediaType: 'application/json-patch+json', method: 'PATCH' }
  const ways: readonly [string, Partial<WriteChoice>, { mediaType: string; method: string }][] = [
    ['strategic', { strategy: 'strategic' }, strategic],
    ['merge', { strategy: 'merge' }, { mediaType: 'application/merge-patch+json', method: 'PATCH' }],
    ['json', { strategy: 'json' }, jsonPatch],
    ['by-value', { guard: 'value' }, jsonPatch],
    ['no-guard', { guard: 'none' }, strategic],
    ['apply', force, { mediaType: 'application/apply-patch+yaml', method: 'PATCH' }],
    ['replace', replace, { mediaType: 'application/json', method: 'PUT' }],
  ]

  test.each(ways)('%s', async (name, choice, request) => {
    await deployment(`each-${name}`)
    const edit = await bench.open(deployments, `each-${name}`)
    const before = await bench.get(deployments, `each-${name}`)
    await edit.replace('image: app:1\n', 'image: app:2\n        env:\n        - name: LEVEL\n          value: debug\n')
    const review = await edit.review(choice)
    expect(review).toMatchObject({ choice, request, overwrites: [], needsAcknowledgement: false })
    expect(review.fates.every(({ fate }) => fate === 'taken')).toBe(true)
    expect(review.strategies.map(({ strategy, state }) => [strategy, state])).toEqual(
      ['strategic', 'merge', 'json', 'apply', 'replace'].map(strategy => [strategy, 'reaches']),
    )
    const saved = await edit.submit(review)
    expect(saved.differences).toEqual([])
    const after = await bench.get(deployments, `each-${name}`)
    expect(changed(before, after)).toEqual([
      'spec.template.spec.containers[name=app].env',
      'spec.template.spec.containers[name=app].image',
    ])
    expect(await managersOf(deployments, `each-${name}`)).toContain(
      name === 'apply' ? 'patchbay-apply Apply' : 'patchbay Update',
    )
  })

  test.each([
    ['apply', force],
    ['replace', replace],
    ['json', { strategy: 'json' }],
  ] as const)('the command that is shown for %s does the same', async (name, choice) => {
    await configMap(`command-${name}`, { a: '1', b: "it's" })
    const edit = await bench.open(configMaps, `command-${name}`)
    await edit.replace('a: "1"', 'a: "2"')
    const { command } = await edit.review(choice)
    expect(command.runnable).toBe(true)
    const path = `${dirname(bench.practice.kubectlPath)}:${process.env.PATH}`
    const env = { ...process.env, KUBECONFIG: bench.practice.kubeconfigPath, PATH: path }
    execFileSync('/bin/sh', ['-c', command.posix], { env })
    expect((await bench.get(configMaps, `command-${name}`)).data).toEqual({ a: '2', b: "it's" })
  })
})

describe('what cannot be chosen', () => {
  test('is a problem that names what can: a guard by value is a JSON Patch, no guard is a patch', async () => {
    await configMap('choices', { a: '1' })
    const edit = await bench.open(configMaps, 'choices')
    await edit.replace('a: "1"', 'a: "2"')
    expect(await edit.refusal({ strategy: 'strategic', guard: 'value' })).toMatchObject({
      code: 'guard-unsupported',
      instead: ['json'],
    })
    expect(await edit.refusal({ ...apply, guard: 'none' })).toMatchObject({
      code: 'guard-unsupported',
      instead: ['strategic', 'merge'],
    })
    expect(await edit.refusal({ ...replace, guard: 'none' })).toMatchObject({ code: 'guard-unsupported' })
  })

  test('a custom resource takes no strategic patch, and the usual one is the merge patch', async () => {
    const edit = await bench.open('statefulsets.v1alpha1.apps.kruise.io', 'sample')
    await edit.replace('replicas: 3', 'replicas: 2')
    expect(await edit.refusal({ strategy: 'strategic' })).toMatchObject({
      code: 'strategy-unserved',
      served: ['merge', 'json', 'apply', 'replace'],
    })
    const review = await edit.review()
    expect(review).toMatchObject({ strategy: 'merge', recommended: { strategy: 'merge' } })
    expect(offerOf(review, 'strategic')?.state).toBe('not-served')
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('a strategy that falls short names the fields, and the strategies that reach them', async () => {
    await bench.apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'two-ports' },
      spec: {
        ports: [
          { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
          { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        ],
      },
    })
    const edit = await bench.open('services.v1', 'two-ports')
    await edit.replace(
      'name: dns-tcp\n    port: 53\n    protocol: TCP\n    targetPort: 53',
      'name: dns-tcp\n    port: 53\n    protocol: TCP\n    targetPort: 5353',
    )
    expect(await edit.refusal({ strategy: 'strategic' })).toMatchObject({
      code: 'patch-falls-short',
      reaching: ['merge', 'json', 'apply', 'replace'],
    })
    const review = await edit.review()
    expect(review).toMatchObject({ strategy: 'json', recommended: { strategy: 'json', reason: 'falls-short' } })
    expect(offerOf(review, 'strategic')).toMatchObject({ state: 'falls-short' })
    expect(offerOf(review, 'merge')?.notes).toEqual([{ kind: 'replaces-list', paths: ['spec.ports'] }])
  })
})

test('who will write the field again is named, and the patch recommended guarded', async () => {
  const edit = await bench.open(deployments, 'frontend')
  await edit.type(edit.text.replace(/^ {2}replicas: \d+$/m, '  replicas: 1'))
  const review = await edit.review()
  expect(review.recommended).toEqual({
    strategy: 'strategic',
    guard: 'version',
    reason: 'co-owned',
    paths: ['spec.replicas'],
    managers: ['kube-controller-manager'],
  })
  edit.client.edit.discard({ edit: edit.opened.edit })
})

test("a Secret's values are in no body, note or problem of any strategy", async () => {
  await bench.kubectl(
    'create',
    'secret',
    'generic',
    'masked',
    '--from-literal=a=first-secret',
    '--from-literal=b=other-secret',
  )
  const edit = await bench.open('secrets.v1', 'masked')
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  await bench.patch('secrets.v1', 'masked', { data: { b: base64('theirs-secret') } }, 'helm')
  await edit.replace('first-secret', 'second-secret')
  const values = ['first', 'second', 'other', 'theirs'].map(name => `${name}-secret`)
  for (const choice of [force, replace, { strategy: 'json' }, { guard: 'none' }, {}] as const) {
    const told = JSON.stringify(await edit.review(choice))
    for (const value of values) {
      expect(told).not.toContain(value)
      expect(told).not.toContain(base64(value))
    }
  }
  const told = JSON.stringify(await edit.refusal(apply))
  for (const value of values) expect(told).not.toContain(base64(value))
})
