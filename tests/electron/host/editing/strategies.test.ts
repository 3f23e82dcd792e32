import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Review } from '../../../../contract/edit.ts'
import type { Strategy, WriteChoice } from '../../../../contract/strategy.ts'
import { diffObjects } from '../../../../core/diff.ts'
import type { JsonObject } from '../../../../core/json.ts'
import { formatPath, valueAt } from '../../../../core/path.ts'
import { isBookkeeping } from '../../../../core/view.ts'
import { type Editing, openWorkbench, problemOf, type Workbench } from './workbench.ts'

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

async function configMap(name: string, data: Record<string, string>): Promise<void> {
  const literals = Object.entries(data).map(([key, value]) => `--from-literal=${key}=${value}`)
  await bench.kubectl('create', 'configmap', name, ...literals)
}

/** The places that differ, without the server's bookkeeping, the controller's and the practice cluster's policy. */
function changed(before: JsonObject, after: JsonObject): readonly string[] {
  const paths = diffObjects(before, after, null).map(({ path }) => path)
  return paths
    .filter(path => !isBookkeeping(path) && path[0] !== 'status')
    .map(formatPath)
    .filter(path => !/deployment.kubernetes.io|image-tag/.test(path))
    .sort()
}

async function managersOf(type: string, name: string): Promise<readonly string[]> {
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
async function reopen(edit: Editing, type: string, name: string): Promise<Editing> {
  await edit.client.edit.discard({ edit: edit.opened.edit })
  return bench.open(type, name)
}

function offerOf({ strategies }: Review, strategy: Strategy) {
  return strategies.find(offer => offer.strategy === strategy)
}

const force = { strategy: 'apply', force: true } as const
const apply = { strategy: 'apply' } as const
const replace = { strategy: 'replace' } as const

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

describe('server-side apply', () => {
  test('keeps what it owned before, and a second edit by it takes a field of its own away', async () => {
    await configMap('second', { theirs: 'kept' })
    const edit = await bench.open(configMaps, 'second')
    await edit.replace('  theirs: kept\n', '  theirs: kept\n  mine: "1"\n  more: "2"\n')
    const first = await edit.review(apply)
    expect(JSON.parse(first.request.body)).toMatchObject({ data: { mine: '1', more: '2' } })
    expect(JSON.parse(first.request.body).data).not.toHaveProperty('theirs')
    expect(offerOf(first, 'apply')?.notes).toEqual([{ kind: 'takes-ownership', paths: ['data.mine', 'data.more'] }])
    await edit.submit(first)

    const next = await reopen(edit, configMaps, 'second')
    await next.replace('  more: "2"\n', '')
    const second = await next.review(apply)
    expect(JSON.parse(second.request.body).data).toEqual({ mine: '1' })
    await next.submit(second)
    expect((await bench.get(configMaps, 'second')).data).toEqual({ theirs: 'kept', mine: '1' })
  })

  test('a removal of what others own is named before anything is sent', async () => {
    await configMap('removal', { theirs: 'kept', other: 'x' })
    const edit = await bench.open(configMaps, 'removal')
    await edit.replace('  theirs: kept\n', '')
    expect(await edit.refusal(apply)).toMatchObject({
      code: 'patch-falls-short',
      paths: [['data', 'theirs']],
      reaching: ['strategic', 'merge', 'json', 'replace'],
    })
    expect(offerOf(await edit.review(), 'apply')).toMatchObject({ state: 'falls-short', paths: ['data.theirs'] })
  })

  test('the strategy Recreate is out of its reach: the defaults beside it belong to nobody', async () => {
    await deployment('recreate')
    const edit = await bench.open(deployments, 'recreate')
    const [rolling] = /strategy:\n {4}rollingUpdate:\n.*\n.*\n {4}type: RollingUpdate/.exec(edit.text) ?? []
    await edit.replace(rolling ?? '', 'strategy:\n    type: Recreate')
    expect(await edit.refusal(apply)).toMatchObject({
      code: 'patch-falls-short',
      paths: [['spec', 'strategy', 'rollingUpdate']],
    })
    await edit.submit(await edit.review())
  })

  test('owners are named before and by the server, and only force takes over', async () => {
    await configMap('owned', { a: '1' })
    await bench.patch(configMaps, 'owned', { data: { a: '2' } }, 'helm')
    const edit = await bench.open(configMaps, 'owned')
    await edit.replace('a: "2"', 'a: "3"')
    const usual = await edit.review()
    expect(offerOf(usual, 'apply')?.notes).toContainEqual({
      kind: 'owner-conflict',
      owners: [{ path: 'data.a', managers: ['helm'] }],
    })
    expect(await edit.refusal(apply)).toMatchObject({
      code: 'owner-conflict',
      owners: [{ manager: 'helm', field: 'data.a' }],
      path: ['data', 'a'],
    })
    const review = await edit.review(force)
    expect(review.request.query).toContainEqual(['force', 'true'])
    expect(review.command.posix).toContain('--force-conflicts')
    await edit.submit(review)
    const stored = await bench.get(configMaps, 'owned')
    expect(stored.data).toEqual({ a: '3' })
    expect(await managersOf(configMaps, 'owned')).not.toContain('helm Update')
  })

  test('what was deleted meanwhile is not created anew', async () => {
    await configMap('gone', { a: '1' })
    const edit = await bench.open(configMaps, 'gone')
    await edit.replace('a: "1"', 'a: "2"')
    const review = await edit.review(force)
    await bench.kubectl('delete', 'configmap', 'gone')
    expect(problemOf(await edit.trySubmit(review))).toMatchObject({ code: 'object-gone' })
  })

  test('an unknown field is that, and no lost outcome', async () => {
    await deployment('unknown')
    const edit = await bench.open(deployments, 'unknown')
    await edit.replace('image: app:1\n', 'image: app:1\n        imagePullPolicies: Always\n')
    expect(await edit.refusal(force)).toMatchObject({ code: 'unknown-field' })
    expect(await edit.refusal(replace)).toMatchObject({ code: 'unknown-field' })
  })

  test('a scale is applied where it is built in, and not offered of a custom resource', async () => {
    await deployment('scaled')
    const edit = await bench.open(deployments, 'scaled', { subresource: 'scale' })
    await edit.replace('spec: {}', 'spec:\n  replicas: 2')
    await edit.submit(await edit.review(force))
    expect(valueAt(await bench.get(deployments, 'scaled'), ['spec', 'replicas'])).toBe(2)

    const custom = await bench.open('statefulsets.v1alpha1.apps.kruise.io', 'sample', { subresource: 'scale' })
    await custom.replace('replicas: 3', 'replicas: 1')
    const review = await custom.review()
    expect(offerOf(review, 'apply')?.state).toBe('not-served')
    await custom.submit(await custom.review(replace))
    expect(valueAt(await bench.get('statefulsets.v1alpha1.apps.kruise.io', 'sample'), ['spec', 'replicas'])).toBe(1)
  })
})

describe('replace', () => {
  test("says whose changes it takes back, wants that acknowledged, and keeps the server's own", async () => {
    await configMap('overwritten', { a: '1', b: '1' })
    const edit = await bench.open(configMaps, 'overwritten')
    await bench.patch(configMaps, 'overwritten', { data: { b: '2', c: 'new' } }, 'helm')
    await edit.replace('a: "1"', 'a: "2"')
    expect(offerOf(await edit.review(), 'replace')?.notes).toMatchObject([
      {
        kind: 'overwrites',
        changes: [{ path: 'data.b', before: '"1"', after: '"2"', manager: 'helm' }, { path: 'data.c' }],
      },
    ])
    const review = await edit.review(replace)
    expect(review).toMatchObject({ needsAcknowledgement: true, others: [] })
    expect(review.overwrites).toMatchObject([
      { path: 'data.b', manager: 'helm' },
      { path: 'data.c', manager: 'helm' },
    ])
    expect(JSON.parse(review.request.body).metadata).not.toHaveProperty('managedFields')
    expect(problemOf(await edit.trySubmit(review))).toEqual({ code: 'fates-unacknowledged' })
    await edit.submit(review, true)
    const stored = await bench.get(configMaps, 'overwritten')
    expect(stored.data).toEqual({ a: '2', b: '1' })
    expect(await managersOf(configMaps, 'overwritten')).toContain('kubectl-create Update')
  })

  test('puts my text over a conflict, and comes back when the object moves after the review', async () => {
    await configMap('conflict', { a: '1' })
    const edit = await bench.open(configMaps, 'conflict')
    await bench.patch(configMaps, 'conflict', { data: { a: 'theirs' } })
    await edit.replace('a: "1"', 'a: mine')
    expect(await edit.refusal()).toMatchObject({ code: 'merge-conflict' })
    const review = await edit.review(replace)
    expect(review.overwrites).toMatchObject([{ path: 'data.a', before: '"1"', after: 'theirs' }])
    await bench.patch(configMaps, 'conflict', { data: { b: 'later' } })
    expect(await edit.trySubmit(review, true)).toMatchObject({ ok: true, value: { kind: 'review-again' } })
  })

  test('a status that moved meanwhile is no change of others that it takes back', async () => {
    await deployment('status')
    const edit = await bench.open(deployments, 'status')
    await bench.kubectl('annotate', 'deployment/status', 'seen=yes')
    await bench.kubectl('rollout', 'status', 'deployment/status')
    await edit.replace('image: app:1', 'image: app:2')
    const review = await edit.review(replace)
    expect(review.overwrites.map(({ path }) => path)).toEqual(['metadata.annotations.seen'])
  })

  test('needs the verb update: who may only patch is told before', async () => {
    await configMap('rights', { a: '1' })
    await bench.kubectl('create', 'role', 'patcher', '--verb=get,list,watch,patch', '--resource=configmaps')
    await bench.kubectl('create', 'rolebinding', 'patcher', '--role=patcher', '--user=practice-viewer')
    const mayPatch = () => bench.kubectl('auth', 'can-i', 'patch', 'configmaps', '--as=practice-viewer')
    await expect.poll(mayPatch, { timeout: 10_000 }).toMatchObject({ stdout: 'yes\n' })
    const edit = await bench.open(configMaps, 'rights', { context: 'practice-viewer' })
    await edit.replace('a: "1"', 'a: "2"')
    expect(offerOf(await edit.review(), 'replace')?.state).toBe('not-allowed')
    expect(await edit.refusal(replace)).toMatchObject({ code: 'forbidden', asked: { verb: 'update' } })
  })
})

describe('guards', () => {
  test('by value: written under a writer who never rests, and refused when my own field moves', async () => {
    await configMap('busy', { mine: '1', theirs: '0' })
    const edit = await bench.open(configMaps, 'busy')
    await edit.replace('mine: "1"', 'mine: "2"')
    const review = await edit.review({ guard: 'value' })
    expect(review).toMatchObject({ strategy: 'json', guard: 'value' })
    expect(review.request.body).not.toContain('resourceVersion')
    await bench.patch(configMaps, 'busy', { data: { theirs: '1' } })
    expect(await edit.submit(review)).toMatchObject({ attempts: 1 })
    expect((await bench.get(configMaps, 'busy')).data).toEqual({ mine: '2', theirs: '1' })

    const again = await reopen(edit, configMaps, 'busy')
    await again.replace('mine: "2"', 'mine: "3"')
    const second = await again.review({ guard: 'value' })
    await bench.patch(configMaps, 'busy', { data: { mine: 'theirs' } })
    expect(problemOf(await again.trySubmit(second))).toMatchObject({ code: 'merge-conflict' })
  })

  test('none: the last writer of a field wins, and the review says what that takes back', async () => {
    await configMap('last', { a: '1', b: '1' })
    const edit = await bench.open(configMaps, 'last')
    await bench.patch(configMaps, 'last', { data: { a: 'theirs', b: 'theirs' } }, 'helm')
    await edit.replace('a: "1"', 'a: mine')
    const review = await edit.review({ guard: 'none' })
    expect(review).toMatchObject({ strategy: 'strategic', guard: 'none', needsAcknowledgement: true })
    expect(review.overwrites).toMatchObject([{ path: 'data.a', before: '"1"', after: 'theirs', manager: 'helm' }])
    expect(JSON.parse(review.request.body).metadata).toEqual({ uid: expect.any(String) })
    await bench.patch(configMaps, 'last', { data: { c: 'later' } })
    expect(await edit.submit(review, true)).toMatchObject({ attempts: 1 })
    expect((await bench.get(configMaps, 'last')).data).toEqual({ a: 'mine', b: 'theirs', c: 'later' })
  })

  test('none: what others deleted is not brought back', async () => {
    await deployment('torso')
    await bench.jsonPatch('deployment', 'torso', [
      { op: 'add', path: '/spec/template/spec/containers/-', value: { name: 'log', image: 'log:1' } },
    ])
    const edit = await bench.open(deployments, 'torso')
    await bench.jsonPatch('deployment', 'torso', [{ op: 'remove', path: '/spec/template/spec/containers/1' }])
    await edit.replace('image: log:1', 'image: log:2')
    expect(await edit.refusal({ guard: 'none' })).toMatchObject({
      code: 'merge-conflict',
      conflicts: [{ path: ['spec', 'template', 'spec', 'containers', { keys: { name: 'log' } }] }],
    })
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
