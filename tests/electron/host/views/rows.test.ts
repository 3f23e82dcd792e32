import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Ask, Row } from '../../../../contract/browse.ts'
import { parseLabelSelector, selects } from '../../../../core/label-selector.ts'
import type { Matched } from '../../../../electron/host/views/filter.ts'
import { labelText } from '../../../../electron/host/views/labels.ts'
import { makeOrder } from '../../../../electron/host/views/order.ts'
import { makeRows } from '../../../../electron/host/views/rows.ts'
import type { ListedRow } from '../../../../electron/host/views/table.ts'

const column = (name: string) => ({ name, type: 'string', format: '', description: '', priority: 0 })
const definitions = [column('Name'), column('Status'), column('Count')]

function listed(id: number, status: string, count: number | null): ListedRow {
  const name = `row-${id}`
  const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1000).toISOString()
  return {
    uid: `u${id}`,
    namespace: `ns-${id % 3}`,
    name,
    created: at(count ?? 0),
    changed: count === null ? null : at(100 - count),
    changedBy: status === 'Failed' ? null : `manager-${id % 4}`,
    changedIn: id % 2 === 0 ? 'status' : null,
    deleting: false,
    labels: labelText(id % 5 === 0 ? {} : { app: `app-${id % 3}`, ...(count === 3 ? { rare: 'yes' } : {}) }),
    cells: [name, status, count],
  }
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
const now = 1_700_000_000_000 + 100_000
const labelKeys = ['app', 'rare']
const ask = fc.record({
  words: fc.constantFrom([], ['row-1'], ['fail'], ['ns-2', 'running'], ['app-1'], ['yes']),
  requirements: fc.constantFrom('', '', 'app=app-1', 'app!=app-1', '!rare', 'rare in (yes)').map(parseLabelSelector),
  by: fc.constantFrom([], [], ['manager-2'], ['nobody']),
  within: fc.constantFrom(null, null, 10_000),
  sort: fc.constantFrom<Ask['sort']>(
    null,
    { column: 'Count', descending: false },
    { column: 'Count', descending: true },
    { column: 'Status', descending: true },
    { column: 'Age', descending: false },
    { column: 'Name', descending: false },
    { column: 'Changed', descending: true },
    { column: 'Changed', descending: false },
    { column: 'Changed By', descending: true },
    { column: 'label:app', descending: false },
    { column: 'label:rare', descending: true },
    { column: 'no such column', descending: false },
  ),
})

const labelsOf = (one: Row) =>
  Object.fromEntries(labelKeys.flatMap((key, at) => (one.labels[at] == null ? [] : [[key, one.labels[at]]])))

type Asked = Omit<Matched, 'labelKeys'> & { readonly sort: Ask['sort'] }
const everything: Asked = { requirements: [], words: [], by: [], within: null, sort: null }

// What the store must be equal to: plain objects in a map, sorted and filtered the slow way.
function plainly(model: Map<string, Row>, { requirements, words, by, within, sort }: Asked): string[] {
  const base = (a: Row, b: Row) =>
    compare(a.context, b.context) || compare(a.namespace ?? '', b.namespace ?? '') || compare(a.name, b.name)
  const texts = (one: Row) => [one.name, one.namespace, one.context, ...one.cells, ...one.labels].map(String)
  const passing = [...model.values()].filter(
    one =>
      words.every(word => texts(one).some(text => text.toLowerCase().includes(word))) &&
      selects(requirements ?? [], labelsOf(one)) &&
      by.every(word => one.changedBy?.includes(word)) &&
      (within === null || (one.changed !== null && Date.parse(one.changed) >= now - within)),
  )
  const value = (one: Row): string | number | null => {
    switch (sort?.column) {
      case 'Count':
        return Number(one.cells[2])
      case 'Status':
        return String(one.cells[1])
      case 'Age':
        return -Date.parse(one.created ?? '')
      case 'Name':
        return Number(one.name.slice(4))
      case 'Changed':
        return one.changed === null ? null : Date.parse(one.changed)
      case 'Changed By':
        return one.changedBy
      case 'label:app':
        return one.labels[0] ?? null
      case 'label:rare':
        return one.labels[1] ?? null
      default:
        return 0
    }
  }
  const direction = sort?.descending ? -1 : 1
  const order = (a: Row, b: Row) => {
    const [x, y] = [value(a), value(b)]
    // What is empty comes last in either direction.
    return x === null || y === null ? Number(x === null) - Number(y === null) : direction * compare(x, y)
  }
  return passing.sort((a, b) => order(a, b) || base(a, b)).map(one => one.key)
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
        const labels = labelKeys.map(key => JSON.parse(one.labels || '{}')[key] ?? null)
        const key = `${context} ${one.namespace}/${one.name}`
        model.set(key, { ...one, key, context, labels })
      }
      for (const source of [0, 1]) rows.define(source, definitions)
      for (const did of steps) {
        const context = contexts[did.source] ?? ''
        if (did.kind === 'list') {
          rows.mark(did.source)
          for (const key of [...model.keys()]) if (key.startsWith(`${context} `)) model.delete(key)
          for (const listedRow of did.rows) put(did.source, listedRow)
          rows.sweep(did.source)
        } else if (did.kind === 'put') put(did.source, did.row)
        else {
          rows.remove(context, did.row)
          model.delete(`${context} ${did.row.namespace}/${did.row.name}`)
        }
        // An order that was read before must not be read again from what it kept.
        const one = asks[rows.count() % asks.length] ?? everything
        const keys = Array.from(order.read({ ...one, labelKeys }, one.sort, now), at => rows.row(at, []).key)
        expect(keys).toEqual(plainly(model, one))
      }
      expect(rows.count()).toBe(model.size)
      for (let at = 0; at < rows.count(); at++) {
        const row = rows.row(at, labelKeys)
        expect(row).toEqual(model.get(row.key))
      }
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
  expect(rows.row(0, []).cells).toEqual(['row-1', 'old', null])
  expect(rows.row(1, []).cells).toEqual(['row-2', null, 'new'])
})

it('a column that no source has any more is no longer shown', () => {
  const rows = makeRows()
  rows.define(0, [column('Name'), column('Old')])
  rows.put(0, 'a', { ...listed(1, '', 0), cells: ['row-1', 'old'] })
  rows.define(0, [column('Name'), column('New')])
  rows.put(0, 'a', { ...listed(1, '', 0), cells: ['row-1', 'new'] })
  expect(rows.columns().map(one => one.name)).toEqual(['Name', 'New'])
  expect(rows.row(0, []).cells).toEqual(['row-1', 'new'])
})
