import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Json, type JsonObject, parseJson } from '../../../../core/json.ts'
import { isList } from '../../../../core/object.ts'
import { valueAt } from '../../../../core/path.ts'
import { lastApplied } from '../../../../core/secrets.ts'
import { openWorkbench, type Workbench } from './workbench.ts'

let bench: Workbench
const folder = mkdtempSync(join(tmpdir(), 'patchbay-applied-'))
beforeAll(async () => {
  bench = await openWorkbench('last-applied')
}, 120_000)
afterAll(async () => {
  await bench?.end()
  rmSync(folder, { recursive: true, force: true })
})

const deployments = 'deployments.v1.apps'

function file(name: string, content: unknown): string {
  const path = join(folder, `${name}.json`)
  writeFileSync(path, JSON.stringify(content))
  return path
}

const workload = (name: string, spec: object, image = 'app:1') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    paused: true,
    ...spec,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'app', image, env: [{ name: 'LEVEL', value: 'info' }] }] },
    },
  },
})

/** An object's configuration that was applied last. */
async function configurationOf(type: string, name: string) {
  const text = valueAt(await bench.get(type, name), ['metadata', 'annotations', lastApplied])
  const parsed = parseJson(String(text))
  if (!parsed.ok) throw new Error('not JSON')
  return parsed.value
}

/** The containers by name: kubectl's patches may put an injected one first. */
function containersOf(object: JsonObject): readonly Json[] {
  const containers = valueAt(object, ['spec', 'template', 'spec', 'containers'])
  return isList(containers)
    ? [...containers].sort((a, b) => (String(valueAt(a, ['name'])) < String(valueAt(b, ['name'])) ? -1 : 1))
    : []
}

// The story in which kubectl edit --save-config copies what others wrote into the annotation, and the next apply of the file then deletes it.
test('my change is remembered alone: an apply of the same file keeps what others wrote', async () => {
  const path = file('story', workload('story', {}))
  await bench.kubectl('apply', '-f', path)
  await bench.kubectl('scale', 'deployment/story', '--replicas=4')
  const envoy = { spec: { template: { spec: { containers: [{ name: 'envoy', image: 'envoy:1' }] } } } }
  await bench.kubectl('patch', 'deployment', 'story', '-p', JSON.stringify(envoy))

  const edit = await bench.open(deployments, 'story')
  await edit.replace('revisionHistoryLimit: 10', 'revisionHistoryLimit: 5')
  await edit.replace('value: info', 'value: debug')
  const review = await edit.review({ lastApplied: true })
  expect(review.lastApplied).toMatchObject({
    holds: ['spec.template.spec.containers[name=app].env[name=LEVEL].value'],
    trouble: null,
    drift: [],
  })
  expect(review.lastApplied?.forecast.map(({ path, outcome }) => `${path} ${outcome}`).sort()).toEqual([
    'spec.revisionHistoryLimit kept',
    'spec.template.spec.containers[name=app].env[name=LEVEL].value kept',
  ])
  // The annotation is a change of mine, which the diff shows as such.
  expect(review.fates.map(({ path, fate }) => `${path} ${fate}`)).toContain(
    `metadata.annotations["${lastApplied}"] taken`,
  )
  const annotation = review.marks.filter(({ path }) => path.includes('last-applied'))
  expect(annotation.every(({ layer }) => layer === 'mine')).toBe(true)
  expect(annotation.length).toBeGreaterThan(0)
  await edit.submit(review)

  const configuration = await configurationOf(deployments, 'story')
  expect(valueAt(configuration, ['spec', 'replicas'])).toBeUndefined()
  expect(valueAt(configuration, ['spec', 'revisionHistoryLimit'])).toBeUndefined()
  expect(valueAt(configuration, ['spec', 'template', 'spec', 'containers'])).toEqual([
    { name: 'app', image: 'app:1', env: [{ name: 'LEVEL', value: 'debug' }] },
  ])

  // The file as its owner has it after taking over the one value.
  const changed = workload('story', {})
  changed.spec.template.spec.containers[0]?.env.splice(0, 1, { name: 'LEVEL', value: 'debug' })
  for (const next of [changed, changed]) {
    await bench.kubectl('apply', '-f', file('story-changed', next))
    const live = await bench.get(deployments, 'story')
    expect(valueAt(live, ['spec', 'replicas'])).toBe(4)
    expect(valueAt(live, ['spec', 'revisionHistoryLimit'])).toBe(5)
    expect(containersOf(live)).toMatchObject([{ name: 'app', env: [{ value: 'debug' }] }, { name: 'envoy' }])
  }
  // The untouched file takes back what it holds itself, and that alone.
  await bench.kubectl('apply', '-f', path)
  const live = await bench.get(deployments, 'story')
  expect(valueAt(live, ['spec', 'replicas'])).toBe(4)
  expect(containersOf(live)).toMatchObject([{ name: 'app', env: [{ value: 'info' }] }, { name: 'envoy' }])
})

test('the forecast is what kubectl apply then does, field by field', async () => {
  const path = file('forecast', workload('forecast', { replicas: 0, minReadySeconds: 3 }))
  await bench.kubectl('apply', '-f', path)
  const edit = await bench.open(deployments, 'forecast')
  await edit.replace('minReadySeconds: 3', 'minReadySeconds: 7')
  await edit.replace('revisionHistoryLimit: 10', 'revisionHistoryLimit: 5')
  await edit.replace('value: info', 'value: debug\n        - name: MORE\n          value: "1"')
  const review = await edit.review()
  const forecast = new Map(review.lastApplied?.forecast.map(one => [one.path, one]))
  expect(Object.fromEntries([...forecast].map(([at, { outcome }]) => [at, outcome]))).toEqual({
    'spec.minReadySeconds': 'reverted',
    'spec.revisionHistoryLimit': 'kept',
    'spec.template.spec.containers[name=app].env[name=LEVEL].value': 'reverted',
    'spec.template.spec.containers[name=app].env[name=MORE]': 'kept',
  })
  expect(forecast.get('spec.minReadySeconds')).toMatchObject({ mine: '7', next: '3' })
  await edit.submit(review)
  await bench.kubectl('apply', '-f', path)
  const live = await bench.get(deployments, 'forecast')
  expect(live.spec).toMatchObject({ minReadySeconds: 3, revisionHistoryLimit: 5 })
  expect(containersOf(live)).toMatchObject([{ env: [{ value: 'info' }, { name: 'MORE' }] }])
})

test('drift: what was applied and is not so any more; neither defaults nor the server’s own words', async () => {
  const drifting = workload('drift', { replicas: 0, minReadySeconds: 3 })
  const [container] = drifting.spec.template.spec.containers
  Object.assign(container ?? {}, { resources: { limits: { cpu: '1000m', memory: '1024Mi' } } })
  await bench.kubectl('apply', '-f', file('drift', drifting))
  const none = await bench.open(deployments, 'drift')
  expect((await none.review()).lastApplied?.drift).toEqual([])
  await bench.patch(deployments, 'drift', { spec: { minReadySeconds: 9, revisionHistoryLimit: 1 } })
  const edit = await bench.open(deployments, 'drift')
  expect((await edit.review()).lastApplied?.drift).toEqual([{ path: 'spec.minReadySeconds', before: '3', after: '9' }])
})

test('what I remove is removed from the configuration too, and an apply of that brings nothing back', async () => {
  await bench.kubectl('apply', '-f', file('removed', workload('removed', { minReadySeconds: 3 })))
  const edit = await bench.open(deployments, 'removed')
  await edit.replace('  minReadySeconds: 3\n', '')
  expect((await edit.review()).lastApplied?.forecast).toMatchObject([{ outcome: 'reverted', mine: null, next: '3' }])
  const review = await edit.review({ lastApplied: true })
  expect(review.lastApplied?.forecast).toMatchObject([{ outcome: 'kept' }])
  await edit.submit(review)
  const configuration = await configurationOf(deployments, 'removed')
  expect(valueAt(configuration, ['spec', 'minReadySeconds'])).toBeUndefined()
  await bench.kubectl('apply', '-f', file('removed', configuration))
  expect(valueAt(await bench.get(deployments, 'removed'), ['spec', 'minReadySeconds'])).toBeUndefined()
})

test('an annotation that cannot be read, or that is of another object, is told and left alone', async () => {
  for (const [name, text, trouble] of [
    ['broken', '{"kind":', 'unreadable'],
    ['copied', JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } }), 'other-object'],
  ] as const) {
    await bench.kubectl('create', 'configmap', name, '--from-literal=a=1')
    await bench.kubectl('annotate', 'configmap', name, `${lastApplied}=${text}`)
    const edit = await bench.open('configmaps.v1', name)
    await edit.replace('a: "1"', 'a: "2"')
    const review = await edit.review({ lastApplied: true })
    expect(review.lastApplied).toEqual({ drift: [], forecast: [], holds: [], trouble })
    await edit.submit(review)
    expect(valueAt(await bench.get('configmaps.v1', name), ['metadata', 'annotations', lastApplied])).toBe(text)
  }
})

test('an object that was never applied has nothing to remember', async () => {
  await bench.kubectl('create', 'configmap', 'plain', '--from-literal=a=1')
  const edit = await bench.open('configmaps.v1', 'plain')
  await edit.replace('a: "1"', 'a: "2"')
  expect((await edit.review({ lastApplied: true })).lastApplied).toBeNull()
})

test('a Secret’s configuration is remembered without a value being shown', async () => {
  const data = { password: Buffer.from('hunter2-before').toString('base64') }
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'hidden' }, data }
  await bench.kubectl('apply', '-f', file('hidden', secret))
  await bench.patch('secrets.v1', 'hidden', { data: { password: Buffer.from('hunter2-drift').toString('base64') } })
  const edit = await bench.open('secrets.v1', 'hidden')
  await edit.type(edit.text.replace(/^( {2}password: ).*$/m, '$1hunter2-mine'))
  const review = await edit.review({ lastApplied: true })
  expect(review.lastApplied).toMatchObject({ drift: [{ path: 'data.password' }], holds: ['data.password'] })
  const told = JSON.stringify(review)
  for (const value of ['hunter2-before', 'hunter2-drift', 'hunter2-mine']) {
    expect(told).not.toContain(value)
    expect(told).not.toContain(Buffer.from(value).toString('base64'))
  }
  await edit.submit(review)
  expect(valueAt(await configurationOf('secrets.v1', 'hidden'), ['data', 'password'])).toBe(
    Buffer.from('hunter2-mine').toString('base64'),
  )
})
