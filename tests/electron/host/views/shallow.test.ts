import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shallowReader } from '../../../../electron/host/views/shallow.ts'
import { parseTable } from '../../../../electron/host/views/table.ts'

/** What is left of a text that arrives in pieces of these lengths, again and again. */
function shallow(text: string, lengths: readonly number[] = [1 << 16]): string {
  const bytes = Buffer.from(text)
  const reader = shallowReader()
  for (let at = 0, piece = 0; at < bytes.length; piece++) {
    const length = lengths[piece % lengths.length] ?? 1
    reader.push(bytes.subarray(at, at + length))
    at += length
  }
  return reader.text()
}

// What would lead a reader astray that looks for texts instead of structure.
const hostile = fc.constantFrom(
  '"managedFields":[{',
  ',"managedFields":[{"manager":"x"}]}}}',
  '{"cells":["',
  '\\',
  '\\"',
  '"}]}}},{"cells":[',
  '[[[[[[{{{{{{{{',
  '}}}}]]]]',
  '名前 — ☸ 😀',
  '\u0000\u2028',
)
const text = fc.oneof(fc.string(), hostile)
const fieldSet = fc.dictionary(
  fc.oneof(fc.constantFrom('f:spec', '.', 'k:{"name":"a"}', 'v:"}]"', 'f:managedFields'), text),
  fc.dictionary(text, fc.constant({})),
)
const entry = fc.record(
  {
    manager: text,
    operation: fc.constant('Update'),
    time: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2025-01-01T00:00:00Z'),
    fieldsType: fc.constant('FieldsV1'),
    fieldsV1: fieldSet,
    subresource: fc.constantFrom('status', 'scale'),
  },
  { requiredKeys: ['fieldsV1'] },
)
const metadata = fc.record(
  {
    name: text,
    namespace: text,
    uid: fc.uuid(),
    creationTimestamp: fc.constant('2024-01-01T00:00:00Z'),
    managedFields: fc.array(entry, { maxLength: 3 }),
    labels: fc.dictionary(text, text),
    annotations: fc.dictionary(text, text),
    ownerReferences: fc.array(fc.record({ name: text })),
  },
  { requiredKeys: ['name'] },
)
const cell = fc.oneof(
  text,
  fc.integer(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 6 }),
  fc.record({ managedFields: fc.array(entry), deep: fc.constant([[[{ a: { b: [{ c: 'kept' }] } }]]]) }),
)
const row = fc.record({
  cells: fc.array(cell, { maxLength: 4 }),
  conditions: fc.constant([{ type: 'Completed' }]),
  object: fc.record({ kind: fc.constant('PartialObjectMetadata'), metadata, spec: fc.jsonValue() }),
})
const table = fc.record({
  kind: fc.constant('Table'),
  metadata: fc.record({ resourceVersion: fc.constant('7'), continue: text, remainingItemCount: fc.nat() }),
  columnDefinitions: fc.array(fc.record({ name: text, description: text }), { maxLength: 3 }),
  rows: fc.array(row, { maxLength: 5 }),
})

it('reads of a Table what the whole text says, wherever its pieces end', () => {
  fc.assert(
    fc.property(
      table,
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      fc.boolean(),
      (value, cuts, wide) => {
        const whole = wide ? JSON.stringify(value, null, 2) : JSON.stringify(value)
        const read = parseTable(whole)
        expect(read).not.toBeNull()
        expect(parseTable(shallow(whole, cuts))).toEqual(read)
      },
    ),
  )
})

it('leaves out field sets, and nothing else', () => {
  const one = (fieldsV1: unknown, deep: unknown) => ({
    kind: 'Table',
    rows: [
      {
        cells: ['a', deep],
        object: { metadata: { name: 'a', managedFields: [{ manager: 'm', fieldsV1, subresource: 'status' }] } },
      },
    ],
  })
  const deep = [[[[[[{ a: [1] }]]]]]]
  expect(JSON.parse(shallow(JSON.stringify(one({ 'f:spec': { 'f:a': {} } }, deep))))).toEqual(one({}, deep))
})

it.each([
  ['a plain list', { kind: 'ConfigMapList', items: [{ metadata: { name: 'a', managedFields: [{ manager: 'm' }] } }] }],
  ['a refusal', { kind: 'Status', code: 403, details: { causes: [{ field: 'x' }] } }],
  ['no Table at all', ['[', { deep: [[[[[[[[[1]]]]]]]]] }, '"']],
])('%s comes through', (_, value) => {
  expect(JSON.parse(shallow(JSON.stringify(value)))).toEqual(value)
})

it('a text that ends in the middle is no Table', () => {
  const whole = JSON.stringify({ kind: 'Table', rows: [{ cells: [], object: { metadata: { name: 'a' } } }] })
  for (let length = 0; length < whole.length; length++) expect(parseTable(shallow(whole.slice(0, length)))).toBeNull()
})
