import { describe, expect, test } from 'vitest'
import { fieldGround, identifyItems, identityPath, listRule, rootGround } from '../../core/identity.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import type { PatchSchema } from '../../core/patch/index.ts'
import { formatPath } from '../../core/path.ts'
import { workload, workloadSchema } from './schemas.ts'

function groundOf(schema: PatchSchema | null, root: JsonObject, ...path: string[]) {
  let value: Json | undefined = root
  let ground = rootGround(schema, root)
  for (const key of path) {
    value = (value as JsonObject | undefined)?.[key]
    ground = fieldGround(ground, key, value)
  }
  return ground
}

describe('listRule', () => {
  test.each([
    ['a map list by its keys', 'containers', ['name']],
    ['an atomic list', 'tolerations', 'atomic'],
    ['a merge key alone, where the list type is absent', 'aliases', ['ip']],
    ['a field that the schema does not know', 'unheardOf', 'atomic'],
  ])('%s', (_, field, rule) => {
    expect(listRule(groundOf(workloadSchema, workload({}), 'spec', field))).toEqual(rule)
  })

  test('a set', () => {
    expect(listRule(groundOf(workloadSchema, workload({}), 'metadata', 'finalizers'))).toBe('set')
  })
})

describe('pod templates in custom resources', () => {
  const template = { spec: { containers: [{ name: 'main', ports: [] }], tolerations: [], volumes: [] } }
  const custom = { kind: 'Rollout', spec: { deep: { template }, containers: [{ name: 'not a template' }] } }

  test('are known by their shape, wherever they stand', () => {
    const inTemplate = ['spec', 'deep', 'template', 'spec']
    expect(listRule(groundOf(null, custom, ...inTemplate, 'containers'))).toEqual(['name'])
    expect(listRule(groundOf(null, custom, ...inTemplate, 'volumes'))).toEqual(['name'])
    expect(listRule(groundOf(null, custom, ...inTemplate, 'tolerations'))).toBe('atomic')
    expect(formatPath(identityPath(custom, [...inTemplate, 'containers', 0, 'ports'], null))).toBe(
      'spec.deep.template.spec.containers[name=main].ports',
    )
  })

  test('are not seen where containers have no names', () => {
    const unnamed = { spec: { template: { spec: { containers: [{ image: 'a' }], volumes: [] } } } }
    expect(listRule(groundOf(null, unnamed, 'spec', 'template', 'spec', 'volumes'))).toBe('atomic')
  })

  test('do not overrule a schema that speaks', () => {
    const object = workload({ containers: [{ name: 'a' }], tolerations: [] })
    expect(listRule(groundOf(workloadSchema, object, 'spec', 'tolerations'))).toBe('atomic')
  })
})

describe('identifyItems', () => {
  const ground = groundOf(workloadSchema, workload({}), 'spec', 'aliases')

  test('items that share an identity, or have none, make the list atomic', () => {
    expect(identifyItems([{ ip: '1' }, { ip: '2' }], ground)?.size).toBe(2)
    expect(identifyItems([{ ip: '1' }, { ip: '1' }], ground)).toBeNull()
    expect(identifyItems([{ ip: '1' }, { host: 'x' }], ground)).toBeNull()
    expect(identifyItems([{ ip: null }], ground)).toBeNull()
    expect(identifyItems(['1'], ground)).toBeNull()
    expect(identifyItems([], ground)?.size).toBe(0)
  })
})

test('identityPath names items and fills in defaults, and keeps positions in atomic lists', () => {
  const object = workload({ containers: [{ name: 'a', args: ['x'], ports: [{ containerPort: 80 }] }] })
  const named = (...path: (string | number)[]) => formatPath(identityPath(object, ['spec', ...path], workloadSchema))
  expect(named('containers', 0, 'ports', 0)).toBe('spec.containers[name=a].ports[containerPort=80,protocol=TCP]')
  expect(named('containers', 0, 'args', 0)).toBe('spec.containers[name=a].args[0]')
  expect(named('containers', 4, 'image')).toBe('spec.containers[4].image')
})
