import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dangerIds } from '../../../core/dangers/danger.ts'
import { findDangers } from '../../../core/dangers/find.ts'
import type { Json, JsonObject } from '../../../core/json.ts'
import { applyMergePatch, openApiPatchSchema } from '../../../core/patch/index.ts'
import { formatPath } from '../../../core/path.ts'
import { objectIn, rowsOf } from '../table-rows.ts'

const rows = rowsOf('dangers.yaml')

const text = readFileSync(new URL('../../tables/openapi-apps-v1.json', import.meta.url), 'utf8')
// The tables leave out formats.
const document = objectIn(
  JSON.parse(text, (key, value) => (key === 'replicas' ? { ...value, format: 'int32' } : value)),
)
const read = openApiPatchSchema(document, 'io.k8s.api.apps.v1.Deployment')
const deployment = read.ok ? read.value : null

describe('what may go wrong', () => {
  test.each(rows)('%s', (_name, row) => {
    expect(told(row)).toEqual(row.dangers)
  })

  test('what is turned off is not told', () => {
    const [, row] = rows.find(([name]) => name === 'scaled to zero') ?? ['', {}]
    expect(told(row, new Set(['scaled-to-zero']))).toEqual([])
  })

  test('the table has a row for each that is found here', () => {
    const there = new Set(rows.flatMap(([, { dangers }]) => textsIn(dangers)).map(line => line.split(' ')[0]))
    expect(dangerIds.filter(id => !there.has(id))).toEqual(['hidden-character', 'owner-missing'])
  })
})

function told({ object, patch }: JsonObject, off?: ReadonlySet<string>): readonly string[] {
  const before = object === null ? null : objectIn(object)
  const after = applyMergePatch(before ?? {}, objectIn(patch))
  if (!after.ok) throw new Error(after.problem.code)
  const schema = after.value.kind === 'Deployment' ? deployment : null
  return findDangers(before, after.value, schema, off).map(({ id, path }) => `${id} ${formatPath(path)}`)
}

function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
