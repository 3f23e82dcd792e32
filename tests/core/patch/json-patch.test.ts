import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, type Json, type JsonObject } from '../../../core/json.ts'
import { applyJsonPatch, createJsonPatch } from '../../../core/patch/index.ts'
import type { Result } from '../../../core/problem.ts'
import { arbitraryWorkload } from '../arbitrary.ts'
import { anyJson } from '../json-values.ts'
import { workloadSchema } from '../schemas.ts'
import { arbitraryDeployment } from './arbitrary.ts'
import { frozen, schemaOf } from './tables.ts'

const deployment = schemaOf('Deployment')

function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

function expectSame(actual: Json, expected: Json): void {
  expect(canonicalJson(actual)).toBe(canonicalJson(expected))
}

test.each([
  ['Deployments', arbitraryDeployment, deployment],
  ['Deployments without a schema', arbitraryDeployment, null],
  ['Workloads', arbitraryWorkload, workloadSchema],
  ['anything', fc.dictionary(fc.string(), anyJson, { maxKeys: 4 }), null],
])('what is created and applied is what was wanted: %s', (_, objects: fc.Arbitrary<JsonObject>, schema) => {
  fc.assert(
    fc.property(objects, objects, fc.boolean(), (from, to, guarded) => {
      const patch = createJsonPatch(frozen(from), frozen(to), { guarded, schema })
      if (!patch.ok && patch.problem.code === 'json-patch-unguardable') return
      expectSame(expectOk(applyJsonPatch(from, expectOk(patch))), to)
    }),
    { numRuns: 1000 },
  )
})
