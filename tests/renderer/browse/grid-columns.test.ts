import { expect, test } from 'vitest'
import type { Column, Row, Scope } from '../../../contract/browse.ts'
import { cellText, copyText, gridTracks, growWidths } from '../../../renderer/browse/grid-columns.ts'
import { listColumns } from '../../../renderer/browse/list-columns.ts'

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

const shown = (layout: string[], part: Partial<Scope> = {}) =>
  listColumns({ columns, layout, scope: { ...scope, ...part }, namespaced: true, filter: '', sort: null }, ['app'])

test('cells are the server’s, and where a row is from', () => {
  const all = shown(['**', 'label:app', 'Changed', 'Changed By'], { contexts: [] })
  const web = {
    ...row('web'),
    labels: ['x'],
    changed: '2026-01-01T00:00:00Z',
    changedBy: 'kubelet',
    changedIn: 'status',
  }
  const said = ['c', 'web', '1/1', '3d', '', 'n1', 'x', '2026-01-01T00:00:00Z', 'kubelet (status)']
  expect(all.map(column => cellText(column, web))).toEqual(said)
  expect(all.map(column => cellText(column, row('web'))).slice(-3)).toEqual(['', '', ''])
})

test('an age is copied as its time', () => {
  const [age] = shown(['Age'])
  if (age === undefined) throw new Error('no such column')
  expect(copyText(age, { ...row('web'), created: '2026-01-01T00:00:00Z' })).toBe('2026-01-01T00:00:00Z')
  expect(copyText(age, row('web'))).toBe('3d')
})

test('columns grow with what was seen and never shrink', () => {
  const columns = shown(['*', 'Node'])
  const first = growWidths({}, columns, [row('web', 'a-rather-long-node')])
  const second = growWidths(first, columns, [row('web')])
  expect(second).toBe(first)
  expect(first).toMatchObject({ Node: 18, Ready: 7 })
  expect(growWidths(first, columns, [row('x'.repeat(300))]).Name).toBe(64)
})

test('the tracks are as many as the columns, and a width that was chosen is kept to', () => {
  const columns = shown(['*'])
  const { tracks, least } = gridTracks(columns, growWidths({}, columns, [row('web')]), { Ready: 120 })
  expect(tracks).toMatch(/^minmax\(calc.+, 3fr\) 120px minmax\(calc.+, 1fr\)$/)
  expect(least.match(/ch/g)).toHaveLength(2)
  expect(least).toContain('120px')
})
