import { statSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type KubectlOptions, kubectl, tryKubectl } from '../../scripts/practice/kubectl.ts'
import { practiceForTests } from './setup.ts'

// Real programs on a machine that may be busy: a limit for what hangs, not a measure.
vi.setConfig({ testTimeout: 120_000 })

const practice = await practiceForTests()
afterAll(() => practice.stop())

const namespace = 'practice-cluster-test'

function run(line: string, options: KubectlOptions = {}): Promise<string> {
  return kubectl(practice, ['--namespace', namespace, ...line.split(' ')], options)
}

function attempt(line: string, options: KubectlOptions = {}) {
  return tryKubectl(practice, ['--namespace', namespace, ...line.split(' ')], options)
}

async function read(line: string, options: KubectlOptions = {}) {
  return JSON.parse(await run(`get ${line} --output=json`, options))
}

beforeAll(() => practice.seed(namespace))

describe('access', () => {
  it('has a context for each user and for the second cluster', () => {
    expect(practice.contexts).toEqual(['practice', 'practice-editor', 'practice-viewer', 'practice-2'])
  })

  it('keeps the kubeconfig to its owner', () => {
    expect((statSync(practice.kubeconfigPath).mode & 0o777).toString(8)).toBe('600')
  })

  it.each([
    ['practice', 'patch deployments', 'kube-system', 'yes'],
    ['practice-editor', 'patch deployments', 'default', 'yes'],
    ['practice-editor', 'patch deployments', namespace, 'yes'],
    ['practice-editor', 'patch statefulsets.apps.kruise.io', namespace, 'yes'],
    ['practice-editor', 'get secrets', namespace, 'yes'],
    ['practice-editor', 'patch deployments', 'kube-system', 'no'],
    ['practice-editor', 'list deployments', 'kube-system', 'yes'],
    ['practice-editor', 'list nodes', namespace, 'yes'],
    ['practice-viewer', 'list deployments', 'default', 'yes'],
    ['practice-viewer', 'list statefulsets.apps.kruise.io', 'default', 'yes'],
    ['practice-viewer', 'list customresourcedefinitions', 'default', 'yes'],
    ['practice-viewer', 'patch deployments', 'default', 'no'],
    ['practice-viewer', 'patch deployments', namespace, 'no'],
    ['practice-viewer', 'get secrets', 'default', 'no'],
    ['practice-2', 'patch deployments', 'default', 'yes'],
  ])('%s may %s in %s: %s', async (context, request, where, answer) => {
    const args = ['auth', 'can-i', ...request.split(' '), '--namespace', where]
    expect((await tryKubectl(practice, args, { context })).stdout.trim()).toBe(answer)
  })

  it('refuses the viewer what can-i denies', async () => {
    const answer = await attempt('label deployment nginx-deployment touched=yes', { context: 'practice-viewer' })
    expect(answer.stderr).toContain('cannot patch resource "deployments"')
  })

  it('listens on loopback only', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap(list => list ?? [])
      .find(one => !one.internal && one.family === 'IPv4')
    const port = Number(new URL(practice.servers[0]?.url ?? '').port)
    expect(await accepts('127.0.0.1', port)).toBe(true)
    if (outside) expect(await accepts(outside.address, port)).toBe(false)
  })
})

describe('seeds', () => {
  it.each([
    ['default', 'practice'],
    ['default', 'practice-2'],
    [namespace, 'practice'],
  ])('are all in %s of %s', async (where, context) => {
    const names = [
      'deployment.apps/nginx-deployment',
      'deployment.apps/frontend',
      'horizontalpodautoscaler.autoscaling/frontend',
      'configmap/envoy-initializer',
      'configmap/backup-script',
      'secret/database-credentials',
      'service/nameserver',
      'pod/myapp-pod',
      'statefulset.apps.kruise.io/sample',
    ]
    const found = await kubectl(practice, ['get', '--namespace', where, '--output=name', ...names], { context })
    expect(found.trim().split('\n').sort()).toEqual([...names].sort())
  })

  it('become live: the Deployment available, its Pods running', async () => {
    await run('wait --for=condition=Available --timeout=60s deployment/nginx-deployment')
    const pods = await read('pods --selector=app=nginx')
    expect(pods.items.map((pod: { status: { phase: string } }) => pod.status.phase)).toEqual([
      'Running',
      'Running',
      'Running',
    ])
  })

  it('keep the comments of the script', async () => {
    const script = (await read('configmap/backup-script')).data['backup.sh']
    expect(script).toContain('\n# Older than a week: gone.\n')
  })

  it('hold a Secret with a text and with bytes that are none', async () => {
    const { data } = await read('secret/database-credentials')
    expect(Buffer.from(data.password, 'base64').toString()).toBe('correct-horse-battery-staple')
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(data['session.key'], 'base64'))).toThrow()
  })

  it('tell two ports 53 apart by protocol', async () => {
    const { ports } = (await read('service/nameserver')).spec
    expect(ports.map((port: { port: number; protocol: string }) => `${port.port}/${port.protocol}`)).toEqual([
      '53/UDP',
      '53/TCP',
    ])
  })

  it('added again leave alone what a person changed, and bring back what was deleted', async () => {
    const where = `${namespace}-again`
    await practice.seed(where)
    await kubectl(practice, ['label', 'configmap', 'backup-script', 'mine=yes', '--namespace', where])
    await kubectl(practice, ['delete', 'service', 'nameserver', '--namespace', where])
    await practice.seed(where)
    const found = await kubectl(practice, [
      'get',
      'configmap,service',
      '--namespace',
      where,
      '--selector=mine=yes',
      '--output=name',
    ])
    expect(found.trim()).toBe('configmap/backup-script')
    await kubectl(practice, ['get', 'service', 'nameserver', '--namespace', where])
  })
})

describe('policies', () => {
  const image = (value: string) => `set image deployment/nginx-deployment nginx=${value} --dry-run=server`

  it('label a Deployment with the tag of the image that is written', async () => {
    const answer = JSON.parse(await run(`${image('nginx:1.25.3')} --output=json`))
    expect(answer.metadata.labels['image-tag']).toBe('1.25.3')
    expect((await read('deployment/nginx-deployment')).metadata.labels['image-tag']).toBe('1.14.2')
  })

  it.each([
    ['registry.example.com:5000/nginx', 'untagged'],
    ['registry.example.com:5000/team/nginx:1.2', '1.2'],
    [`nginx@sha256:${'a'.repeat(64)}`, 'digest'],
    ['nginx:_odd', 'other'],
  ])('label %s as %s', async (value, tag) => {
    const answer = JSON.parse(await run(`${image(value)} --output=json`))
    expect(answer.metadata.labels['image-tag']).toBe(tag)
  })

  it('refuse the tag latest, and say why', async () => {
    const { code, stderr } = await attempt(image('nginx:latest'))
    expect(code).toBe(1)
    expect(stderr).toContain('container nginx asks for nginx:latest: name a version instead of latest')
  })

  it('refuse too many replicas', async () => {
    const patch = [
      'patch',
      'deployment',
      'nginx-deployment',
      '--namespace',
      namespace,
      '--dry-run=server',
      '--patch',
      '{"spec":{"replicas":51}}',
    ]
    expect((await tryKubectl(practice, patch)).stderr).toContain('at most 50 replicas are allowed, not 51')
  })

  it('inject Envoy into a Pod that asks for it, at creation', async () => {
    const pod = await read('pod/myapp-pod')
    expect(pod.spec.containers.map((one: { name: string }) => one.name)).toEqual(['myapp-container', 'envoy'])
    expect(pod.spec.volumes.map((one: { name: string }) => one.name)).toEqual(['envoy-config'])
  })

  it('leave other Pods alone', async () => {
    const pod = JSON.parse(await run('run plain --image=busybox:1.36 --dry-run=server --output=json'))
    expect(pod.spec.containers).toHaveLength(1)
  })

  it('hold only in labelled namespaces', async () => {
    const args =
      'create deployment free --image=nginx:latest --namespace=kube-public --dry-run=server --output=json'.split(' ')
    expect(JSON.parse(await kubectl(practice, args)).metadata.labels).toEqual({ app: 'free' })
  })
})

describe('the Advanced StatefulSet', () => {
  const patch = (body: unknown) =>
    tryKubectl(practice, [
      'patch',
      'asts',
      'sample',
      '--namespace',
      namespace,
      '--type=merge',
      '--output=json',
      '--patch',
      JSON.stringify(body),
    ])

  it('keeps a null, fields without a schema, and fills in the protocol', async () => {
    const { spec } = await read('asts/sample')
    expect(spec).toHaveProperty('revisionHistoryLimit', null)
    expect(spec.template.spec.readinessGates).toEqual([{ conditionType: 'InPlaceUpdateReady' }])
    expect(spec.template.spec.containers[0].ports[0]).toEqual({ name: 'web', containerPort: 80, protocol: 'TCP' })
  })

  it('refuses two ports with the same number and protocol', async () => {
    const ports = [{ containerPort: 80 }, { containerPort: 80, protocol: 'TCP' }]
    const { stderr } = await patch({ spec: { template: { spec: { containers: [{ name: 'main', ports }] } } } })
    expect(stderr).toContain('Duplicate value')
  })

  it('scales through its subresource', async () => {
    await run('scale asts/sample --replicas=4')
    expect((await read('asts/sample')).spec.replicas).toBe(4)
  })

  it('takes a status only through its subresource', async () => {
    await patch({ status: { readyReplicas: 2 } })
    expect((await read('asts/sample')).status).toBeUndefined()
    await run('patch asts/sample --subresource=status --type=merge --patch={"status":{"readyReplicas":2}}')
    expect((await read('asts/sample')).status.readyReplicas).toBe(2)
  })
})

it('the autoscaler takes back a lower count', async () => {
  const replicas = (count: number) => `wait --for=jsonpath={.spec.replicas}=${count} --timeout=60s deployment/frontend`
  await run(replicas(2))
  await run('scale deployment/frontend --replicas=1')
  await run(replicas(2))
  const { managedFields } = (await read('deployment/frontend --show-managed-fields')).metadata
  const last = managedFields.filter((entry: { subresource?: string }) => entry.subresource === 'scale').at(-1)
  expect(last.manager).toBe('kube-controller-manager')
})

it('the second cluster is another one', async () => {
  const uid = async (context: string) => (await read('namespace/kube-system', { context })).metadata.uid
  expect(await uid('practice-2')).not.toBe(await uid('practice'))
  expect((await attempt(`get namespace ${namespace}`, { context: 'practice-2' })).stderr).toContain('NotFound')
})

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host, port, timeout: 2000 })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    socket.once('timeout', () => end(false))
  })
}
