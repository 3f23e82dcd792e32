import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Strategy } from '../../../../contract/strategy.ts'
import type { JsonObject } from '../../../../core/json.ts'
import { isObject, metadataOf } from '../../../../core/object.ts'
import { valueAt } from '../../../../core/path.ts'
import { type Editing, openWorkbench, problemOf, unwrap, type Workbench } from './workbench.ts'

let bench: Workbench
/** Where real kubectl does what ours does in the bench's own namespace. */
let twin: string
const folder = mkdtempSync(join(tmpdir(), 'patchbay-manifests-'))

beforeAll(async () => {
  bench = await openWorkbench('manifest')
  twin = `manifest-twin-${randomBytes(4).toString('hex')}`
  await bench.kubectl('create', 'namespace', twin)
  // The policies of the bench's own namespace mutate Deployments.
  await bench.kubectl('label', 'namespace', twin, 'practice.patchbay/policies=enabled')
}, 120_000)
afterAll(async () => {
  await bench?.kubectl('delete', 'namespace', twin, '--wait=false')
  await bench?.end()
  rmSync(folder, { recursive: true, force: true })
})

const configMaps = 'configmaps.v1'

const open = (text: string, namespace: string | null = bench.namespace) =>
  bench.client.manifest.open({ context: 'practice', namespace, text })

/** The edit of the one object that a manifest holds. */
async function edit(text: string): Promise<Editing> {
  const opened = unwrap(await open(text))
  if (opened.kind !== 'opened') throw new Error('several objects')
  return bench.editing({ ok: true, value: opened.opened })
}

function file(text: string): string {
  const path = join(folder, 'manifest.yaml')
  writeFileSync(path, text)
  return path
}

const kubectlApply = (namespace: string, text: string) => bench.kubectl('-n', namespace, 'apply', '-f', file(text))

const configMap = (name: string, data: string, more = '') =>
  `# ours\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}data: ${data}\n`

describe('opening', () => {
  test('what is there opens as a manifest with its text; what is not, as a creation', async () => {
    await kubectlApply(bench.namespace, configMap('opened', '{a: "1"}'))
    const text = configMap('opened', '{a: "2"}')
    const manifest = await edit(text)
    expect(manifest.opened).toMatchObject({ origin: 'manifest', text, base: null, baseVersion: null })
    expect((await edit(text)).opened.edit).toBe(manifest.opened.edit)
    expect((await edit(configMap('not-there', '{a: "2"}'))).opened).toMatchObject({ origin: 'create', base: null })
  })

  test('several objects are listed, each with a text that opens it', async () => {
    const text = `${configMap('first', '{}')}---\nkind: List\napiVersion: v1\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: second}}\n---\na: [\n`
    const opened = unwrap(await open(text))
    expect(opened).toMatchObject({
      kind: 'several',
      documents: [
        { line: 1, apiVersion: 'v1', kind: 'ConfigMap', name: 'first', namespace: null, problem: null },
        { kind: 'Secret', name: 'second', problem: null },
        { kind: null, name: null, problem: { code: 'yaml-syntax' } },
      ],
    })
    if (opened.kind !== 'several') return
    const [first] = opened.documents
    expect((await edit(first?.text ?? '')).text).toBe(configMap('first', '{}'))
  })

  test.each([
    ['nothing', '# nothing\n', { code: 'yaml-empty' }],
    ['no names', 'a: 1\n', { code: 'manifest-incomplete', missing: ['apiVersion', 'kind', 'metadata.name'] }],
    [
      'a kind that is not served',
      'apiVersion: example.org/v1\nkind: Nothing\nmetadata: {name: x}\n',
      { code: 'resource-unknown', group: 'example.org', resource: 'Nothing' },
    ],
    [
      'another namespace than was asked for',
      configMap('x', '{}', '  namespace: elsewhere\n'),
      { code: 'namespace-changed', found: 'elsewhere' },
    ],
  ])('%s', async (_, text, problem) => {
    expect(problemOf(await open(text))).toMatchObject(problem)
  })

  test('without a namespace asked for, the manifest says where', async () => {
    const text = configMap('said', '{}', `  namespace: ${bench.namespace}\n`)
    const opened = unwrap(await open(text, null))
    expect(opened).toMatchObject({ opened: { ref: { namespace: bench.namespace } } })
  })

  test('a text that comes to speak of another object is refused at its line', async () => {
    await kubectlApply(bench.namespace, configMap('renamed', '{a: "1"}'))
    const manifest = await edit(configMap('renamed', '{a: "2"}'))
    await manifest.replace('name: renamed', 'name: other')
    expect(await manifest.refusal()).toMatchObject({ code: 'name-changed', range: { line: 5 } })
  })
})

describe('creations', () => {
  test('a manifest creates its object and stays a manifest with its text', async () => {
    const text = configMap('created', '{a: "1"}')
    const creation = await edit(text)
    const saved = await creation.submit(await creation.review({ lastApplied: true }))
    const next = bench.editing(await bench.client.edit.resume({ edit: saved.edit }))
    expect(next.opened).toMatchObject({ origin: 'manifest', text })
    expect(JSON.parse(next.opened.applied ?? '')).toMatchObject({ data: { a: '1' } })
    expect((await next.review()).changesAnything).toBe(false)
    // kubectl takes it for its own.
    expect((await kubectlApply(bench.namespace, text)).stdout).toContain('unchanged')
  })

  test('a generated name is another one each time; what was created goes on as an edit', async () => {
    const creation = await edit('apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: gen-}\ndata: {a: "1"}\n')
    expect(creation.opened.origin).toBe('create')
    const review = await creation.review()
    expect(review.chosenAtSubmit).toContain('metadata.name')
    const saved = await creation.submit(review)
    expect(saved.differences).toEqual([])
    const next = unwrap(await bench.client.edit.resume({ edit: saved.edit }))
    expect(next.origin).toBe('edit')
    expect(next.ref.name).toMatch(/^gen-./)
  })

  test('already-exists: the text goes on against the object that is there', async () => {
    const text = configMap('taken', '{mine: "1"}')
    const creation = await edit(text)
    await bench.kubectl('create', 'configmap', 'taken', '--from-literal=theirs=1')
    expect(await creation.refusal()).toMatchObject({ code: 'already-exists' })
    const manifest = bench.editing(await bench.client.edit.againstLive({ edit: creation.opened.edit }))
    expect(manifest.opened).toMatchObject({ origin: 'manifest', text })
    const review = await manifest.review()
    expect(review.recommended).toMatchObject({ strategy: 'apply', reason: 'manifest' })
    await manifest.submit(review)
    expect(valueAt(await bench.get(configMaps, 'taken'), ['data'])).toEqual({ mine: '1', theirs: '1' })
    expect(problemOf(await bench.client.edit.resume({ edit: creation.opened.edit }))).toEqual({ code: 'edit-unknown' })
  })

  test('a stranger under the name: the text of the edit goes on against it', async () => {
    await bench.kubectl('create', 'configmap', 'stranger', '--from-literal=a=1')
    const editing = await bench.open(configMaps, 'stranger')
    await editing.replace('a: "1"', 'a: "2"')
    await bench.kubectl('delete', 'configmap', 'stranger')
    await bench.kubectl('create', 'configmap', 'stranger', '--from-literal=b=1')
    expect(await editing.refusal()).toMatchObject({ code: 'object-replaced' })
    const manifest = bench.editing(await bench.client.edit.againstLive({ edit: editing.opened.edit }))
    expect(manifest.text).not.toMatch(/uid:|resourceVersion:/)
    await manifest.submit(await manifest.review())
    expect(valueAt(await bench.get(configMaps, 'stranger'), ['data'])).toEqual({ a: '2', b: '1' })
  })
})

describe('strategies', () => {
  const text = configMap('ways', '{a: "2"}')
  const outcomes: readonly [Strategy, JsonObject, string][] = [
    ['client-side-apply', { a: '2', theirs: '1' }, 'application/strategic-merge-patch+json'],
    ['apply', { a: '2', b: '1', theirs: '1' }, 'application/apply-patch+yaml'],
    ['replace', { a: '2' }, 'application/json'],
  ]
  test.each(outcomes)('%s', async (strategy, data, mediaType) => {
    if (strategy === 'create') return
    await bench.kubectl('delete', 'configmap', 'ways', '--ignore-not-found')
    await kubectlApply(bench.namespace, configMap('ways', '{a: "1", b: "1"}'))
    await bench.patch(configMaps, 'ways', { data: { theirs: '1' } })
    const manifest = await edit(text)
    const review = await manifest.review({ strategy, force: true })
    expect(review).toMatchObject({ strategy, guard: 'version', request: { mediaType }, basis: 'server' })
    expect(review.recommended).toMatchObject({ strategy: 'client-side-apply', guard: 'version', reason: 'manifest' })
    expect(review.strategies.map(offer => `${offer.strategy} ${offer.state}`)).toEqual([
      'client-side-apply reaches',
      'apply reaches',
      'replace reaches',
    ])
    // Of what a replace takes away the manifest has said `b` itself, and took it out.
    const overwrites = strategy === 'replace' ? [{ path: 'data.theirs', before: null, after: '"1"' }] : []
    expect(review.overwrites).toMatchObject(overwrites)
    const saved = await manifest.submit(review, review.needsAcknowledgement)
    expect(saved.differences).toEqual([])
    expect(valueAt(await bench.get(configMaps, 'ways'), ['data'])).toEqual(data)
    const list = await bench.client.edit.list()
    expect(list.find(one => one.edit === manifest.opened.edit)).toMatchObject({ origin: 'manifest', changed: false })
    await bench.client.edit.discard({ edit: manifest.opened.edit })
  })

  test('where server-side apply would take force, client-side apply is recommended, with the owners', async () => {
    await bench.kubectl('create', 'configmap', 'owned', '--from-literal=a=1')
    const manifest = await edit(configMap('owned', '{a: "2"}'))
    const review = await manifest.review()
    expect(review.recommended).toEqual({
      strategy: 'client-side-apply',
      guard: 'version',
      reason: 'owned',
      paths: ['data.a'],
      managers: ['kubectl-create'],
    })
    // What kubectl keeps for itself is nobody's field.
    expect(review.owners).toEqual([])
    await manifest.submit(review)
    expect((await kubectlApply(bench.namespace, manifest.text)).stdout).toContain('unchanged')
  })

  test('replace is not offered to who may not update', async () => {
    await kubectlApply(bench.namespace, configMap('patchable', '{a: "1"}'))
    await bench.kubectl('create', 'role', 'patcher', '--verb=get,list,watch,patch', '--resource=configmaps')
    await bench.kubectl('create', 'rolebinding', 'patcher', '--role=patcher', '--user=practice-viewer')
    const mayPatch = () => bench.kubectl('auth', 'can-i', 'patch', 'configmaps', '--as=practice-viewer')
    await expect.poll(mayPatch, { timeout: 10_000 }).toMatchObject({ stdout: 'yes\n' })
    const text = configMap('patchable', '{a: "2"}')
    const asked = { context: 'practice-viewer', namespace: bench.namespace, text }
    const opened = unwrap(await bench.client.manifest.open(asked))
    if (opened.kind !== 'opened') throw new Error('several objects')
    const review = await bench.editing({ ok: true, value: opened.opened }).review()
    expect(review.strategies.find(({ strategy }) => strategy === 'replace')?.state).toBe('not-allowed')
  })

  test('patches of an edit are none of a manifest, and an edit is no manifest', async () => {
    await kubectlApply(bench.namespace, configMap('unserved', '{a: "1"}'))
    const manifest = await edit(configMap('unserved', '{a: "2"}'))
    expect(problemOf(await manifest.tryReview({ strategy: 'json' }))).toMatchObject({ code: 'strategy-unserved' })
    expect(problemOf(await manifest.tryReview({ guard: 'none' }))).toMatchObject({ code: 'guard-unsupported' })
    const editing = await bench.open(configMaps, 'unserved')
    await editing.replace('a: "1"', 'a: "2"')
    expect(problemOf(await editing.tryReview({ strategy: 'client-side-apply' }))).toMatchObject({
      code: 'strategy-unserved',
    })
  })

  test('what another writer changes between review and submit comes back to the person where the manifest says otherwise', async () => {
    await kubectlApply(bench.namespace, configMap('moved', '{a: "1", b: "1"}'))
    const manifest = await edit(configMap('moved', '{a: "2", b: "1"}'))
    const review = await manifest.review()
    await bench.patch(configMaps, 'moved', { data: { b: 'theirs' } })
    expect(unwrap(await manifest.trySubmit(review))).toMatchObject({ kind: 'review-again' })
    const again = await manifest.review()
    await bench.patch(configMaps, 'moved', { data: { c: 'theirs' } })
    expect((await manifest.submit(again)).attempts).toBe(2)
    expect(valueAt(await bench.get(configMaps, 'moved'), ['data'])).toEqual({ a: '2', b: '1', c: 'theirs' })
  })
})

/** An object without what differs between two namespaces and two moments. */
function comparable(object: JsonObject, namespace: string): unknown {
  const { status: _, ...rest } = object
  const own = ['uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields', 'namespace']
  const metadata = Object.fromEntries(Object.entries(metadataOf(object)).filter(([key]) => !own.includes(key)))
  return JSON.parse(JSON.stringify({ ...rest, metadata }).replaceAll(namespace, 'NAMESPACE'))
}

describe('client-side apply is what kubectl apply is', () => {
  const workload = (containers: string, more = '') =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: same\n  labels: {tier: web}\nspec:\n${more}  selector: {matchLabels: {app: same}}\n  template:\n    metadata: {labels: {app: same}}\n    spec:\n      containers:\n${containers}`
  const app = (image: string, more = '') => `      - name: app\n        image: ${image}\n${more}`
  const stages: readonly [string, string, readonly string[] | null][] = [
    [
      'created',
      workload(
        app(
          'a:1',
          '        args: [x, "<&>"]\n        ports:\n        - containerPort: 80\n        env:\n        - {name: A, value: "1"}\n        - {name: B, value: "1"}\n',
        ),
        '  replicas: 0\n  paused: true\n',
      ),
      null,
    ],
    [
      'a sidecar injected meanwhile, an item and fields taken out, one put in',
      workload(
        app(
          'a:2',
          '        ports:\n        - containerPort: 80\n        - containerPort: 81\n        env:\n        - {name: B, value: "2"}\n',
        ),
        '  paused: true\n  minReadySeconds: 3\n',
      ),
      [
        'deployment',
        'same',
        '--type=strategic',
        '-p',
        '{"spec":{"template":{"spec":{"containers":[{"name":"envoy","image":"envoy:1"}]}}}}',
      ],
    ],
    [
      'scaled meanwhile, and replicas left out',
      workload(app('a:2'), '  paused: true\n'),
      ['deployment', 'same', '-p', '{"spec":{"replicas":0,"revisionHistoryLimit":4}}'],
    ],
    [
      'applied again',
      workload(app('a:2'), '  paused: true\n'),
      ['deployment', 'same', '--type=merge', '-p', '{"metadata":{"labels":{"tier":"other","more":"1"}}}'],
    ],
  ]

  test('after each of a sequence of manifests and of foreign writes', async () => {
    for (const [stage, text, foreign] of stages) {
      if (foreign !== null) {
        for (const namespace of [bench.namespace, twin]) await bench.kubectl('-n', namespace, 'patch', ...foreign)
      }
      await kubectlApply(twin, text)
      const manifest = await edit(text)
      const creates = manifest.opened.origin === 'create'
      const review = await manifest.review(creates ? { lastApplied: true } : { strategy: 'client-side-apply' })
      // A field that is left out comes back as its default, which the review wants acknowledged.
      if (review.changesAnything) await manifest.submit(review, review.needsAcknowledgement)
      const [ours, theirs] = await Promise.all(
        [bench.namespace, twin].map(async namespace => {
          const { stdout } = await bench.kubectl('-n', namespace, 'get', 'deployment', 'same', '-o', 'json')
          const object: unknown = JSON.parse(stdout)
          // What kubectl prints is an object.
          return isObject(object as JsonObject) ? comparable(object as JsonObject, namespace) : null
        }),
      )
      expect(ours, stage).toEqual(theirs)
    }
  }, 60_000)

  test('of a custom resource too, by merge patches', async () => {
    const custom = (spec: string) =>
      `apiVersion: apps.kruise.io/v1alpha1\nkind: StatefulSet\nmetadata: {name: same}\nspec: ${spec}\n`
    const rest =
      'serviceName: s, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: c}]}}'
    for (const spec of [`{replicas: 1, revisionHistoryLimit: 2, ${rest}}`, `{replicas: 2, ${rest}}`]) {
      await kubectlApply(twin, custom(spec))
      const manifest = await edit(custom(spec))
      const creates = manifest.opened.origin === 'create'
      await manifest.submit(await manifest.review(creates ? { lastApplied: true } : { strategy: 'client-side-apply' }))
    }
    const [ours, theirs] = await Promise.all(
      [bench.namespace, twin].map(async namespace => {
        const { stdout } = await bench.kubectl(
          '-n',
          namespace,
          'get',
          'statefulsets.apps.kruise.io',
          'same',
          '-o',
          'json',
        )
        return comparable(JSON.parse(stdout), namespace)
      }),
    )
    expect(ours).toEqual(theirs)
  }, 60_000)
})

test('a Secret’s manifest shows no value outside its text', async () => {
  const secret = (value: string) =>
    `apiVersion: v1\nkind: Secret\nmetadata: {name: hidden}\nstringData: {password: ${value}}\n`
  await kubectlApply(bench.namespace, secret('hunter2-before'))
  const manifest = await edit(secret('hunter2-after'))
  const review = await manifest.review()
  expect(review.strategy).toBe('client-side-apply')
  const told = JSON.stringify(review)
  for (const value of ['hunter2-before', 'hunter2-after']) {
    expect(told).not.toContain(value)
    expect(told).not.toContain(Buffer.from(value).toString('base64'))
  }
  await manifest.submit(review, review.needsAcknowledgement)
  const { data } = (await bench.get('secrets.v1', 'hidden')) as { data: { password: string } }
  expect(data.password).toBe(Buffer.from('hunter2-after').toString('base64'))
})

test('deleted while its manifest is open: said so, the text kept', async () => {
  await kubectlApply(bench.namespace, configMap('vanished', '{a: "1"}'))
  const text = configMap('vanished', '{a: "2"}')
  const manifest = await edit(text)
  await bench.kubectl('delete', 'configmap', 'vanished')
  expect(await manifest.refusal()).toMatchObject({ code: 'object-gone' })
  const creation = bench.editing(await bench.client.edit.recreate({ edit: manifest.opened.edit }))
  expect(creation.opened).toMatchObject({ origin: 'create', text })
  const saved = await creation.submit(await creation.review())
  expect(unwrap(await bench.client.edit.resume({ edit: saved.edit }))).toMatchObject({ origin: 'manifest', text })
})
