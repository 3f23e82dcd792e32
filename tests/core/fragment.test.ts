import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { podSpecOf } from '../../core/containers.ts'
import { diffObjects } from '../../core/diff.ts'
import { mergeFragment, readFragments } from '../../core/fragment.ts'
import type { JsonObject } from '../../core/json.ts'
import { openApiPatchSchema } from '../../core/patch/index.ts'
import { formatPath } from '../../core/path.ts'

const envoy = 'containers: [{name: envoy, image: e}]\nvolumes: [{name: v, emptyDir: {}}]\n'

describe('a text holds part of a PodSpec', () => {
  test.each([
    ['a bare one, as initializers keep it', envoy],
    ['JSON', '{"containers": [{"name": "envoy", "image": "e"}], "volumes": [{"name": "v", "emptyDir": {}}]}'],
    ['under spec', `spec:\n  ${envoy.replace('\n', '\n  ')}`],
    ['under template', `template:\n  spec:\n    ${envoy.replace('\n', '\n    ')}`],
    [
      'a Pod',
      `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nstatus: {}\nspec:\n  nodeName: n\n  ${envoy.replace('\n', '\n  ')}`,
    ],
    [
      'a Deployment',
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: p}\nspec:\n  replicas: 3\n  template:\n    spec:\n      ${envoy.replace('\n', '\n      ')}`,
    ],
  ])('%s', (_name, text) => {
    const read = readFragments(text)
    expect(read).toMatchObject({ ok: true, value: [{}] })
    expect(read.ok && read.value[0]?.podSpec).toEqual({
      containers: [{ name: 'envoy', image: 'e' }],
      volumes: [{ name: 'v', emptyDir: {} }],
    })
  })
  test('several documents are told apart, those that are none left out', () => {
    const read = readFragments(
      `${envoy}---\napiVersion: v1\nkind: ConfigMap\n---\nkind: Pod\nmetadata: {name: p}\nspec: {containers: []}\n`,
    )
    expect(read.ok && read.value.map(({ title }) => title)).toEqual(['envoy, v', 'Pod p'])
  })
  test.each([
    ['volumes alone', 'volumes: []', true],
    ['a ConfigMap', 'apiVersion: v1\nkind: ConfigMap\ndata: {a: b}', 'no-pod-spec'],
    ['nothing', '', 'no-pod-spec'],
    ['a removal', 'containers: [{name: a, $patch: delete}]', 'removes containers[0].$patch'],
    ['a null', 'nodeSelector: {a: null}', 'removes nodeSelector.a'],
  ])('%s', (_name, text, expected) => {
    const read = readFragments(text)
    const said =
      !read.ok && read.problem.code === 'fragment-unfit'
        ? `${read.problem.reason} ${read.problem.detail}`.trim()
        : read.ok
    expect(said).toBe(expected)
  })
})

const deployment: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'd' },
  spec: {
    replicas: 2,
    template: {
      metadata: { labels: { a: 'b' } },
      spec: {
        containers: [
          { name: 'app', image: 'app:1', args: ['--x'], ports: [{ containerPort: 53, protocol: 'UDP' }] },
          { name: 'envoy', image: 'envoy:1', env: [{ name: 'A', value: '1' }] },
        ],
        tolerations: [{ key: 'mine' }],
      },
    },
  },
}

const fragment = {
  title: '',
  podSpec: {
    containers: [
      { name: 'envoy', image: 'envoy:2', env: [{ name: 'B', value: '2' }] },
      { name: 'log', image: 'log' },
      { name: 'app', ports: [{ containerPort: 53, protocol: 'TCP' }] },
    ],
    volumes: [{ name: 'v', emptyDir: {} }],
    tolerations: [{ key: 'theirs' }],
  },
}

describe('a fragment is merged into a template', () => {
  const document = JSON.parse(readFileSync(new URL('../tables/openapi-apps-v1.json', import.meta.url), 'utf8'))
  const read = openApiPatchSchema(document, 'io.k8s.api.apps.v1.Deployment')
  const schema = read.ok ? read.value : null

  test.each([
    ['by the schema of the kind', deployment, schema],
    [
      'by the shape of a custom resource',
      { ...deployment, apiVersion: 'apps.kruise.io/v1beta1', kind: 'StatefulSet' },
      null,
    ],
  ])('%s: items are added and merged, what is there stays first, what differs is told', (_name, object, schema) => {
    const merged = mergeFragment(object, fragment, schema, () => null)
    if (!merged.ok) throw new Error(merged.problem.code)
    expect(podSpecOf(merged.value.object)).toEqual({
      containers: [
        {
          name: 'app',
          image: 'app:1',
          args: ['--x'],
          ports: [
            { containerPort: 53, protocol: 'UDP' },
            { containerPort: 53, protocol: 'TCP' },
          ],
        },
        {
          name: 'envoy',
          image: 'envoy:1',
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        },
        { name: 'log', image: 'log' },
      ],
      tolerations: [{ key: 'mine' }],
      volumes: [{ name: 'v', emptyDir: {} }],
    })
    expect(merged.value.conflicts.map(({ path }) => formatPath(path))).toEqual([
      'spec.template.spec.containers[name=envoy].image',
      'spec.template.spec.tolerations',
    ])
    // Nothing that was there is gone or another.
    const kinds = diffObjects(object, merged.value.object, schema).map(({ kind }) => kind)
    expect(new Set(kinds)).toEqual(new Set(['added']))
  })

  test('what differs is the fragment’s where that is chosen, or both', () => {
    const merged = mergeFragment(deployment, fragment, schema, path =>
      formatPath(path).endsWith('image') ? 'mine' : 'both',
    )
    expect(JSON.stringify(merged)).toContain('"image":"envoy:2"')
    expect(JSON.stringify(merged)).toMatch(/"tolerations":\[\{"key":"mine"\},\{"key":"theirs"\}\]/)
  })

  test('an object without Pods takes none', () => {
    const config = { apiVersion: 'v1', kind: 'ConfigMap' }
    expect(mergeFragment(config, fragment, null, () => null)).toMatchObject({ problem: { reason: 'no-template' } })
  })
})
