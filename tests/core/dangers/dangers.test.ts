import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dangerIds } from '../../../core/dangers/danger.ts'
import { findDangers } from '../../../core/dangers/find.ts'
import { keptFields } from '../../../core/dangers/kept-fields.ts'
import { openFields } from '../../../core/fields/open-fields.ts'
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
  return findDangers(before, after.value, schema, off === undefined ? {} : { off }).map(
    ({ id, path }) => `${id} ${formatPath(path)}`,
  )
}

function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

describe('a custom resource whose rules keep a field as it is', () => {
  const rule = (rule: string) => ({ 'x-kubernetes-validations': [{ rule, message: 'stays' }] })
  const text = { type: 'string' }
  const schema = {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        ...rule('self.region == oldSelf.region'),
        properties: {
          region: text,
          size: { ...text, ...rule(' self == oldSelf ') },
          grows: { type: 'integer', ...rule('self >= oldSelf') },
          parts: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name'],
            items: { type: 'object', properties: { name: text, disk: { ...text, ...rule('self == oldSelf') } } },
          },
        },
      },
    },
  }
  const root = openFields({ components: { schemas: { Thing: schema } } }, 'Thing')
  const kept = root === null ? [] : keptFields(root)
  const thing = (spec: JsonObject): JsonObject => ({ apiVersion: 'tests.example/v1', kind: 'Thing', spec })
  const before = thing({ region: 'a', size: 's', grows: 1, parts: [{ name: 'p', disk: 'd' }] })

  test('they are found where the rule says just that', () => {
    expect(kept.map(({ field }) => field).sort()).toEqual(['spec.parts.disk', 'spec.region', 'spec.size'])
  })

  test.each<[string, JsonObject, readonly string[]]>([
    [
      'another value',
      { region: 'b', size: 't', grows: 2, parts: [{ name: 'p', disk: 'd' }] },
      ['spec.region', 'spec.size'],
    ],
    ['one that goes', { region: 'a', grows: 1, parts: [{ name: 'p', disk: 'd' }] }, []],
    [
      'nothing of it',
      {
        region: 'a',
        size: 's',
        grows: 0,
        parts: [
          { name: 'p', disk: 'd' },
          { name: 'q', disk: 'e' },
        ],
      },
      [],
    ],
  ])('%s', (_name, spec, places) => {
    expect(findDangers(before, thing(spec), null, { kept }).map(({ path }) => formatPath(path))).toEqual(places)
  })
})
