import { describe, expect, test } from 'vitest'
import { immutableAt, refusedChanges } from '../../core/immutable-fields.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import { applyMergePatch } from '../../core/patch/index.ts'
import { formatPath } from '../../core/path.ts'
import { objectIn, rowsOf } from './table-rows.ts'

function patched(object: JsonObject, patch: Json | undefined): JsonObject {
  const result = applyMergePatch(object, patch === undefined ? {} : objectIn(patch))
  if (!result.ok) throw new Error(result.problem.code)
  return result.value
}

describe('what the server does not let change', () => {
  test.each(rowsOf('immutable-fields.yaml'))('%s', (_name, { object, given, patch, refused }) => {
    const before = patched(objectIn(object), given)
    expect(refusedChanges(before, patched(before, patch), null).map(({ path }) => formatPath(path))).toEqual(refused)
  })

  test('a place is asked by its names alone', () => {
    const at = (kind: string, field: string) => immutableAt('', kind, field.split('.'))?.when ?? null
    expect(at('Pod', 'spec.containers.image')).toBe(null)
    expect(at('Pod', 'spec.containers.command')).toBe('always')
    expect(at('Pod', 'spec.tolerations')).toBe('only-added')
    expect(at('Service', 'spec.clusterIP')).toBe('once-set')
    expect(at('ConfigMap', 'data.key')).toBe('while-marked')
    expect(immutableAt('tests.example', 'Pod', ['spec'])).toBe(null)
  })
})
