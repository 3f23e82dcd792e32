import { describe, expect, test } from 'vitest'
import {
  equalPath,
  formatPath,
  indexPath,
  type Path,
  parseOwnedField,
  parseServerField,
  pathKey,
  startsWithPath,
  valueAt,
} from '../../core/path.ts'
import { workload, workloadSchema } from './schemas.ts'

const nginx = { keys: { name: 'nginx' } }

describe('formatPath', () => {
  test.each<[string, Path]>([
    ['', []],
    ['spec.replicas', ['spec', 'replicas']],
    ['spec.template.spec.containers[name=nginx].image', ['spec', 'template', 'spec', 'containers', nginx, 'image']],
    ['metadata.annotations["a.b/c"]', ['metadata', 'annotations', 'a.b/c']],
    ['metadata.labels[""]', ['metadata', 'labels', '']],
    ['spec.ports[0].port', ['spec', 'ports', 0, 'port']],
    ['spec.ports[port=53,protocol=UDP]', ['spec', 'ports', { keys: { port: 53, protocol: 'UDP' } }]],
    ['items[name="a b"]', ['items', { keys: { name: 'a b' } }]],
    ['items[id=9007199254740993]', ['items', { keys: { id: 9007199254740993n } }]],
    ['metadata.finalizers[=example.org/x]', ['metadata', 'finalizers', { value: 'example.org/x' }]],
  ])('%s', (text, path) => expect(formatPath(path)).toBe(text))
})

describe('parseServerField', () => {
  test.each([
    ['spec.ports[0].protocol', ['spec', 'ports', 0, 'protocol']],
    ['metadata.annotations[a.b/c]', ['metadata', 'annotations', 'a.b/c']],
    ['data["key.txt"]', ['data', 'key.txt']],
    ['metadata.labels["a\\"b"]', ['metadata', 'labels', 'a"b']],
    ['spec', ['spec']],
    ['[]', []],
    ['<nil>', []],
    ['', []],
    ['spec..x', null],
    ['spec.ports[', null],
    ['spec.ports[]', null],
  ])('%s', (field, path) => expect(parseServerField(field)).toEqual(path))
})

describe('parseOwnedField', () => {
  test.each<[string, Path | null]>([
    ['.spec.replicas', ['spec', 'replicas']],
    ['.spec.containers[name="nginx"].image', ['spec', 'containers', nginx, 'image']],
    ['.ports[port=53,protocol="UDP"]', ['ports', { keys: { port: 53, protocol: 'UDP' } }]],
    ['.items[name="a]=,b"]', ['items', { keys: { name: 'a]=,b' } }]],
    ['.metadata.finalizers[="a/b"]', ['metadata', 'finalizers', { value: 'a/b' }]],
    ['.args[3]', ['args', 3]],
    ['spec', null],
  ])('%s', (field, path) => expect(parseOwnedField(field)).toEqual(path))
})

describe('valueAt and indexPath', () => {
  const ports = [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 53 }]
  const object = workload({ containers: [{ name: 'side' }, { name: 'nginx', ports }], '0': 'zero' })
  const port = (protocol: string): Path => [
    'spec',
    'containers',
    nginx,
    'ports',
    { keys: { containerPort: 53, protocol } },
  ]

  test('finds an item by its identity, a default filled in', () => {
    expect(indexPath(object, port('UDP'))).toEqual(['spec', 'containers', 1, 'ports', 0])
    expect(indexPath(object, port('TCP'))).toEqual(['spec', 'containers', 1, 'ports', 1])
    expect(valueAt(object, port('TCP'), workloadSchema)).toEqual({ containerPort: 53 })
    expect(valueAt(object, port('SCTP'))).toBeUndefined()
  })

  test('reads a number as a key where the object has a map, since the server writes both alike', () => {
    expect(indexPath(object, ['spec', 0])).toEqual(['spec', '0'])
    expect(valueAt(object, ['spec', 'containers', 0, 'name'])).toBe('side')
  })

  test('finds nothing where there is nothing, not even what every JavaScript object has', () => {
    expect(valueAt(object, ['spec', 'constructor'])).toBeUndefined()
    expect(valueAt(object, ['metadata', 'name', 'length'])).toBeUndefined()
    expect(indexPath(object, ['spec', 'containers', 7])).toBeNull()
    expect(indexPath(object, ['spec', 'containers', 'name'])).toBeNull()
    expect(valueAt(object, [])).toBe(object)
  })
})

test('paths are equal by what their steps say', () => {
  const a: Path = ['x', { keys: { port: 53, protocol: 'UDP' } }]
  const b: Path = ['x', { keys: { protocol: 'UDP', port: 53 } }]
  expect(equalPath(a, b)).toBe(true)
  expect(pathKey(a)).toBe(pathKey(b))
  expect(equalPath(['x', 0], ['x', '0'])).toBe(false)
  expect(pathKey(['x', 0])).not.toBe(pathKey(['x', '0']))
  expect(startsWithPath([...a, 'y'], b)).toBe(true)
  expect(startsWithPath(b, [...a, 'y'])).toBe(false)
})
