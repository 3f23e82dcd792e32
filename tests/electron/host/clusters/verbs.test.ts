import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type JsonObject, printJson } from '../../../../core/json.ts'
import { isObject, metadataOf, snapshotOf } from '../../../../core/object.ts'
import { createAccess } from '../../../../electron/host/access/access.ts'
import { askAccess } from '../../../../electron/host/clusters/access.ts'
import { openClusters } from '../../../../electron/host/clusters/clusters.ts'
import { createObject } from '../../../../electron/host/clusters/create.ts'
import { discover, findKind, kindNamed } from '../../../../electron/host/clusters/discovery.ts'
import { getObject } from '../../../../electron/host/clusters/get.ts'
import { clusterIdentity } from '../../../../electron/host/clusters/identity.ts'
import { type PatchOptions, patchObject } from '../../../../electron/host/clusters/patch.ts'
import { practiceForTests } from '../../../practice/setup.ts'
import { scratchFolder } from './fake-server.ts'
import { openGate } from './open-gate.ts'
import { openApiDocument } from './openapi-document.ts'
import { openPractice } from './practice-clusters.ts'

const practice = await practiceForTests()
const host = await openPractice(practice)
const { signal } = host
afterAll(async () => {
  await host.end()
  await practice.stop()
})

// A name of its own for each run, since a practice cluster may outlive one.
const namespace = `clusters-verbs-${process.pid}`
beforeAll(() => practice.seed(namespace))

const deployments = { group: 'apps', version: 'v1', resource: 'deployments' }
const configMaps = { group: '', version: 'v1', resource: 'configmaps' }
const secrets = { group: '', version: 'v1', resource: 'secrets' }
const nginx = { namespace, name: 'nginx-deployment' }
const common: Omit<PatchOptions, 'mediaType' | 'body'> = { dryRun: false, fieldManager: 'patchbay' }
const strategic = { ...common, mediaType: 'application/strategic-merge-patch+json' }
const merge = { ...common, mediaType: 'application/merge-patch+json' }

async function read(type = deployments, at = nginx): Promise<JsonObject> {
  const answer = await getObject(host.cluster(), type, at, signal)
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem))
  return answer.value.object
}

function patch(body: unknown, options = strategic, at = nginx, type = deployments) {
  return patchObject(host.cluster(), type, at, { ...options, body: JSON.stringify(body) }, signal)
}

function problemOf(answer: Awaited<ReturnType<typeof patch>>) {
  if (answer.ok) throw new Error('it was taken')
  return answer.problem
}

describe('patch', () => {
  it('changes the object and records the field manager', async () => {
    const answer = await patch({ metadata: { labels: { tried: 'yes' } } })
    expect(answer).toMatchObject({ ok: true, value: { object: { metadata: { labels: { tried: 'yes' } } } } })
    expect(JSON.stringify(metadataOf(await read()).managedFields)).toContain('"manager":"patchbay"')
  })

  it('as a dry run shows what admission adds and stores nothing', async () => {
    const before = snapshotOf(await read())
    const container = { name: 'nginx', image: 'nginx:1.16.1' }
    const answer = await patch(
      { spec: { template: { spec: { containers: [container] } } } },
      { ...strategic, dryRun: true },
    )
    expect(answer).toMatchObject({ ok: true, value: { object: { metadata: { labels: { 'image-tag': '1.16.1' } } } } })
    expect(JSON.stringify((await read()).spec)).toBe(JSON.stringify(before.object.spec))
  })

  it('warnings of the server arrive', async () => {
    const body = { spec: { template: { spec: { nodeSelector: { 'beta.kubernetes.io/arch': 'amd64' } } } } }
    const answer = await patch(body, { ...strategic, dryRun: true })
    expect(answer.ok && answer.value.warnings.join()).toContain('beta.kubernetes.io/arch')
  })

  it.each([
    ['an old version', { metadata: { resourceVersion: '1' }, spec: { replicas: 2 } }, { code: 'version-conflict' }],
    ['another uid', { metadata: { uid: 'other' }, spec: { replicas: 2 } }, { code: 'uid-conflict' }],
    ['an unknown field', { spec: { replicsa: 2 } }, { code: 'unknown-field', field: 'spec.replicsa' }],
    ['a wrong value', { spec: { replicas: -1 } }, { code: 'invalid', causes: [{ field: 'spec.replicas' }] }],
    [
      'a policy',
      { spec: { replicas: 51 } },
      { code: 'admission-denied', policy: 'image-rules', stage: 'validating-admission' },
    ],
    ['a wrong type', { spec: { replicas: 'two' } }, { code: 'decoding-failed', message: 'unrecognized type: int32' }],
  ])('%s is told as such', async (_, body, problem) => {
    expect(problemOf(await patch(body))).toMatchObject(problem)
  })

  it('a custom resource takes no strategic patch, and takes a merge patch', async () => {
    const type = { group: 'apps.kruise.io', version: 'v1alpha1', resource: 'statefulsets' }
    const sample = { namespace, name: 'sample' }
    const body = { metadata: { annotations: { tried: 'yes' } } }
    expect(problemOf(await patch(body, strategic, sample, type))).toEqual({
      code: 'media-type-unsupported',
      mediaType: strategic.mediaType,
    })
    expect((await patch(body, merge, sample, type)).ok).toBe(true)
  })

  it('an apply names the owner who is in the way, and is never told as a server error when its fields are unknown', async () => {
    const apply = { ...common, mediaType: 'application/apply-patch+yaml', fieldManager: 'patchbay-apply' }
    const object = (spec: unknown) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: nginx.name },
      spec,
    })
    const refused = problemOf(await patch(object({ replicas: 7 }), apply))
    expect(refused).toMatchObject({ code: 'owner-conflict', owners: [{ field: 'spec.replicas' }] })
    expect(problemOf(await patch(object({ replicsa: 7 }), apply))).toEqual({
      code: 'unknown-field',
      field: 'spec.replicsa',
    })
  })

  it('an object too large is told as such, whichever layer refuses it', async () => {
    const name = 'large'
    const text = 'x'.repeat(900_000)
    await createObject(
      host.cluster(),
      configMaps,
      { namespace, name },
      { ...common, body: configMap(name, {}) },
      signal,
    )
    const at = { namespace, name }
    expect(problemOf(await patch({ data: { a: text, b: text } }, merge, at, configMaps)).code).toMatch(
      /too-large|invalid/,
    )
    expect(problemOf(await patch({ data: { a: 'x'.repeat(3_300_000) } }, merge, at, configMaps)).code).toBe('too-large')
  })

  it('of a Secret never brings its values back in a refusal', async () => {
    const at = { namespace, name: 'database-credentials' }
    for (const data of [{ password: 'planted%%' }, { password: ['planted%%'] }]) {
      const problem = problemOf(await patch({ data }, merge, at, secrets))
      expect(problem.code).toBe('decoding-failed')
      expect(JSON.stringify(problem)).not.toContain('planted')
    }
    const stored = JSON.stringify((await read(secrets, at)).data)
    const unknown = problemOf(await patch({ dat: { a: 'planted' } }, merge, at, secrets))
    expect(unknown).toEqual({ code: 'unknown-field', field: 'dat' })
    expect(stored.length).toBeGreaterThan(10)
  })
})

describe('get and create', () => {
  it('keeps the digits of large integers', async () => {
    const name = 'digits'
    const body = `{"apiVersion":"apps.kruise.io/v1alpha1","kind":"StatefulSet","metadata":{"name":"${name}"}}`
    const type = { group: 'apps.kruise.io', version: 'v1alpha1', resource: 'statefulsets' }
    const dry = { ...common, dryRun: true, body }
    const answer = await createObject(host.cluster(), type, { namespace, name }, dry, signal)
    // What the definition wants is not the matter here: only that the way there and back is open.
    expect(answer.ok || answer.problem.code === 'invalid').toBe(true)
    const big = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"big","generation":9007199254740993}}'
    const made = await createObject(
      host.cluster(),
      configMaps,
      { namespace, name: 'big' },
      { ...common, body: big },
      signal,
    )
    expect(made.ok && printJson(metadataOf(made.value.object).generation ?? null)).toBe('9007199254740993')
  })

  it('missing things are told apart', async () => {
    const get = (type: typeof deployments, at = nginx) => getObject(host.cluster(), type, at, signal)
    expect(await get(deployments, { namespace, name: 'none' })).toMatchObject({
      problem: { code: 'not-found', asked: { resource: 'deployments', name: 'none' } },
    })
    expect(await get({ ...deployments, resource: 'nones' })).toMatchObject({
      problem: { code: 'resource-unknown', group: 'apps', resource: 'nones' },
    })
    const made = { ...common, body: configMap('x', {}) }
    expect(
      await createObject(host.cluster(), configMaps, { namespace: 'none', name: 'x' }, made, signal),
    ).toMatchObject({
      problem: { code: 'not-found', asked: { resource: 'namespaces', name: 'none' } },
    })
  })

  it('the taken name, the unknown field and the exceeded quota are refused in words', async () => {
    const create = (name: string, data: unknown) =>
      createObject(host.cluster(), configMaps, { namespace, name }, { ...common, body: configMap(name, data) }, signal)
    expect((await create('once', {})).ok).toBe(true)
    expect(await create('once', {})).toMatchObject({ problem: { code: 'already-exists' } })
    const typo = configMap('typo', {}).replace('"data"', '"dat"')
    expect(
      await createObject(host.cluster(), configMaps, { namespace, name: 'typo' }, { ...common, body: typo }, signal),
    ).toMatchObject({ problem: { code: 'unknown-field', field: 'dat' } })
  })
})

function configMap(name: string, data: unknown): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data })
}

describe('a person without rights', () => {
  it('is told the verb on what is missing, and can ask before', async () => {
    const viewer = host.cluster('practice-viewer')
    const answer = await patchObject(viewer, deployments, nginx, { ...strategic, body: '{}' }, signal)
    expect(answer).toMatchObject({
      problem: { code: 'forbidden', asked: { verb: 'patch', group: 'apps', resource: 'deployments', namespace } },
    })
    const asked = { verb: 'patch', group: 'apps', resource: 'deployments', ...nginx }
    expect(await askAccess(viewer, asked, signal)).toMatchObject({ ok: true, value: { allowed: false } })
    expect(await askAccess(viewer, { ...asked, verb: 'get' }, signal)).toMatchObject({ value: { allowed: true } })
    expect(await askAccess(host.cluster(), { ...asked, subresource: 'scale' }, signal)).toMatchObject({
      value: { allowed: true },
    })
  })

  it('is told what may be done in a namespace as the server would decide it', async () => {
    const access = createAccess(host.clusters)
    const question = { group: 'apps', resource: 'deployments', namespace, name: null }
    const verbs = ['get', 'list', 'patch', 'delete']
    const answers = async (context: string, where: { readonly namespace: string | null } = { namespace }) => {
      const told = await access.may(verbs.map(verb => ({ ...question, ...where, context, verb })))
      return told.map(({ answer }) => answer).join(' ')
    }
    expect(await answers('practice-viewer')).toBe('yes yes no no')
    expect(await answers('practice-editor')).toBe('yes yes yes yes')
    expect(await answers('practice-editor', { namespace: 'kube-system' })).toBe('yes yes no no')
    expect(await answers('practice-editor', { namespace: null })).toBe('yes yes no no')
    expect(await answers('practice', { namespace: null })).toBe('yes yes yes yes')
    expect(await access.rules('practice-viewer', namespace, false)).toMatchObject({
      ok: true,
      value: { incomplete: false, urls: expect.arrayContaining([expect.objectContaining({ verbs: ['get'] })]) },
    })
  })

  it('without any user is anonymous, and still trusts the cluster by its CA', async () => {
    const folder = scratchFolder()
    const config = readFileSync(practice.kubeconfigPath, 'utf8')
    const file = join(folder.path, 'config')
    writeFileSync(file, config.replace(/("?user"?: *)"?practice[^",}\n]*"?(?=[\s,}])/g, '$1""'))
    const clusters = await openClusters({ kubeconfig: [file], gate: openGate, signal })
    const cluster = clusters.cluster('practice')
    if (!cluster.ok) throw new Error(cluster.problem.code)
    const answer = await getObject(cluster.value, deployments, nginx, signal)
    expect(answer).toMatchObject({ ok: false })
    expect(answer.ok ? '' : answer.problem.code).toMatch(/unauthorized|forbidden/)
    await clusters.end()
    folder.remove()
  })

  it('a server whose CA is not trusted is not talked to', async () => {
    const folder = scratchFolder()
    const server = practice.servers[0]?.url ?? ''
    const file = join(folder.path, 'config')
    const text = {
      clusters: [{ name: 'c', cluster: { server } }],
      contexts: [{ name: 'c', context: { cluster: 'c' } }],
    }
    writeFileSync(file, JSON.stringify(text))
    const clusters = await openClusters({ kubeconfig: [file], gate: openGate, signal })
    const cluster = clusters.cluster('c')
    if (!cluster.ok) throw new Error(cluster.problem.code)
    expect(await getObject(cluster.value, deployments, nginx, signal)).toMatchObject({
      problem: { code: 'tls-failed' },
    })
    await clusters.end()
    folder.remove()
  })
})

describe('what a cluster is and serves', () => {
  it('has one identity by whatever context', async () => {
    const [admin, editor] = await Promise.all(
      ['practice', 'practice-editor'].map(name => clusterIdentity(host.cluster(name), signal)),
    )
    expect(admin?.ok && editor?.ok && admin.value === editor.value).toBe(true)
  })

  it('lists its kinds with verbs and subresources, custom ones too', async () => {
    const kinds = await discover(host.cluster(), { signal })
    if (!kinds.ok) throw new Error(kinds.problem.code)
    expect(kinds.value.failedGroups).toEqual([])
    expect(await findKind(host.cluster(), deployments, signal)).toMatchObject({
      value: { kind: 'Deployment', namespaced: true, shortNames: ['deploy'], preferred: true },
    })
    const scale = kinds.value.kinds.find(kind => kind.resource === 'deployments')?.subresources
    expect(scale).toContainEqual({ name: 'scale', verbs: ['get', 'patch', 'update'] })
    const named = (word: string) => {
      const kind = kindNamed(kinds.value.kinds, word)
      return kind && `${kind.resource}.${kind.version}.${kind.group}`
    }
    expect(named('deploy')).toBe('deployments.v1.apps')
    expect(named('Pod')).toBe('pods.v1.')
    expect(named('statefulset')).toBe('statefulsets.v1.apps')
    expect(named('statefulsets.apps.kruise.io')).toBe('statefulsets.v1alpha1.apps.kruise.io')
    expect(named('statefulsets.v1alpha1.apps.kruise.io')).toBe('statefulsets.v1alpha1.apps.kruise.io')
    expect(named('hpa')).toBe('horizontalpodautoscalers.v2.autoscaling')
    expect(named('horizontalpodautoscalers.v1.autoscaling')).toBe('horizontalpodautoscalers.v1.autoscaling')
    expect(named('nothing')).toBeNull()
    expect(await findKind(host.cluster(), { ...deployments, resource: 'nones' }, signal)).toMatchObject({
      problem: { code: 'resource-unknown' },
    })
  })

  it('gives schemas, and keeps them on disk for their owner alone', async () => {
    const first = await openApiDocument(host.cluster(), deployments, signal)
    expect(first.ok && isObject(first.value) && Object.keys(first.value)).toContain('components')
    const folder = join(host.cacheFolder, 'openapi')
    const [file = ''] = readdirSync(folder)
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)

    // Another start finds it there, and reads it rather than asking.
    writeFileSync(join(folder, file), '{"from":"disk"}')
    const again = await openClusters({
      kubeconfig: [practice.kubeconfigPath],
      gate: openGate,
      signal,
      cacheFolder: host.cacheFolder,
    })
    const cluster = again.cluster('practice')
    if (!cluster.ok) throw new Error(cluster.problem.code)
    expect(await openApiDocument(cluster.value, deployments, signal)).toEqual({ ok: true, value: { from: 'disk' } })
    writeFileSync(join(folder, file), 'broken')
    await again.end()
    expect(await openApiDocument(host.cluster(), { group: 'nones', version: 'v1' }, signal)).toMatchObject({
      problem: { code: 'schema-unavailable' },
    })
  })
})
