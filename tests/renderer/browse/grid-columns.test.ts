import { expect, test } from 'vitest'
import type { Column, Row, Scope } from '../../../contract/browse.ts'
import { cellText, gridColumns, gridTracks, growWidths } from '../../../renderer/browse/grid-columns.ts'

const columns = ['Name:0', 'Ready:0', 'Age:0', 'IP:1', 'Node:1'].map((line): Column => {
  const [name = '', priority] = line.split(':')
  return { name, type: 'string', format: '', description: '', priority: Number(priority) }
})
const scope: Scope = { contexts: ['c'], group: '', version: 'v1', resource: 'pods', namespaces: ['default'] }
const row = (name: string, node = 'n1'): Row => ({
  key: name,
  context: 'c',
  namespace: 'default',
  name,
  uid: name,
  created: null,
  changed: null,
  changedBy: null,
  changedIn: null,
  deleting: false,
  cells: [name, '1/1', '3d', null, node],
  labels: [],
})

test.each([
  ['one context, one namespace', scope, null, 'Name Ready Age'],
  ['several namespaces', { ...scope, namespaces: ['a', 'b'] }, null, 'Namespace Name Ready Age'],
  ['all of everything', { ...scope, contexts: [], namespaces: [] }, null, 'Context Namespace Name Ready Age'],
  ['one extra column', scope, ['Node', 'Gone'], 'Name Ready Age Node'],
] as const)('%s', (_, asked, extras, expected) => {
  const shown = gridColumns(
    columns,
    extras,
    { ...asked, contexts: [...asked.contexts], namespaces: [...asked.namespaces] },
    true,
  )
  expect(shown.map(column => column.id).join(' ')).toBe(expected)
})

test('a kind without namespaces has no such column', () => {
  expect(gridColumns(columns, null, { ...scope, namespaces: [] }, false).map(column => column.id)).not.toContain(
    'Namespace',
  )
})

test('cells are the server’s, and where a row is from', () => {
  const shown = gridColumns(columns, ['IP', 'Node'], { ...scope, contexts: [] }, true)
  expect(shown.map(column => cellText(column, row('web')))).toEqual(['c', 'web', '1/1', '3d', '', 'n1'])
})

test('columns grow with what was seen and never shrink', () => {
  const shown = gridColumns(columns, ['Node'], scope, true)
  const first = growWidths({}, shown, [row('web', 'a-rather-long-node')])
  const second = growWidths(first, shown, [row('web')])
  expect(second).toBe(first)
  expect(first).toMatchObject({ Node: 18, Ready: 7 })
  expect(growWidths(first, shown, [row('x'.repeat(300))]).Name).toBe(64)
})

test('the tracks are as many as the columns', () => {
  const shown = gridColumns(columns, null, scope, true)
  const { tracks, least } = gridTracks(shown, growWidths({}, shown, [row('web')]))
  expect(tracks.match(/minmax/g)).toHaveLength(3)
  expect(least.match(/ch/g)).toHaveLength(3)
})
