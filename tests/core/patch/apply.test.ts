import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffObjects } from '../../../core/diff.ts'
import type { Json, JsonObject } from '../../../core/json.ts'
import { metadataOf } from '../../../core/object.ts'
import {
  type ApplyAs,
  conflictsOfApply,
  createApplyConfiguration,
  mergeApplyConfiguration,
} from '../../../core/patch/index.ts'
import { formatPath, parseOwnedField } from '../../../core/path.ts'
import { arbitraryEdits } from '../arbitrary.ts'
import { workloadSchema } from '../schemas.ts'
import { frozen, rowsOf, schemaOf, type TableKind } from './tables.ts'

type Row = {
  readonly name: string
  readonly kind: TableKind
  readonly subresource?: string
  readonly live: JsonObject
  readonly owners?: Readonly<Record<string, JsonObject>>
  readonly wanted: JsonObject
  readonly configuration?: JsonObject
  readonly makes?: JsonObject
  readonly conflicts?: readonly string[]
}

const identity = { name: 'it', namespace: 'here', uid: 'u-1', resourceVersion: '7' }

function whole(kind: string, part: JsonObject, managedFields: readonly Json[] | null = null): JsonObject {
  const metadata = { ...identity, ...metadataOf(part), ...(managedFields === null ? {} : { managedFields }) }
  return { apiVersion: 'example.org/v1', kind, ...part, metadata }
}

function entry(manager: string, fieldsV1: JsonObject, operation = 'Apply'): JsonObject {
  return { manager, operation, apiVersion: 'example.org/v1', fieldsType: 'FieldsV1', fieldsV1 }
}

/** A manager and a field as the server names them, with the path in kubectl's words. */
function asFormatted(conflict: string): string {
  const [manager = '', field = ''] = conflict.split(/ (.*)/s)
  return `${manager} ${formatPath(parseOwnedField(field) ?? [])}`
}

function unwrap(result: ReturnType<typeof createApplyConfiguration>): JsonObject {
  if (!result.ok) throw new Error(result.problem.code)
  return result.value
}

function withoutManagedFields(object: JsonObject): JsonObject {
  const { managedFields: _, ...metadata } = metadataOf(object)
  return { ...object, metadata }
}

describe('the configuration of a server-side apply, and what it makes', () => {
  test.each(rowsOf<Row>('patch-apply.yaml'))('$name', row => {
    const managedFields = Object.entries(row.owners ?? {}).map(([name, fields]) => {
      const [manager = '', operation = 'Apply'] = name.split(' ')
      return entry(manager, fields, operation)
    })
    const live = frozen(whole(row.kind, row.live, managedFields))
    const wanted = frozen(whole(row.kind, row.wanted))
    const as: ApplyAs = { manager: 'me', subresource: row.subresource ?? null, schema: schemaOf(row.kind) }
    const configuration = unwrap(createApplyConfiguration(live, wanted, as))
    if (row.configuration !== undefined) expect(configuration).toEqual(whole(row.kind, row.configuration))
    const made = unwrap(mergeApplyConfiguration(live, configuration, as))
    expect(withoutManagedFields(made)).toEqual(whole(row.kind, row.makes ?? row.wanted))
    if (row.conflicts === undefined) return
    const found = conflictsOfApply(live, made, as).flatMap(({ path, managers }) =>
      managers.map(manager => `${manager} ${formatPath(path)}`),
    )
    expect(found.sort()).toEqual(row.conflicts.map(asFormatted).sort())
  })

  test('what it sets it makes, for any edit: only removals and orders are left undone', () => {
    const as: ApplyAs = { manager: 'me', subresource: null, schema: workloadSchema }
    fc.assert(
      fc.property(arbitraryEdits, ([live, wanted]) => {
        const configuration = createApplyConfiguration(live, wanted, as)
        if (!configuration.ok) return
        const made = unwrap(mergeApplyConfiguration(live, configuration.value, as))
        const undone = diffObjects(wanted, made, workloadSchema)
        expect(undone.filter(({ kind }) => kind === 'changed' || kind === 'removed')).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

describe('the owners in its way', () => {
  const schema = schemaOf('ConfigMap')
  const as: ApplyAs = { manager: 'me', subresource: null, schema }
  const conflicts = (managedFields: readonly Json[], from: JsonObject, to: JsonObject) => {
    const live = whole('ConfigMap', { data: from }, managedFields)
    const configuration = unwrap(createApplyConfiguration(live, whole('ConfigMap', { data: to }), as))
    return conflictsOfApply(live, unwrap(mergeApplyConfiguration(live, configuration, as)), as)
  }

  test('are those of a field with another value, by patches of mine too; not mine, not those of equal values', () => {
    const fields = { 'f:data': { 'f:a': {}, 'f:b': {} } }
    const owners = [entry('me', fields), entry('me', fields, 'Update'), entry('helm', { 'f:data': { 'f:a': {} } })]
    expect(conflicts(owners, { a: '1', b: '1' }, { a: '2', b: '1' })).toEqual([
      { path: ['data', 'a'], managers: ['me', 'helm'] },
    ])
  })

  test('do not include who made the map, of which others own the field by now', () => {
    const owners = [entry('creator', { 'f:data': {} }, 'Update'), entry('helm', { 'f:data': { 'f:a': {} } })]
    expect(conflicts(owners, { a: '1' }, { a: '2' })).toEqual([{ path: ['data', 'a'], managers: ['helm'] }])
  })

  test('do not hinder a new field', () => {
    expect(conflicts([entry('helm', { 'f:data': { 'f:a': {} } })], { a: '1' }, { a: '1', b: '2' })).toEqual([])
  })
})

test('a list with two items of one key is named, not sent', () => {
  const as: ApplyAs = { manager: 'me', subresource: null, schema: schemaOf('Deployment') }
  const containers = (...names: readonly string[]) =>
    whole('Deployment', { spec: { template: { spec: { containers: names.map(name => ({ name })) } } } })
  expect(createApplyConfiguration(containers('a'), containers('a', 'a'), as)).toMatchObject({
    ok: false,
    problem: { code: 'patch-falls-short', paths: [['spec', 'template', 'spec', 'containers']] },
  })
})

test('what was applied in another version of the kind only the server can read: it is named, not sent', () => {
  const as: ApplyAs = { manager: 'me', subresource: null, schema: schemaOf('ConfigMap') }
  const old = { ...entry('me', { 'f:data': { 'f:renamed': {} } }), apiVersion: 'example.org/v1beta1' }
  const live = whole('ConfigMap', { data: { a: '1' } }, [old])
  const refusal = { ok: false, problem: { code: 'patch-falls-short', paths: [['apiVersion']] } }
  expect(createApplyConfiguration(live, whole('ConfigMap', { data: { a: '2' } }), as)).toMatchObject(refusal)
  expect(mergeApplyConfiguration(live, whole('ConfigMap', { data: { a: '2' } }), as)).toMatchObject(refusal)
  // Others' fields are compared as they stand.
  expect(createApplyConfiguration(live, live, { ...as, manager: 'another' }).ok).toBe(true)
})
