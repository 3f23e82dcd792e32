import { describe, expect, test } from 'vitest'
import { diffObjects } from '../../core/diff.ts'
import type { JsonObject } from '../../core/json.ts'
import { actsAgain, changedBy, ownersOf } from '../../core/ownership.ts'
import type { Path } from '../../core/path.ts'
import { workload, workloadSchema } from './schemas.ts'

const entry = (manager: string, fieldsV1: JsonObject, time = '2026-01-01T00:00:00Z', more: JsonObject = {}) => ({
  manager,
  operation: 'Update',
  apiVersion: 'example.org/v1',
  time,
  fieldsType: 'FieldsV1',
  fieldsV1,
  ...more,
})

const spec = {
  replicas: 2,
  selector: { app: 'x' },
  containers: [{ name: 'a', image: '1', ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }] }],
}
const containerFields = {
  'k:{"name":"a"}': {
    '.': {},
    'f:image': {},
    // The server's spelling: any key order, any blanks.
    'f:ports': { 'k:{"protocol":"TCP", "containerPort":80}': { '.': {}, 'f:containerPort': {} } },
  },
}

describe('ownersOf', () => {
  const object = workload(spec, {
    finalizers: ['x/y'],
    managedFields: [
      entry('kubectl', { 'f:spec': { 'f:containers': containerFields, 'f:selector': {} } }),
      entry('hpa', { 'f:spec': { 'f:replicas': {} } }, undefined, { subresource: 'scale' }),
      entry('gitops', { 'f:metadata': { 'f:finalizers': { '.': {}, 'v:"x/y"': {} } } }, undefined, {
        operation: 'Apply',
      }),
      { manager: 'broken' },
    ],
  })
  const managers = (...path: Path) => ownersOf(object, path, workloadSchema).map(owner => owner.manager)

  test.each<[string, Path, string[]]>([
    ['a field', ['spec', 'replicas'], ['hpa']],
    ['a field of an item', ['spec', 'containers', { keys: { name: 'a' } }, 'image'], ['kubectl']],
    ['a field of an item by position', ['spec', 'containers', 0, 'image'], ['kubectl']],
    ['an item with a default in its identity', ['spec', 'containers', 0, 'ports', 0], ['kubectl']],
    ['its twin of another protocol', ['spec', 'containers', 0, 'ports', 1], []],
    ['an item of a set', ['metadata', 'finalizers', { value: 'x/y' }], ['gitops']],
    ['a part of an atomic value', ['spec', 'selector', 'app'], ['kubectl']],
    ['a whole, of which they own parts', ['spec'], ['kubectl', 'hpa']],
    ['a field of nobody', ['spec', 'paused'], []],
  ])('%s', (_, path, expected) => expect(managers(...path)).toEqual(expected))

  test('tells the operation, the subresource and the time', () => {
    expect(ownersOf(object, ['spec', 'replicas'])).toEqual([
      {
        manager: 'hpa',
        operation: 'Update',
        apiVersion: 'example.org/v1',
        subresource: 'scale',
        time: '2026-01-01T00:00:00Z',
      },
    ])
  })

  test('finds nobody in an object without managedFields', () => {
    expect(ownersOf(workload(spec), ['spec', 'replicas'])).toEqual([])
  })
})

describe('changedBy', () => {
  const replicas = { 'f:spec': { 'f:replicas': {} } }
  const later = '2026-01-02T00:00:00Z'

  function writers(before: JsonObject[], after: JsonObject[], changed: JsonObject = { ...spec, replicas: 5 }) {
    const base = workload(spec, { managedFields: before })
    const live = workload(changed, { managedFields: after })
    const changes = diffObjects(workload(spec), workload(changed), workloadSchema)
    expect(changes).not.toEqual([])
    return changedBy(base, live, changes, workloadSchema).map(owner => owner?.manager ?? null)
  }

  test('the manager that owns the field now and has written since', () => {
    expect(writers([], [entry('hpa', replicas)])).toEqual(['hpa'])
    expect(writers([entry('hpa', replicas)], [entry('hpa', replicas, later)])).toEqual(['hpa'])
    expect(writers([entry('kubectl', replicas)], [entry('kubectl', {}), entry('hpa', replicas, later)])).toEqual([
      'hpa',
    ])
  })

  test('nobody, where the one who owns it has not written since: admission did, or a cleared entry', () => {
    expect(writers([entry('hpa', replicas)], [entry('hpa', replicas)])).toEqual([null])
    expect(writers([], [])).toEqual([null])
  })

  test('nobody, where several may have been first', () => {
    expect(writers([], [entry('a', replicas), entry('b', replicas, later)])).toEqual([null])
  })

  test('nobody, where the server has forgotten the name', () => {
    expect(writers([], [entry('ancient-changes', replicas)])).toEqual([null])
    expect(writers([], [entry('before-first-apply', replicas)])).toEqual([null])
  })

  test('nobody, for a removal: it leaves no trace', () => {
    const { replicas: _, ...rest } = spec
    expect(writers([entry('hpa', replicas)], [entry('hpa', replicas, later)], rest)).toEqual([null])
  })
})

describe('actsAgain', () => {
  test.each([
    ['kubectl-client-side-apply', 'Update', true],
    ['kubectl', 'Apply', true],
    ['argocd-controller', 'Apply', true],
    ['kube-controller-manager', 'Update', true],
    ['helm', 'Update', true],
    // Once, by a person.
    ['kubectl-create', 'Update', false],
    ['kubectl-edit', 'Update', false],
    ['kubectl-scale', 'Update', false],
    ['kubectl-argo-rollouts', 'Update', false],
    ['kubectl', 'Update', false],
    // This edit itself.
    ['patchbay', 'Update', false],
    ['patchbay-apply', 'Apply', false],
    // Nobody knows who.
    ['ancient-changes', 'Update', false],
    ['before-first-apply', 'Update', false],
  ])('%s by %s: %s', (manager, operation, expected) => {
    expect(actsAgain({ manager, operation, apiVersion: 'v1' }, 'patchbay')).toBe(expected)
  })
})
