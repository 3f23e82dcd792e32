import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printJson } from '../../core/json.ts'
import { isObject } from '../../core/object.ts'
import { storedBytes } from '../../core/stored-size.ts'
import { anyJson } from './json-values.ts'
import { workload, workloadSchema } from './schemas.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text).length

describe('as JSON', () => {
  test('never more than the JSON text', () => {
    fc.assert(
      fc.property(anyJson, value => {
        const object = { kind: 'Thing', value }
        expect(storedBytes(object, { as: 'json' })).toBeLessThanOrEqual(bytesOf(printJson(object)))
      }),
    )
  })

  test('all of it where there is only text', () => {
    const object = { kind: 'Thing', é: 'ü€😀', list: ['a', 'b'], empty: {}, none: [] }
    expect(storedBytes(object, { as: 'json' })).toBe(bytesOf(printJson(object)))
  })
})

describe('as protobuf', () => {
  const stored = (object: Parameters<typeof storedBytes>[0]) =>
    storedBytes(object, { as: 'protobuf', schema: workloadSchema })

  test('texts and the keys of maps, not the names of fields', () => {
    const bare = stored(workload({}))
    expect(stored(workload({ containers: [{ name: 'nginx', args: ['€'] }] })) - bare).toBe(5 + 3)
    expect(stored(workload({}, { labels: { tier: 'web' } })) - bare).toBe(4 + 3)
    expect(stored(workload({ replicas: 3, paused: true })) - bare).toBe(0)
  })

  test('bytes as bytes, not as the base64 of JSON', () => {
    const data = { key: btoa('x'.repeat(3_000)) }
    const [plain, secret] = ['Other', 'Secret'].map(kind =>
      storedBytes({ kind, data }, { as: 'protobuf', schema: null }),
    )
    expect((plain ?? 0) - 'Other'.length).toBe(4_000)
    expect((secret ?? 0) - 'Secret'.length).toBe(3_000)
  })

  test('of any object there is a number', () => {
    fc.assert(fc.property(anyJson, value => !isObject(value) || stored(value) >= 0))
  })
})
