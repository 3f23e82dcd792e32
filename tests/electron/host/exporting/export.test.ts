import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenedEdit } from '../../../../contract/edit.ts'
import type { KustomizeForm } from '../../../../core/export/kustomize.ts'
import { manifestOf } from '../../../../core/export/manifest.ts'
import { equalJson, type Json, type JsonObject } from '../../../../core/json.ts'
import { isObject } from '../../../../core/object.ts'
import { printYaml, readYaml } from '../../../../core/yaml.ts'
import { exportText } from '../../../../renderer/export/export-task.ts'
import { openWorkbench, type Workbench } from '../editing/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('export', { seeded: true })
})
afterAll(() => bench.end())

const container = { name: 'a', image: 'registry.k8s.io/pause:3.10', ports: [{ containerPort: 80 }] }
const selector = { matchLabels: { app: 'a' } }
const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [container] } }
const probed = {
  ...template,
  spec: {
    containers: [{ ...container, readinessProbe: { httpGet: { path: '/', port: 80 } } }],
    volumes: [{ name: 'v', configMap: { name: 'c' } }],
  },
}
const job = { template: { spec: { restartPolicy: 'Never', containers: [container] } } }

const minimal: readonly JsonObject[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    // The practice cluster's policy puts it there.
    metadata: { name: 'm', labels: { 'image-tag': '3.10' } },
    spec: { replicas: 0, selector, template: probed },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'm' },
    spec: { replicas: 0, selector, serviceName: 'm', template },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'm' },
    spec: { selector, template: { ...template, spec: { ...template.spec, nodeSelector: { none: 'x' } } } },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'm' },
    spec: { schedule: '0 0 1 1 *', jobTemplate: { spec: job } },
  },
  { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'm' }, spec: { parallelism: 0, ...job } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'm' }, spec: { ports: [{ port: 80 }] } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' }, data: { a: 'b' } },
]
const types: Readonly<Record<string, string>> = {
  Deployment: 'deployments.v1.apps',
  StatefulSet: 'statefulsets.v1.apps',
  DaemonSet: 'daemonsets.v1.apps',
  CronJob: 'cronjobs.v1.batch',
  Job: 'jobs.v1.batch',
  Service: 'services.v1',
  ConfigMap: 'configmaps.v1',
}

test('an object that the server filled in is exported as its author wrote it', async () => {
  await bench.apply({ apiVersion: 'v1', kind: 'List', items: minimal })
  const exported = await Promise.all(
    minimal.map(async ({ kind }) => {
      const object = await bench.get(types[String(kind)] ?? '', 'm')
      return manifestOf(object, { values: false, applied: null }).object
    }),
  )
  expect(exported).toEqual(
    minimal.map(object => ({
      ...object,
      metadata: { ...(object.metadata as JsonObject), namespace: bench.namespace },
    })),
  )
})

test('a Secret is exported without its values, and with them by choice alone', async () => {
  const secret = await bench.get('secrets.v1', 'database-credentials')
  const bare = manifestOf(secret, { values: false, applied: null })
  expect(bare.object.data).toBeUndefined()
  expect(bare.leftOut).toContainEqual({ path: 'data.password', why: 'secret' })
  expect(manifestOf(secret, { values: true, applied: null }).object.data).toEqual(secret.data)
})

describe('kubectl kustomize makes the edit from its patch', () => {
  let folder: string
  let deployment: OpenedEdit
  let custom: OpenedEdit
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'patchbay-kustomize-'))
    deployment = (await bench.open('deployments.v1.apps', 'nginx-deployment')).opened
    custom = (await bench.open('statefulsets.v1alpha1.apps.kruise.io', 'sample')).opened
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  type Change = (object: JsonObject) => JsonObject
  const pod =
    (change: (spec: JsonObject) => JsonObject): Change =>
    object =>
      at(object, ['spec', 'template', 'spec'], spec => change(spec as JsonObject))
  const main = (change: (container: JsonObject) => JsonObject): Change =>
    pod(spec => ({
      ...spec,
      containers: (spec.containers as JsonObject[]).map((one, index) => (index === 0 ? change(one) : one)),
    }))

  const edits: readonly (readonly [string, Change, KustomizeForm])[] = [
    ['an image', main(one => ({ ...one, image: 'nginx:1.16.1' })), 'merge'],
    [
      'a variable and a field removed',
      main(({ ports: _, ...one }) => ({ ...one, env: [{ name: 'A', value: 'b' }] })),
      'merge',
    ],
    ['a label removed, one added', object => at(object, ['metadata', 'labels'], () => ({ tier: 'x' })), 'json6902'],
    [
      'a second container',
      pod(spec => ({ ...spec, containers: [...(spec.containers as Json[]), { name: 'b', image: 'b:1' }] })),
      'merge',
    ],
    ['replicas to the default', object => at(object, ['spec', 'replicas'], () => 1), 'merge'],
    [
      'two protocols of one port',
      main(one => ({ ...one, ports: [...(one.ports as Json[]), { containerPort: 80, protocol: 'UDP' }] })),
      'json6902',
    ],
    ['another strategy', object => at(object, ['spec', 'strategy'], () => ({ type: 'Recreate' })), 'json6902'],
    ['arguments', main(one => ({ ...one, args: ['-g', 'daemon off;'] })), 'merge'],
    [
      'a field of what the server left empty',
      pod(spec => ({ ...spec, securityContext: { runAsNonRoot: true } })),
      'merge',
    ],
  ]
  test.each(edits)('%s', async (_, change, form) => {
    await holds(deployment, change, form)
    if (form === 'merge') await holds(deployment, change, 'json6902')
  })

  test('a custom resource, by operations', async () => {
    await holds(
      custom,
      main(one => ({ ...one, image: 'nginx:1.27' })),
      'json6902',
    )
    await holds(custom, object => at(object, ['spec', 'replicas'], () => 5), 'json6902')
  })

  async function holds(opened: OpenedEdit, change: Change, form: KustomizeForm): Promise<void> {
    const base = objectOf(opened.text)
    const edited = change(base)
    const task = {
      kind: 'export',
      text: printYaml(edited),
      base: opened.base,
      schema: opened.schema,
      values: false,
    } as const
    const exported = exportText({ ...task, form })
    if (!exported.ok || exported.patch === null) throw new Error('nothing was exported')
    const { patch } = exported
    expect(patch.form).toBe(form)
    const source = manifestOf(base, { values: false, applied: null }).object
    writeFileSync(join(folder, 'source.yaml'), printYaml(source))
    writeFileSync(join(folder, patch.file), patch.patch)
    writeFileSync(join(folder, 'kustomization.yaml'), `resources: [source.yaml]\n${patch.kustomization}`)
    const { stdout } = await bench.kubectl('kustomize', folder)
    const wanted = manifestOf(edited, { values: false, applied: null }).object
    const made = manifestOf(objectOf(stdout), { values: false, applied: null }).object
    if (!equalJson(sorted(made), sorted(wanted))) expect(made).toEqual(wanted)
  }
})

function objectOf(text: string): JsonObject {
  const reading = readYaml(text)
  if (!reading.ok || !isObject(reading.value)) throw new Error(`no object: ${text}`)
  return reading.value
}

function at(object: JsonObject, [step = '', ...rest]: readonly string[], change: (value: Json) => Json): JsonObject {
  const value = object[step] ?? {}
  return { ...object, [step]: rest.length === 0 ? change(value) : at(value as JsonObject, rest, change) }
}

/** Kustomize puts new items of a list first: by their names they are the same. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, child]) => [key, sorted(child)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
