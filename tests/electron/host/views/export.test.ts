import { expect, it } from 'vitest'
import type { Row } from '../../../../contract/browse.ts'
import { exportView } from '../../../../electron/host/views/export.ts'

const row = (name: string, part: Partial<Row> = {}): Row => ({
  key: name,
  context: 'c',
  namespace: 'n',
  name,
  uid: name,
  created: '2026-01-01T00:00:00.000Z',
  changed: '2026-01-02T00:00:00.000Z',
  changedBy: 'kubelet',
  changedIn: 'status',
  deleting: false,
  cells: [name, 3, null],
  labels: ['web'],
  ...part,
})

async function exported(format: 'csv' | 'json', columns: string[], pieces: Row[][]): Promise<string> {
  const view = {
    columnNames: () => ['Name', 'Count', 'Note'],
    async *rows() {
      yield* pieces
    },
  }
  let text = ''
  for await (const piece of exportView(view, { view: 'v', keys: null, format, columns })) text += piece
  return text
}

it('CSV has the columns asked for, in their order, times instead of ages, and lines as RFC 4180 ends them', async () => {
  const columns = ['Context', 'Name', 'Count', 'Age', 'Changed By', 'label:app', 'constructor']
  expect(await exported('csv', columns, [[row('a')], [row('b', { labels: [null], changedBy: null })]])).toBe(
    [
      'Context,Name,Count,Created,Changed By,app,constructor\r\n',
      'c,a,3,2026-01-01T00:00:00.000Z,kubelet,web,\r\n',
      'c,b,3,2026-01-01T00:00:00.000Z,,,\r\n',
    ].join(''),
  )
})

it.each([
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=cmd|calc', "'=cmd|calc"],
  ['+1', "'+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-1,2', `"'-1,2"`],
  [-1, '-1'],
  [true, 'true'],
  [null, ''],
])('the cell %j is written %s', async (cell, written) => {
  expect(await exported('csv', ['Note'], [[row('a', { cells: ['a', 1, cell] })]])).toBe(`Note\r\n${written}\r\n`)
})

it('JSON is an array of objects by column, whatever the pieces', async () => {
  const columns = ['Name', 'Count', 'label:app', 'Changed']
  const one = { Name: 'a', Count: 3, app: 'web', Changed: '2026-01-02T00:00:00.000Z' }
  expect(JSON.parse(await exported('json', columns, [[row('a')], [], [row('b'), row('c')]]))).toEqual([
    one,
    { ...one, Name: 'b' },
    { ...one, Name: 'c' },
  ])
  expect(JSON.parse(await exported('json', columns, []))).toEqual([])
})

it('a label called like a column keeps a name of its own', async () => {
  expect(JSON.parse(await exported('json', ['Count', 'label:Count'], [[row('a')]]))).toEqual([
    { Count: 3, 'label:Count': 'web' },
  ])
})
