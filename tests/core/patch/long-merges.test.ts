import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../core/json.ts'
import { createStrategicPatch, longMerges } from '../../../core/patch/index.ts'
import { formatPath } from '../../../core/path.ts'
import { schemaOf } from './tables.ts'

const schema = schemaOf('Deployment')

const variables = (count: number): readonly JsonObject[] =>
  Array.from({ length: count }, (_, at) => ({ name: `NAME_${at}`, value: `${at}` }))

/** A Deployment of two containers, of which the second has this environment. */
function deployment(env: readonly Json[], more: JsonObject = {}): JsonObject {
  const containers = [
    { name: 'proxy', image: 'proxy:1' },
    { name: 'app', image: 'app:1', env, ...more },
  ]
  return { kind: 'Deployment', spec: { template: { spec: { containers } } } }
}

/** The long lists that a strategic patch from one to the other has merged. */
function found(from: JsonObject, to: JsonObject): readonly (readonly [string, number])[] {
  const patch = createStrategicPatch(from, to, schema)
  if (!patch.ok) throw new Error(patch.problem.code)
  return longMerges(from, patch.value, schema).map(({ path, items }) => [formatPath(path), items])
}

const long = variables(1_001)
const place = 'spec.template.spec.containers[name=app].env'

describe('a list that the server merges by key is long', () => {
  const [first = {}, ...rest] = long
  test.each([
    ['an item changes', [{ ...first, value: 'x' }, ...rest]],
    ['an item goes', rest],
    ['an item comes', [...long, { name: 'NEW', value: '' }]],
    ['only the order changes', [...rest, first]],
  ])('of more than 1,000 items, when %s', (_, env) => {
    expect(found(deployment(long), deployment(env))).toEqual([[place, 1_001]])
  })

  test('not of 1,000, and not where the patch leaves it alone', () => {
    expect(found(deployment(variables(1_000)), deployment(variables(999)))).toEqual([])
    expect(found(deployment(long), deployment(long, { image: 'app:2' }))).toEqual([])
  })

  test('not where it is sent whole: a list without keys, a new or a removed one', () => {
    const args = long.map(({ value = '' }) => value)
    expect(found(deployment([], { args }), deployment([], { args: args.slice(1) }))).toEqual([])
    expect(found(deployment([]), deployment(long))).toEqual([])
    expect(found(deployment(long), { kind: 'Deployment', spec: { template: { spec: { containers: [] } } } })).toEqual(
      [],
    )
  })

  test('of scalars too', () => {
    const finalizers = (count: number) => ({
      kind: 'Deployment',
      metadata: { finalizers: Array.from({ length: count }, (_, at) => `example.org/${at}`) },
    })
    expect(found(finalizers(1_002), finalizers(1_001))).toEqual([['metadata.finalizers', 1_002]])
  })
})
