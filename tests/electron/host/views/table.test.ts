import { expect, it } from 'vitest'
import { readTable } from '../../../../electron/host/views/table.ts'

it('what no page could draw is cut: cells of megabytes, names of columns', () => {
  const value = {
    kind: 'Table',
    columnDefinitions: [{ name: 'Name' }, { name: 'L'.repeat(300) }, {}, null],
    rows: [{ cells: ['a', 'z'.repeat(900_000), { deep: 'z'.repeat(900_000) }, 1] }],
  }
  const table = readTable(value)
  expect(table?.columns?.map(column => column.name.length)).toEqual([4, 200, 0, 0])
  const [name, text, json, number] = table?.rows[0]?.cells ?? []
  expect([name, number]).toEqual(['a', 1])
  expect(String(text)).toMatch(/^z{2000}…$/)
  expect(String(json)).toMatch(/^\{"deep":"z+…$/)
})

it.each([
  ['nothing where lists belong', { kind: 'Table', metadata: null, columnDefinitions: null, rows: null }, []],
  ['rows that are none', { kind: 'Table', rows: [null, 7, { object: null }, { cells: null }] }, ['', '', '', '']],
  ['names of prototypes', { kind: 'Table', rows: [{ object: { metadata: { name: '__proto__' } } }] }, ['__proto__']],
])('%s harm nothing', (_, value, names) => {
  expect(readTable(value)?.rows.map(row => row.name)).toEqual(names)
})
