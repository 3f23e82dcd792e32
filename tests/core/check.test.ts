import { describe, expect, test } from 'vitest'
import { checkEdited } from '../../core/check.ts'
import type { JsonObject } from '../../core/json.ts'
import type { ClusterIdentity, ObjectRef } from '../../core/object.ts'
import { readYaml } from '../../core/yaml.ts'

const ref: ObjectRef = {
  // A cluster identity is any text here.
  cluster: 'test' as ClusterIdentity,
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  kind: 'Deployment',
  namespace: 'default',
  name: 'nginx',
  uid: 'u1',
}

const base: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'nginx', namespace: 'default', uid: 'u1', resourceVersion: '7' },
  spec: { replicas: 1 },
}

const codes = (value: JsonObject) => checkEdited(ref, base, value).map(problem => problem.code)
const withMetadata = (metadata: JsonObject) => ({
  ...base,
  metadata: { ...(base.metadata as JsonObject), ...metadata },
})

describe('checkEdited', () => {
  test('passes an edit of the same object', () => {
    expect(codes({ ...base, spec: { replicas: 2 } })).toEqual([])
  })

  test.each([
    [{ ...base, apiVersion: 'apps/v1beta1' }, 'api-version-changed'],
    [{ ...base, kind: 'StatefulSet' }, 'kind-changed'],
    [withMetadata({ name: 'other' }), 'name-changed'],
    [withMetadata({ namespace: 'other' }), 'namespace-changed'],
    [withMetadata({ uid: 'u2' }), 'uid-changed'],
    [withMetadata({ resourceVersion: '8' }), 'resource-version-changed'],
    [withMetadata({ resourceVersion: 7 }), 'resource-version-changed'],
  ])('names the one field that changed: %#', (value, code) => expect(codes(value)).toEqual([code]))

  test('names all of them at once; what was removed counts', () => {
    expect(checkEdited(ref, base, { kind: 'Deployment' })).toEqual([
      { code: 'api-version-changed', expected: 'apps/v1', found: null, path: ['apiVersion'] },
      { code: 'name-changed', expected: 'nginx', found: null, path: ['metadata', 'name'] },
      { code: 'namespace-changed', expected: 'default', found: null, path: ['metadata', 'namespace'] },
      { code: 'uid-changed', expected: 'u1', found: null, path: ['metadata', 'uid'] },
      { code: 'resource-version-changed', expected: '7', found: null, path: ['metadata', 'resourceVersion'] },
    ])
  })

  test('a namespace added to a cluster-scoped object is a change', () => {
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', uid: 'u1', resourceVersion: '1' } }
    const edited = { ...node, metadata: { ...node.metadata, namespace: 'default' } }
    expect(checkEdited({ ...ref, namespace: null }, node, edited)).toMatchObject([
      { code: 'namespace-changed', expected: null, found: 'default' },
    ])
  })

  test('takes type and kind from the ref where the base came from a list', () => {
    const { apiVersion: _, kind: __, ...untyped } = base
    expect(checkEdited(ref, untyped, base)).toEqual([])
    expect(checkEdited(ref, untyped, { ...base, kind: 'Pod' })).toMatchObject([{ code: 'kind-changed' }])
  })

  test('an empty text, and what is no object', () => {
    expect(checkEdited(ref, base, null)).toEqual([{ code: 'yaml-empty', path: [] }])
    expect(checkEdited(ref, base, 'x')).toEqual([{ code: 'yaml-not-an-object', path: [] }])
    expect(checkEdited(ref, null, [base])).toEqual([{ code: 'yaml-not-an-object', path: [] }])
    expect(checkEdited(ref, null, { kind: 'Anything' })).toEqual([])
  })
})

describe('places in the text', () => {
  const places = (text: string) => {
    const reading = readYaml(text)
    if (!reading.ok) throw new Error('the text of the test must be readable')
    return checkEdited(ref, base, reading.value, reading.ranges).map(({ code, range }) => [
      code,
      range?.line,
      range && text.slice(range.from, range.to),
    ])
  }

  test('a changed field is found at its value, a removed one at the key that should hold it', () => {
    const text =
      '# mine\nkind: StatefulSet\nmetadata:\n  name: nginx\n  namespace: other\n  resourceVersion: "7"\nspec: {}\n'
    expect(places(text)).toEqual([
      ['api-version-changed', 2, ''],
      ['kind-changed', 2, 'StatefulSet'],
      ['namespace-changed', 5, 'other'],
      ['uid-changed', 3, 'metadata'],
    ])
  })

  test('a text that is no object is found as a whole', () => {
    expect(places('- a\n')).toEqual([['yaml-not-an-object', 1, '- a']])
  })
})
