import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type Json, type JsonObject } from '../../../core/json.ts'
import { applyMergePatch, createMergePatch, createThreeWayMergePatch } from '../../../core/patch/index.ts'
import type { PatchProblem, Result } from '../../../core/problem.ts'
import { arbitraryDeployment } from './arbitrary.ts'
import { frozen, rowsOf } from './tables.ts'

type Row = {
  readonly name: string
  readonly original: JsonObject
  readonly modified: JsonObject
  readonly current?: JsonObject
  readonly patch: JsonObject
  readonly result?: JsonObject
  readonly threeWay?: JsonObject
}

function expectOk(result: Result<JsonObject, PatchProblem>): JsonObject {
  if (!result.ok) throw new Error(result.problem.code)
  return result.value
}

function expectSame(actual: Json, expected: Json | undefined): void {
  expect(canonicalJson(actual)).toBe(canonicalJson(expected ?? null))
}

describe('as the API server', () => {
  test.each(rowsOf<Row>('patch-merge.yaml'))('$name', ({ original, modified, current, ...expected }) => {
    const patch = expectOk(createMergePatch(frozen(original), frozen(modified)))
    expectSame(patch, expected.patch)
    expectSame(expectOk(applyMergePatch(original, frozen(patch))), expected.result ?? modified)
    if (current === undefined) return
    expectSame(expectOk(createThreeWayMergePatch(original, modified, frozen(current))), expected.threeWay)
  })

  type Applied = { name: string; object: JsonObject; patch: JsonObject; result: JsonObject }
  test.each(rowsOf<Applied>('patch-merge-apply.yaml'))('$name', ({ object, patch, result }) => {
    expectSame(expectOk(applyMergePatch(frozen(object), frozen(patch))), result)
  })
})

test('what is created and applied is what was wanted', () => {
  fc.assert(
    fc.property(arbitraryDeployment, arbitraryDeployment, (from, to) => {
      expectSame(expectOk(applyMergePatch(from, expectOk(createMergePatch(frozen(from), frozen(to))))), to)
    }),
    { numRuns: 500 },
  )
})

test('three ways with nobody else reaches what was wanted', () => {
  fc.assert(
    fc.property(arbitraryDeployment, arbitraryDeployment, (from, to) => {
      expectSame(expectOk(applyMergePatch(from, expectOk(createThreeWayMergePatch(from, to, from)))), to)
    }),
    { numRuns: 300 },
  )
})

test('integers beyond 2^53 keep every digit', () => {
  const patch = createMergePatch({ a: 9007199254740993n, b: 1n }, { a: 9007199254740995n, b: 1 })
  expect(expectOk(patch)).toEqual({ a: 9007199254740995n })
})
