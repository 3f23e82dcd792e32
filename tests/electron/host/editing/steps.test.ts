import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wholeHistory } from '../../../../contract/history.ts'
import type { Review } from '../../../../contract/review.ts'
import { valueAt } from '../../../../core/path.ts'
import { untilEstablished } from '../../../established.ts'
import { type Editing, openWorkbench, unwrap, type Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('editing-steps')
}, 120_000)
afterAll(() => bench?.end())

const sets = 'statefulsets.v1alpha1.apps.kruise.io'
const pods = 'pods.v1'

/** A custom resource that no controller answers for, so that its status is what was written. */
async function makeSet(name: string): Promise<void> {
  const template = { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image: 'nginx' }] } }
  await bench.apply({
    apiVersion: 'apps.kruise.io/v1alpha1',
    kind: 'StatefulSet',
    metadata: { name, labels: { app: name } },
    spec: { replicas: 1, serviceName: name, selector: { matchLabels: { app: name } }, template },
  })
}

/** A pod that no node takes. */
async function makePod(name: string): Promise<void> {
  const resources = { requests: { cpu: '10m' }, limits: { cpu: '20m' } }
  const containers = [
    { name: 'main', image: 'nginx', resources },
    { name: 'side', image: 'busybox', resources },
  ]
  await bench.apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: name } },
    spec: { nodeSelector: { none: 'such' }, containers },
  })
}

const withLabelAndStatus = (edit: Editing, name: string) =>
  edit.type(
    `${edit.text.replace(`app: ${name}\n`, `app: ${name}\n    step: one\n`).trimEnd()}\nstatus:\n  replicas: 7\n`,
  )

const stepsOf = ({ steps, request }: Review) =>
  [steps.now, ...steps.later].map(({ subresource }) => subresource ?? request.path.split('/').at(-1))

async function history(name: string) {
  const object = {
    context: 'practice',
    group: 'apps.kruise.io',
    resource: 'statefulsets',
    namespace: bench.namespace,
    name,
  }
  const states = await bench.client.history.watch({
    filter: { ...wholeHistory, object },
    window: { start: 0, count: 9 },
  })
  for await (const { window } of states) return window.rows
  throw new Error('no history')
}

/** Runs a command that was shown, as a person would. */
function runShown({ command }: Review): void {
  const path = `${dirname(bench.practice.kubectlPath)}:${process.env.PATH}`
  const env = { ...process.env, KUBECONFIG: bench.practice.kubeconfigPath, PATH: path }
  expect(command.runnable).toBe(true)
  execFileSync('/bin/sh', ['-c', command.posix], { env })
}

describe('one text, each part to the endpoint that takes it', () => {
  test('an object and its status: two reviews, two requests, and each can be undone', async () => {
    await makeSet('both')
    const edit = await bench.open(sets, 'both')
    await withLabelAndStatus(edit, 'both')

    const first = await edit.review()
    expect(first.steps).toEqual({
      done: [],
      now: { subresource: null, paths: ['metadata.labels.step'], changed: 1 },
      later: [{ subresource: 'status', paths: ['status.replicas'], changed: 1, refusal: null }],
    })
    expect(first.request.path).toMatch(/\/statefulsets\/both$/)
    expect(first.fates).toMatchObject([{ path: 'metadata.labels.step', fate: 'taken' }])
    expect(first.needsAcknowledgement).toBe(false)
    const saved = await edit.submit(first)
    expect(saved.steps).toEqual({
      done: [{ subresource: null, version: saved.baseVersion }],
      left: [{ subresource: 'status', paths: ['status.replicas'], changed: 1 }],
    })
    expect(valueAt(await bench.get(sets, 'both'), ['status'])).toBeUndefined()

    await edit.goOn(saved)
    expect(edit.text).toContain('replicas: 7')
    const second = await edit.review()
    expect(second.steps).toMatchObject({ done: [{ subresource: null }], now: { subresource: 'status' }, later: [] })
    expect(second.request.path).toMatch(/\/statefulsets\/both\/status$/)
    expect(second.fates).toMatchObject([{ path: 'status.replicas', fate: 'taken' }])
    const done = await edit.submit(second)
    expect(done.steps?.left).toEqual([])
    expect(await bench.get(sets, 'both')).toMatchObject({
      metadata: { labels: { step: 'one' } },
      status: { replicas: 7 },
    })

    const [ofStatus, ofObject] = await history('both')
    expect(ofStatus).toMatchObject({ subresource: 'status', step: { number: 2, of: 2 } })
    expect(ofObject).toMatchObject({ subresource: null, step: { number: 1, of: 2, edit: ofStatus?.step?.edit } })
    await edit.goOn(done)
    bench.client.edit.discard({ edit: edit.opened.edit })
    const undone = unwrap(await bench.client.history.undo({ entry: ofStatus?.id ?? '' }))
    if (undone.kind !== 'opened') throw new Error(undone.kind)
    const undo = bench.editing({ ok: true, value: undone.opened })
    const reviewed = await undo.review()
    expect(stepsOf(reviewed)).toEqual(['status'])
    await undo.submit(reviewed)
    expect(valueAt(await bench.get(sets, 'both'), ['status', 'replicas'])).toBeUndefined()
  })

  test('a pod: labels, resources, a debug container, each by its own endpoint', async () => {
    await makePod('three')
    const edit = await bench.open(pods, 'three')
    const text = edit.text
      .replace('app: three\n', 'app: three\n    step: one\n')
      .replace(/cpu: 20m/, 'cpu: 40m')
      .replace('  nodeSelector:', '  ephemeralContainers:\n  - name: debug\n    image: busybox\n  nodeSelector:')
    await edit.type(text)
    const seen: string[] = []
    for (let left = 3; left > 0; left--) {
      const review = await edit.review()
      expect(stepsOf(review)).toHaveLength(left)
      expect(review.steps.later.map(({ refusal }) => refusal?.code ?? null)).toEqual(Array(left - 1).fill(null))
      seen.push(review.request.path.split('/three')[1] ?? '')
      if (left === 1) runShown(review)
      else await edit.goOn(await edit.submit(review))
    }
    expect(seen).toEqual(['', '/resize', '/ephemeralcontainers'])
    expect(await bench.get(pods, 'three')).toMatchObject({
      metadata: { labels: { step: 'one' } },
      spec: { containers: [{ resources: { limits: { cpu: '40m' } } }, {}], ephemeralContainers: [{ name: 'debug' }] },
    })
  })

  test('the finalizers of a namespace that cannot end: a PUT of its own, and then it is gone', async () => {
    const name = `${bench.namespace}-held`
    await bench.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
      spec: { finalizers: ['example.org/hold'] },
    })
    await bench.kubectl('delete', 'namespace', name, '--wait=false')
    const finalizers = async () => valueAt(await bench.get('namespaces.v1', name), ['spec', 'finalizers'])
    await expect.poll(finalizers, { timeout: 60_000 }).toEqual(['example.org/hold'])
    const edit = await bench.open('namespaces.v1', name, { namespace: null })
    await edit.type(edit.text.replace(/ {2}finalizers:\n {2}- example.org\/hold\n/, '  finalizers: []\n'))
    const review = await edit.review()
    expect(stepsOf(review)).toEqual(['finalize'])
    expect(review).toMatchObject({
      strategy: 'replace',
      recommended: { reason: 'put-only' },
      request: { method: 'PUT' },
    })
    expect(review.strategies.filter(({ state }) => state === 'reaches')).toHaveLength(1)
    expect(await edit.submit(review, true)).toMatchObject({ deleted: true })
  })
})

describe('honest where the second step does not come', () => {
  test('who may not write the status is told before the first step, and loses nothing', async () => {
    await makeSet('refused')
    const edit = await bench.open(sets, 'refused', { context: 'practice-editor' })
    await withLabelAndStatus(edit, 'refused')
    const first = await edit.review()
    expect(first.steps.later).toMatchObject([
      { subresource: 'status', refusal: { code: 'forbidden', asked: { verb: 'patch', subresource: 'status' } } },
    ])
    await edit.goOn(await edit.submit(first))
    expect(await edit.refusal()).toMatchObject({ code: 'forbidden', asked: { subresource: 'status' } })
    expect(edit.text).toContain('replicas: 7')
    expect(await bench.client.edit.list()).toContainEqual(
      expect.objectContaining({ edit: edit.opened.edit, changed: true }),
    )
    bench.client.edit.discard({ edit: edit.opened.edit })
  })

  test('what would meet somebody’s change in the last step is decided before the first', async () => {
    await makeSet('met')
    const edit = await bench.open(sets, 'met')
    await withLabelAndStatus(edit, 'met')
    await bench.kubectl('patch', sets, 'met', '--subresource=status', '--type=merge', '-p', '{"status":{"replicas":3}}')
    expect(await edit.refusal()).toMatchObject({
      code: 'merge-conflict',
      conflicts: [{ path: ['status', 'replicas'], mine: 7, theirs: 3 }],
    })
    bench.client.edit.discard({ edit: edit.opened.edit })
  })

  test('the app ends between the steps: the text comes back with the rest unsaved', async () => {
    await makeSet('cut')
    const profile = mkdtempSync(join(tmpdir(), 'patchbay-steps-'))
    const run = () => openWorkbench('unused', { seeded: false, on: bench.practice, profile })
    const before = await run()
    const edit = await before.open(sets, 'cut', { namespace: bench.namespace })
    await withLabelAndStatus(edit, 'cut')
    // The page never hears of it.
    await edit.submit(await edit.review())
    await before.end()

    const after = await run()
    const again = after.editing(await after.client.edit.resume({ edit: edit.opened.edit }))
    expect(again.text).toBe(edit.text)
    expect(again.opened.steps).toMatchObject({ done: [{ subresource: null }], left: [{ subresource: 'status' }] })
    const rest = await again.review()
    expect(stepsOf(rest)).toEqual(['status'])
    expect(rest.steps.done).toHaveLength(1)
    expect(rest.fates.map(({ path }) => path)).toEqual(['status.replicas'])
    await again.submit(rest)
    await after.end()
    rmSync(profile, { recursive: true })
    expect(await bench.get(sets, 'cut')).toMatchObject({
      metadata: { labels: { step: 'one' } },
      status: { replicas: 7 },
    })
  })
})

describe('a subresource by itself', () => {
  test('offers itself to who may patch nothing else, and the command that is shown does the same', async () => {
    await makeSet('scaled')
    const name = 'scales'
    const rules = [{ apiGroups: ['apps.kruise.io'], resources: ['statefulsets/scale'], verbs: ['get', 'patch'] }]
    const rbac = 'rbac.authorization.k8s.io'
    await bench.apply({ apiVersion: `${rbac}/v1`, kind: 'Role', metadata: { name }, rules })
    await bench.apply({
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: 'Role', name },
      subjects: [{ apiGroup: rbac, kind: 'User', name: 'practice-viewer' }],
    })
    const whole = await bench.open(sets, 'scaled', { context: 'practice-viewer' })
    expect(whole.opened).toMatchObject({ readOnly: { code: 'forbidden' }, subresources: ['scale'] })
    const edit = await bench.open(sets, 'scaled', { context: 'practice-viewer', subresource: 'scale' })
    expect(edit.opened.readOnly).toBeNull()
    await edit.replace('replicas: 1\n', 'replicas: 4\n')
    const review = await edit.review()
    expect(review.command.posix).toContain('--subresource=scale')
    runShown(review)
    expect(valueAt(await bench.get(sets, 'scaled'), ['spec', 'replicas'])).toBe(4)
  })

  test.each([
    ['status', (text: string) => `${text.trimEnd()}\nstatus:\n  replicas: 5\n`],
    ['the object', (text: string) => text.replace('replicas: 1\n', 'replicas: 5\n')],
  ])('the command of a step does the same: %s', async (what, change) => {
    const name = `command-${what.split(' ')[0]}`
    await makeSet(name)
    const edit = await bench.open(sets, name)
    await edit.type(change(edit.text))
    runShown(await edit.review())
    const at = what === 'status' ? 'status' : 'spec'
    expect(valueAt(await bench.get(sets, name), [at, 'replicas'])).toBe(5)
  })
})

describe('another served version of a kind', () => {
  test('an edit says what only the stored version holds; of that one it says nothing', async () => {
    const group = `${bench.namespace}.example.org`
    const version = (name: string, storage: boolean, fields: readonly string[]) => ({
      name,
      storage,
      served: true,
      schema: {
        openAPIV3Schema: {
          type: 'object',
          properties: {
            spec: { type: 'object', properties: Object.fromEntries(fields.map(field => [field, { type: 'string' }])) },
          },
        },
      },
    })
    const names = { plural: 'widgets', singular: 'widget', kind: 'Widget' }
    const versions = [version('v1', true, ['size', 'colour']), version('v2', false, ['size'])]
    const definition = `widgets.${group}`
    await bench.apply({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: definition },
      spec: { group, names, scope: 'Namespaced', versions },
    })
    await untilEstablished(words => bench.kubectl(...words), definition)
    const spec = { size: 'small', colour: 'red' }
    await bench.apply({ apiVersion: `${group}/v1`, kind: 'Widget', metadata: { name: 'w' }, spec })
    const held = async (served: string) => {
      const { opened } = await bench.open(`widgets.${served}.${group}`, 'w')
      return unwrap(await bench.client.edit.heldElsewhere({ edit: opened.edit }))
    }
    expect(await held('v2')).toEqual({ version: 'v1', stored: true, paths: ['spec.colour'] })
    expect(await held('v1')).toBeNull()
    await bench.kubectl('delete', 'crd', definition, '--wait=false')
  })

  test('a built-in kind is compared with its preferred version', async () => {
    const { opened } = await bench.open('horizontalpodautoscalers.v1.autoscaling', 'frontend')
    const held = unwrap(await bench.client.edit.heldElsewhere({ edit: opened.edit }))
    expect(held).toMatchObject({ version: 'v2', stored: false })
    expect(held?.paths).toContain('spec.metrics')
    const { opened: usual } = await bench.open('deployments.v1.apps', 'nginx-deployment')
    expect(unwrap(await bench.client.edit.heldElsewhere({ edit: usual.edit }))).toBeNull()
  })
})
