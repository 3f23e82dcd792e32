import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { valueAt } from '../../../../core/path.ts'
import { openWorkbench, problemOf, type Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('editing-fates')
}, 120_000)
afterAll(() => bench?.end())

describe('a 200 does not mean that the edit was taken', () => {
  test('what is ignored is not sent before it is acknowledged', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.type(edit.text.replace(/generation: \d+/, 'generation: 98'))
    const review = await edit.review()
    expect(review.needsAcknowledgement).toBe(true)
    expect(problemOf(await edit.trySubmit(review)).code).toBe('fates-unacknowledged')
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('status in the text of the object goes to its own endpoint, and is taken there', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.type(edit.text.replace(/\nstatus:\n/, '\nstatus:\n  collisionCount: 5\n'))
    const review = await edit.review()
    expect(review.steps).toMatchObject({ now: { subresource: 'status', paths: ['status.collisionCount'] }, later: [] })
    expect(review.fates).toMatchObject([{ path: 'status.collisionCount', fate: 'taken' }])
    expect(review.needsAcknowledgement).toBe(false)
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test.each([
    ['generation', /generation: \d+/, 'generation: 99', 'metadata.generation'],
    [
      'creationTimestamp',
      /creationTimestamp: "?[^"\n]+"?/,
      'creationTimestamp: "2001-01-01T00:00:00Z"',
      'metadata.creationTimestamp',
    ],
  ])('%s is called ignored', async (_, from, to, path) => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.type(edit.text.replace(from, to))
    expect((await edit.review()).fates).toMatchObject([{ path, fate: 'ignored' }])
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('labels through /status are called ignored, status there is taken', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment', { subresource: 'status' })
    await edit.type(
      edit.text
        .replace('  labels:\n', '  labels:\n    through: status\n')
        .replace(/\nstatus:\n/, '\nstatus:\n  collisionCount: 3\n'),
    )
    const review = await edit.review()
    expect(review.request.path).toMatch(/\/nginx-deployment\/status$/)
    expect(review.fates).toContainEqual(expect.objectContaining({ path: 'metadata.labels.through', fate: 'ignored' }))
    expect(review.fates).toContainEqual(expect.objectContaining({ path: 'status.collisionCount', fate: 'taken' }))
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('a count that wraps around is called overridden', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.type(edit.text.replace(/replicas: 3\n/, 'replicas: 4294967299\n'))
    expect((await edit.review()).fates).toMatchObject([{ path: 'spec.replicas', mine: '4294967299', fate: 'ignored' }])
    await edit.type(edit.opened.text.replace(/replicas: 3\n/, 'replicas: 4294967298\n'))
    expect((await edit.review()).fates).toMatchObject([{ path: 'spec.replicas', answer: '2', fate: 'overridden' }])
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('a removed or null field that a default fills again is called so', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.type(edit.text.replace(/replicas: 3\n/, 'replicas: null\n'))
    expect((await edit.review()).fates).toMatchObject([
      { path: 'spec.replicas', live: '3', answer: '1', fate: 'overridden' },
    ])
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('a value that a policy replaces is called overridden', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.replace('image-tag: 1.14.2', 'image-tag: mine')
    expect((await edit.review()).fates).toMatchObject([
      { path: 'metadata.labels.image-tag', mine: 'mine', answer: '1.14.2', fate: 'ignored' },
    ])
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('a quantity in other words is called normalised', async () => {
    const edit = await bench.open('deployments.v1.apps', 'frontend')
    await edit.replace('cpu: 100m', 'cpu: 1000m')
    expect((await edit.review()).fates).toMatchObject([{ fate: 'normalised', mine: '1000m', answer: '"1"' }])
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('what any write would cause is told apart from what my edit causes', async () => {
    await bench.kubectl('label', 'namespace', bench.namespace, 'practice.patchbay/policies-')
    await bench.kubectl('create', 'deployment', 'unlabelled', '--image=nginx:1.20.1', '--replicas=0')
    await bench.kubectl('label', 'namespace', bench.namespace, 'practice.patchbay/policies=enabled')
    const edit = await bench.open('deployments.v1.apps', 'unlabelled')
    await edit.replace('revisionHistoryLimit: 10', 'revisionHistoryLimit: 11')
    const review = await edit.review()
    const lines = review.after.split('\n')
    const layers = review.marks
      .filter(mark => mark.side === 'after')
      .map(mark => [lines[mark.line - 1]?.trim(), mark.layer])
    expect(layers).toContainEqual(['image-tag: 1.20.1', 'any-write'])
    expect(layers).toContainEqual(['revisionHistoryLimit: 11', 'mine'])
  })

  test('a port that the server chooses is marked as chosen at submit', async () => {
    const edit = await bench.open('services.v1', 'nameserver')
    await edit.replace('type: ClusterIP', 'type: NodePort')
    const review = await edit.review()
    expect(review.chosenAtSubmit.filter(path => path.endsWith('nodePort'))).toHaveLength(2)
    edit.client.edit.discard({ edit: edit.opened.edit })
  })
})

describe('the right item', () => {
  test('of two ports 53 the edited one is changed', async () => {
    const edit = await bench.open('services.v1', 'nameserver')
    await edit.type(edit.text.replace(/(name: dns-tcp\n[\s\S]*?targetPort: )5353/, '$15354'))
    const review = await edit.review()
    expect(review.fallsShort).not.toEqual([])
    expect(review.strategy).toBe('json')
    expect(review.fates).toMatchObject([{ path: 'spec.ports[port=53,protocol=TCP].targetPort', fate: 'taken' }])
    await edit.submit(review)
    expect(valueAt(await bench.get('services.v1', 'nameserver'), ['spec', 'ports'])).toMatchObject([
      { name: 'dns', protocol: 'UDP', targetPort: 5353 },
      { name: 'dns-tcp', protocol: 'TCP', targetPort: 5354 },
    ])
  })

  test('of two environment variables of one name the edited one is changed', async () => {
    await bench.kubectl('create', 'deployment', 'twice', '--image=a:1', '--replicas=0')
    await bench.kubectl(
      'patch',
      'deployment',
      'twice',
      '--type=json',
      '-p',
      JSON.stringify([
        {
          op: 'add',
          path: '/spec/template/spec/containers/0/env',
          value: [
            { name: 'X', value: 'one' },
            { name: 'X', value: 'two' },
          ],
        },
      ]),
    )
    const edit = await bench.open('deployments.v1.apps', 'twice')
    await edit.replace('value: two', 'value: three')
    await edit.submit(await edit.review())
    const env = valueAt(await bench.get('deployments.v1.apps', 'twice'), [
      'spec',
      'template',
      'spec',
      'containers',
      0,
      'env',
    ])
    expect(env).toEqual([
      { name: 'X', value: 'one' },
      { name: 'X', value: 'three' },
    ])
  })

  test('null at a nullable field of a custom resource is written by a JSON Patch, since a merge patch cannot', async () => {
    const type = 'statefulsets.v1alpha1.apps.kruise.io'
    const limit = async () => valueAt(await bench.get(type, 'sample'), ['spec', 'revisionHistoryLimit'])
    const edit = await bench.open(type, 'sample')
    await edit.submit(await (await edit.replace('revisionHistoryLimit: null', 'revisionHistoryLimit: 5')).review())
    expect(await limit()).toBe(5)
    const review = await (await edit.replace('revisionHistoryLimit: 5', 'revisionHistoryLimit: null')).review()
    expect(review).toMatchObject({ strategy: 'json', fallsShort: ['spec.revisionHistoryLimit'] })
    expect(review.command.posix).toContain('--type=json')
    await edit.submit(review)
    expect(await limit()).toBeNull()
  })

  test('scale is edited through its subresource', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment', { subresource: 'scale' })
    await edit.replace('spec:\n  replicas: 3', 'spec:\n  replicas: 2')
    const review = await edit.review()
    expect(review.request.path).toMatch(/\/scale$/)
    await edit.submit(review)
    expect(valueAt(await bench.get('deployments.v1.apps', 'nginx-deployment'), ['spec', 'replicas'])).toBe(2)
  })

  test('the last finalizer of an object that is being deleted: deleted by this edit', async () => {
    await bench.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'finalized', finalizers: ['example.com/hold'] },
    })
    await bench.kubectl('delete', 'configmap', 'finalized', '--wait=false')
    const edit = await bench.open('configmaps.v1', 'finalized')
    await edit.type(edit.text.replace(/ {2}finalizers:\n {2}- example.com\/hold\n/, ''))
    const saved = await edit.submit(await edit.review(), true)
    expect(saved.deleted).toBe(true)
    const left = await bench.kubectl('get', 'configmaps', '-o', 'name')
    expect(left.stdout).not.toContain('finalized')
  })
})
