import { describe, expect, test } from 'vitest'
import { apiVersionOf, fieldOf, isList, isObject, metadataOf, metadataText, snapshotOf } from '../../core/object.ts'

test('apiVersionOf names the core group by its version alone', () => {
  expect(apiVersionOf({ group: '', version: 'v1' })).toBe('v1')
  expect(apiVersionOf({ group: 'apps', version: 'v1' })).toBe('apps/v1')
})

test('isObject and isList tell maps, lists and null apart', () => {
  expect([{}, [], null, 'x', undefined].map(isObject)).toEqual([true, false, false, false, false])
  expect([{}, [], null, 'x', undefined].map(isList)).toEqual([false, true, false, false, false])
})

test('fieldOf reads only what the object itself holds', () => {
  expect(fieldOf({}, 'constructor')).toBeUndefined()
  expect(fieldOf({ constructor: 'x' }, 'constructor')).toBe('x')
  expect(fieldOf(JSON.parse('{"__proto__":"x"}'), '__proto__')).toBe('x')
})

describe('metadata', () => {
  test('is empty where there is none, whatever stands there', () => {
    expect(metadataOf({})).toEqual({})
    expect(metadataOf({ metadata: 'x' })).toEqual({})
    expect(metadataText({ metadata: { name: 'n', generation: 1 } }, 'name')).toBe('n')
    expect(metadataText({ metadata: { name: 'n', generation: 1 } }, 'generation')).toBeNull()
  })

  test('snapshotOf wants uid and resourceVersion: without them it is no live object', () => {
    const object = { metadata: { uid: 'u', resourceVersion: '1' } }
    expect(snapshotOf(object)).toEqual({ object, uid: 'u', resourceVersion: '1' })
    expect(() => snapshotOf({ metadata: { uid: 'u' } })).toThrow('not a live object')
  })
})
