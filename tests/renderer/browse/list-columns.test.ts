import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Column } from '../../../contract/browse.ts'
import {
  expand,
  fold,
  isWide,
  type ListShape,
  labelKeys,
  listColumns,
  shownIds,
  withColumn,
  withMoved,
  withWide,
} from '../../../renderer/browse/list-columns.ts'

const column = (name: string, priority = 0, type = 'string'): Column => ({
  name,
  type,
  format: '',
  description: '',
  priority,
})
const pods = [
  column('Name'),
  column('Ready'),
  column('Restarts', 0, 'integer'),
  column('Age'),
  column('IP', 1),
  column('Node', 1),
]
const shape: ListShape = {
  columns: pods,
  layout: ['*'],
  scope: { contexts: ['a'], group: '', version: 'v1', resource: 'pods', namespaces: ['default'] },
  namespaced: true,
  filter: '',
  sort: null,
}
const several = { ...shape.scope, contexts: [], namespaces: [] }
// A layout as text: `Name,IP` and `null` for the usual one.
const text = (layout: readonly string[] | null) => layout?.join(',') ?? null

test.each<[string, Partial<ListShape>, string]>([
  ['one context and namespace', {}, 'Name Ready Restarts Age'],
  ['wide', { layout: ['**'] }, 'Name Ready Restarts Age IP Node'],
  ['several of both', { scope: several }, 'Context Namespace Name Ready Restarts Age'],
  ['a kind without namespaces', { scope: several, namespaced: false }, 'Context Name Ready Restarts Age'],
  ['places of one’s own', { scope: several, layout: ['Name', 'Context', 'Age'] }, 'Namespace Name Context Age'],
  ['places that one list has not', { layout: ['Context', 'Name'] }, 'Name'],
  ['labels', { layout: ['label:app', '*'] }, 'label:app Name Ready Restarts Age'],
  ['a column that is gone', { layout: ['Name', 'Gone'] }, 'Name'],
  ['a filter by change', { filter: 'x changed:1h' }, 'Name Changed Changed By Ready Restarts Age'],
  [
    'an order by author',
    { sort: { column: 'Changed By', descending: false } },
    'Name Changed Changed By Ready Restarts Age',
  ],
  ['an order by label', { sort: { column: 'label:app', descending: false } }, 'Name label:app Ready Restarts Age'],
  ['a word that begins like one', { filter: 'unchanged:1h changed:' }, 'Name Ready Restarts Age'],
])('the columns of %s', (_, part, expected) => {
  const columns = listColumns({ ...shape, ...part }, ['app'])
  expect(columns.map(one => one.id).join(' ')).toBe(expected)
})

test('columns know where a row has their value', () => {
  const columns = listColumns({ ...shape, layout: ['label:b', 'Restarts', 'label:a', 'Name'] }, ['b', 'a'])
  expect(columns.map(({ id, kind, cell, label, numeric }) => [id, kind, cell, label, numeric])).toEqual([
    ['label:b', 'label', -1, 0, false],
    ['Restarts', 'server', 2, -1, true],
    ['label:a', 'label', -1, 1, false],
    ['Name', 'name', 0, -1, false],
  ])
})

test('labels are asked for once, and no more than the host takes', () => {
  const layout = ['label:a', ...Array.from({ length: 30 }, (_, n) => `label:k${n}`), 'label:a']
  expect(labelKeys({ layout, sort: null })).toHaveLength(20)
  expect(labelKeys({ layout: ['*'], sort: { column: 'label:a/b', descending: true } })).toEqual(['a/b'])
})

test.each<[string, string, boolean, string | null]>([
  ['*', 'Ready', false, 'Name,Restarts,Age'],
  ['Name,Restarts,Age', 'Ready', true, null],
  ['*', 'Node', true, '*,Node'],
  ['*,Node', 'IP', true, '**'],
  ['**', 'IP', false, '*,Node'],
  ['*', 'label:app', true, '*,label:app'],
  ['*,label:app', 'Ready', false, 'Name,Restarts,Age,label:app'],
  ['*', 'Changed', true, '*,Changed'],
  ['Age,Name', 'Ready', true, 'Age,Name,Ready'],
])('%s: %s shown is %s', (layout, id, shown, expected) => {
  expect(text(withColumn(layout.split(','), pods, id, shown))).toBe(expected)
})

test.each<[string, string, string | null, Partial<ListShape>, string | null]>([
  ['*', 'Age', 'Ready', {}, 'Name,Age,Ready,Restarts'],
  ['Name,Age,Ready,Restarts', 'Age', null, {}, null],
  ['*,label:app', 'label:app', 'Name', {}, 'label:app,*'],
  ['*', 'Namespace', 'Age', { scope: several }, 'Name,Ready,Restarts,Namespace,Age'],
  ['*', 'Name', null, { filter: 'changed:1h' }, 'Ready,Restarts,Age,Name'],
  ['*', 'Changed', 'Name', { filter: 'changed:1h' }, 'Changed,*'],
])('%s: %s moved before %s', (layout, id, before, part, expected) => {
  expect(text(withMoved({ ...shape, layout: layout.split(','), ...part }, id, before))).toBe(expected)
})

test('wide columns come and go together, and the others stay', () => {
  expect(isWide(['*'], pods)).toBe(false)
  expect(isWide(['*', 'Node', 'IP'], pods)).toBe(true)
  expect(isWide(['*'], [column('Name')])).toBeNull()
  expect(text(withWide(['*', 'label:app'], pods, true))).toBe('**,label:app')
  expect(text(withWide(['label:app', '**'], pods, false))).toBe('label:app,*')
  expect(text(withWide(['**'], pods, false))).toBeNull()
})

test('folding a layout changes nothing that is seen', () => {
  const ids = fc.uniqueArray(fc.constantFrom(...pods.map(one => one.name), 'label:a', 'Changed'), { minLength: 1 })
  fc.assert(
    fc.property(ids, shown => {
      expect(expand(fold(shown, pods) ?? ['*'], pods)).toEqual(shown)
      expect(shownIds({ ...shape, layout: fold(shown, pods) ?? ['*'] })).toEqual(shown)
    }),
  )
})
