import { expect, it } from 'vitest'
import { meaningOf, rankValues } from '../../../../electron/host/views/rank.ts'
import type { Cell } from '../../../../electron/host/views/table.ts'

// Each row is in ascending order already; ranking must keep it, from whatever order it starts.
it.each<[string, Cell[]]>([
  ['Name', ['pod-1', 'pod-2', 'pod-10', 'web', null]],
  ['Restarts', ['0', '2 (5m ago)', '3', '10 (2d ago)', '<none>']],
  ['Ready', ['0/3', '1/3', '1/2', '1/1', '2/2']],
  ['CPU', ['5m', '250m', '1', '1500m', '2']],
  ['Capacity', ['512Ki', '1Mi', '1Gi', '2Gi', '1Ti', '']],
  ['Data', [0, 2, 10, 100, null]],
  ['Version', ['v1.2.3', 'v1.2.10', 'v1.10.0', 'v2']],
  ['Cluster-IP', ['10.0.0.2', '10.0.0.10', '10.0.1.1', 'None']],
  ['Use', ['2%', '10%', '100%', '<unknown>']],
  ['Duration', ['5s', '90s', '5m', '1h30m', '3h', '2d', '1y']],
  ['Last Schedule', ['5s', '10m', '2d', '<none>']],
  ['Suspend', ['False', 'True']],
  ['Mixed', ['1', '20', 'auto', 'manual', '<unset>']],
  ['Zeros', ['a-007', 'a-8', 'a-09']],
])('%s', (name, ascending) => {
  const meaning = name === 'Name' ? 'natural' : meaningOf(name)
  const shuffled = [...ascending].reverse()
  const { ranks } = rankValues(shuffled, meaning)
  const sorted = shuffled
    .map((value, index) => ({ value, rank: ranks[index] ?? 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(one => one.value)
  expect(sorted).toEqual(ascending)
})

it('equal values share a rank, and empty ones are told', () => {
  const { ranks, emptyFrom } = rankValues(['1000m', '1', null, '<none>', '2'], 'value')
  expect(ranks[0]).toBe(ranks[1])
  expect(ranks[2]).toBe(ranks[3])
  expect(emptyFrom).toBe(3)
})

it('ranking more of the same values gives what ranking all of them gives', () => {
  for (const meaning of ['plain', 'natural', 'age', 'value'] as const) {
    const values: Cell[] = ['pod-3', '5m', null, 'pod-20']
    let ranks = rankValues(values, meaning)
    for (const more of ['pod-10', '2h', '', 'pod-1', 7, 'zz', 'aa']) {
      values.push(more)
      ranks = rankValues(values, meaning, ranks)
      const fresh = rankValues([...values], meaning)
      expect([...ranks.ranks]).toEqual([...fresh.ranks])
      expect(ranks.emptyFrom).toBe(fresh.emptyFrom)
    }
  }
})
