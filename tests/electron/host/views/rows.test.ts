import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Ask, Row } from '../../../../contract/browse.ts'
import { makeOrder } from '../../../../electron/host/views/order.ts'
import { makeRows } from '../../../../electron/host/views/rows.ts'
import type { ListedRow } from '../../../../electron/host/views/table.ts'

const column = (name: string) => ({ name, type: 'string', format: '', description: '', priority: 0 })
const definitions = [column('Name'), column('Status'), column('Count')]

function listed(id: number, status: string, count: number | null): ListedRow {
  const name = `row-${id}`
  const created = new Date(1_700_000_000_000 + (count ?? 0) * 1000).toISOString()
  return { uid: `u${id}`, namespace: `ns-${id % 3}`, name, created, deleting: false, cells: [name, status, count] }
}

type Step =
  | { readonly kind: 'put' | 'remove'; readonly source: number; readonly row: ListedRow }
  | { readonly kind: 'remove'; readonly source: number; readonly row: ListedRow }
  | { readonly kind: 'list'; readonly source: number; readonly rows: readonly ListedRow[] }

const row = fc
  .tuple(fc.nat(30), fc.constantFrom('Running', 'Pending', 'Failed'), fc.nat(20))
  .map(([id, status, count]) => listed(id, status, count))
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('put' as const), source: fc.nat(1), row }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), source: fc.nat(1), row }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('list' as const), source: fc.nat(1), rows: fc.array(row) }) },
)
const ask = fc.record({
  words: fc.constantFrom([], ['row-1'], ['fail'], ['ns-2', 'running']),
  sort: fc.constantFrom<Ask['sort']>(
    null,
    { column: 'Count', descending: false },
    { column: 'Count', descending: true },
    { column: 'Status', descending: true },
    { column: 'Age', descending: false },
    { column: 'Name', descending: false },
    { column: 'no such column', descending: false },
  ),
})

// What the store must be equal to: plain objects in a map, sorted and filtered the slow way.
function plainly(model: Map<string, Row>, words: readonly string[], sort: Ask['sort']): string[] {
  const base = (a: Row, b: Row) =>
    compare(a.context, b.context) || compare(a.namespace ?? '', b.namespace ?? '') || compare(a.name, b.name)
  const texts = (one: Row) => [one.name, one.namespace ?? '', one.context, ...one.cells.map(String)]
  const passing = [...model.values()].filter(one =>
    words.every(word => texts(one).some(text => text.toLowerCase().includes(word))),
  )
  const value = (one: Row) => {
    if (sort?.column === 'Count') return Number(one.cells[2])
    if (sort?.column === 'Status') return String(one.cells[1])
    if (sort?.column === 'Age') return -Date.parse(one.created ?? '')
    return sort?.column === 'Name' ? Number(one.name.slice(4)) : 0
  }
  const direction = sort?.descending ? -1 : 1
  return passing.sort((a, b) => direction * compare(value(a), value(b)) || base(a, b)).map(one => one.key)
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}

it('the rows by column are the rows, through any puts, removals and lists', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.array(ask, { minLength: 1, maxLength: 4 }), (steps, asks) => {
      const rows = makeRows()
      const order = makeOrder(rows)
      const model = new Map<string, Row>()
      const contexts = ['one', 'two']
      const put = (source: number, one: ListedRow) => {
        const context = contexts[source] ?? ''
        rows.put(source, context, one)
        model.set(`${context} ${one.uid}`, { ...one, key: `${context} ${one.uid}`, context })
      }
      for (const source of [0, 1]) rows.define(source, definitions)
      for (const one of steps) {
        const context = contexts[one.source] ?? ''
        if (one.kind === 'list') {
          rows.mark(one.source)
          for (const key of [...model.keys()]) if (key.startsWith(`${context} `)) model.delete(key)
          for (const listedRow of one.rows) put(one.source, listedRow)
          rows.sweep(one.source)
        } else if (one.kind === 'put') put(one.source, one.row)
        else {
          rows.remove(one.source, context, one.row)
          model.delete(`${context} ${one.row.uid}`)
        }
        // An order that was read before must not be read again from what it kept.
        const { words, sort } = asks[rows.count() % asks.length] ?? { words: [], sort: null }
        const keys = Array.from(order.read(words, sort), at => rows.row(at).key)
        expect(keys).toEqual(plainly(model, words, sort))
      }
      expect(rows.count()).toBe(model.size)
      for (let at = 0; at < rows.count(); at++) expect(rows.row(at)).toEqual(model.get(rows.row(at).key))
      expect(rows.countOf(0) + rows.countOf(1)).toBe(model.size)
    }),
    { numRuns: 300 },
  )
})

it('sources with other columns share those of the same name, and lack the rest', () => {
  const rows = makeRows()
  rows.define(0, [column('Name'), column('Old')])
  rows.put(0, 'a', { ...listed(1, '', 0), cells: ['row-1', 'old'] })
  rows.define(1, [column('New'), column('Name')])
  rows.put(1, 'b', { ...listed(2, '', 0), cells: ['new', 'row-2'] })
  expect(rows.columns().map(one => one.name)).toEqual(['Name', 'Old', 'New'])
  expect(rows.row(0).cells).toEqual(['row-1', 'old', null])
  expect(rows.row(1).cells).toEqual(['row-2', null, 'new'])
})

it('a column that no source has any more is no longer shown', () => {
  const rows = makeRows()
  rows.define(0, [column('Name'), column('Old')])
  rows.put(0, 'a', { ...listed(1, '', 0), cells: ['row-1', 'old'] })
  rows.define(0, [column('Name'), column('New')])
  rows.put(0, 'a', { ...listed(1, '', 0), cells: ['row-1', 'new'] })
  expect(rows.columns().map(one => one.name)).toEqual(['Name', 'New'])
  expect(rows.row(0).cells).toEqual(['row-1', 'new'])
})
