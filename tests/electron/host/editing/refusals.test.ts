import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorkbench, show, type Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('editing-refusals')
}, 120_000)
afterAll(() => bench?.end())

const lineOf = (text: string, part: string) => text.split('\n').findIndex(line => line.includes(part)) + 1

describe('what is refused before any request', () => {
  test.each([
    ['kind: Deployment', 'kind: DaemonSet', 'kind-changed'],
    ['apiVersion: apps/v1', 'apiVersion: apps/v1beta1', 'api-version-changed'],
    ['  name: nginx-deployment', '  name: other', 'name-changed'],
    ['  namespace: NAMESPACE', '  namespace: other', 'namespace-changed'],
  ])('%s to %s: %s, on its line', async (from, to, code) => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.replace(`${from.replace('NAMESPACE', bench.namespace)}\n`, `${to}\n`)
    expect(await edit.refusal()).toMatchObject({ code, range: { line: lineOf(edit.text, to) } })
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('another uid', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.type(edit.text.replace(/uid: .*/, 'uid: 00000000-0000-0000-0000-000000000000'))
    expect(await edit.refusal()).toMatchObject({ code: 'uid-changed', range: { line: lineOf(edit.text, 'uid:') } })
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('broken YAML, with its line', async () => {
    const edit = await bench.open('configmaps.v1', 'envoy-initializer')
    await edit.type(`${edit.text}\nbroken: [1, 2\n`)
    expect(await edit.refusal()).toMatchObject({ code: 'yaml-syntax', range: { line: expect.any(Number) } })
    edit.client.edit.discard({ edit: edit.opened.edit })
  })
})

describe('what the server refuses', () => {
  test('a typo in a field, on its line', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.replace('        imagePullPolicy:', '        imagePulPolicy: Always\n        imagePullPolicy:')
    expect(await edit.refusal()).toMatchObject({
      code: 'unknown-field',
      field: expect.stringContaining('imagePulPolicy'),
      range: { line: lineOf(edit.text, 'imagePulPolicy') },
    })
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('a typo in a custom resource, on its line', async () => {
    const edit = await bench.open('statefulsets.v1alpha1.apps.kruise.io', 'sample')
    await edit.replace('  podManagementPolicy:', '  podManagmentPolicy: Parallel\n  podManagementPolicy:')
    expect(await edit.refusal()).toMatchObject({
      code: 'unknown-field',
      range: { line: lineOf(edit.text, 'podManagmentPolicy') },
    })
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('a value that is not allowed, on its line', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.replace('dnsPolicy: ClusterFirst', 'dnsPolicy: ClusterLast')
    expect(await edit.refusal()).toMatchObject({ code: 'invalid', range: { line: lineOf(edit.text, 'dnsPolicy') } })
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('what the server only warns of is shown', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.replace('terminationGracePeriodSeconds: 30', 'terminationGracePeriodSeconds: -1')
    expect((await edit.review()).warnings).toEqual([
      {
        message: expect.stringContaining('terminationGracePeriodSeconds: must be >= 0'),
        range: expect.objectContaining({ line: lineOf(edit.text, 'terminationGracePeriodSeconds') }),
      },
    ])
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('values of a wrong type, each on its line, though the server does not say where', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.replace('image: nginx:1.14.2', 'image: 5')
    await edit.replace('dnsPolicy: ClusterFirst', 'dnsPolicy: true')
    expect(await edit.refusal()).toMatchObject({
      code: 'decoding-failed',
      causes: [
        {
          field: 'spec.template.spec.containers[0].image',
          types: { expected: 'string', found: 'integer' },
          range: { line: lineOf(edit.text, 'image: 5') },
        },
        {
          field: 'spec.template.spec.dnsPolicy',
          types: { expected: 'string', found: 'boolean' },
          range: { line: lineOf(edit.text, 'dnsPolicy') },
        },
      ],
    })
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('several wrong values, each on its line', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.replace('dnsPolicy: ClusterFirst', 'dnsPolicy: ClusterLast')
    await edit.replace('restartPolicy: Always', 'restartPolicy: Sometimes')
    const problem = await edit.refusal()
    expect(problem).toMatchObject({ code: 'invalid' })
    const lines = problem.code === 'invalid' ? problem.causes.map(cause => cause.range?.line) : []
    expect(lines).toEqual(expect.arrayContaining([lineOf(edit.text, 'dnsPolicy'), lineOf(edit.text, 'restartPolicy')]))
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test("an item is found by what it is: the index in the refusal counts the server's items", async () => {
    const edit = await bench.open('deployments.v1.apps', 'frontend')
    const value = { name: 'first', image: 'envoy:1' }
    await bench.jsonPatch('deployment', 'frontend', [{ op: 'add', path: '/spec/template/spec/containers/0', value }])
    await edit.replace('containerPort: 80\n', 'containerPort: 99999\n')
    expect(await edit.refusal()).toMatchObject({
      code: 'invalid',
      causes: [
        {
          field: 'spec.template.spec.containers[1].ports[0].containerPort',
          range: { line: lineOf(edit.text, '99999') },
        },
      ],
    })
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('a policy, named, in its own words', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.replace('image: nginx:1.14.2', 'image: nginx:latest')
    expect(await edit.refusal()).toMatchObject({
      code: 'admission-denied',
      stage: 'validating-admission',
      policy: 'image-rules',
      message: expect.stringContaining('nginx:latest'),
    })
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('a container added to a running Pod', async () => {
    const edit = await bench.open('pods.v1', 'myapp-pod')
    await edit.replace('  containers:\n', '  containers:\n  - name: another\n    image: a:1\n')
    expect(show(await edit.refusal())).toContain('may not add or remove containers')
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('what is computed at every read, and has no version to guard', async () => {
    const opened = bench.open('componentstatuses.v1', 'etcd-0', { namespace: null })
    await expect(opened).rejects.toThrow('verb-unsupported')
  })

  test('an object and a kind that are not there', async () => {
    await expect(bench.open('configmaps.v1', 'nowhere')).rejects.toThrow('not-found')
    await expect(bench.open('nothings.v1', 'x')).rejects.toThrow('resource-unknown')
    await expect(bench.open('configmaps.v1', 'x', { context: 'no-such-context' })).rejects.toThrow('context-unknown')
  })
})
