import { expect, test } from 'vitest'
import { changeAtPace } from '../../../scripts/bench/browse/pace.ts'
import { kindName, withKinds } from '../../../scripts/bench/browse/seam-kinds.ts'
import { seamRows } from '../../../scripts/bench/browse/seam-rows.ts'

const real = JSON.stringify({
  kind: 'Table',
  columnDefinitions: [{ name: 'Name' }, { name: 'Ready' }, { name: 'Status' }],
  rows: [
    {
      cells: ['web-1', '1/1', 'Running'],
      object: { metadata: { name: 'web-1', namespace: 'default', uid: 'u', labels: { note: '"quoted" {braces}' } } },
    },
  ],
})

test('chunks hold every row once, as the real row is but for what is its own', () => {
  const rows = seamRows(real, 25)
  const chunks: { metadata: { continue?: string; remainingItemCount?: number }; rows: { object: unknown }[] }[] = []
  for (let from = 0; ; ) {
    const chunk = JSON.parse(rows.list(from, 10))
    chunks.push(chunk)
    if (chunk.metadata.continue === undefined) break
    from = Number(chunk.metadata.continue)
  }
  expect(chunks.map(chunk => [chunk.rows.length, chunk.metadata.remainingItemCount])).toEqual([
    [10, 15],
    [10, 5],
    [5, undefined],
  ])
  const objects = chunks.flatMap(chunk => chunk.rows.map(row => row.object))
  expect(new Set(objects.map(object => JSON.stringify(object))).size).toBe(25)
  expect(objects[12]).toMatchObject({
    metadata: { name: 'pod-000012', namespace: 'space-4', labels: { note: '"quoted" {braces}' } },
  })
})

test('a change is a watch event of the newest version, and stands in the list afterwards', () => {
  const rows = seamRows(real, 3)
  const event = JSON.parse(rows.change(1, 'c7@1'))
  expect(event).toMatchObject({ type: 'MODIFIED', object: { metadata: { resourceVersion: String(rows.version()) } } })
  expect(event.object.rows).toEqual([JSON.parse(rows.list(1, 1)).rows[0]])
  expect(rows.shown()).toEqual([
    ['pod-000000', 'Running'],
    ['pod-000001', 'c7@1'],
    ['pod-000002', 'Running'],
  ])
})

test('changes are as many as the pace gives, each with its number, the same ones in every run', async () => {
  const run = async () => {
    const made: { index: number; number: number }[] = []
    const told = await changeAtPace({ perSecond: 2_000, seconds: 0.05, count: 50 }, changes => made.push(...changes))
    return { made, told }
  }
  const [first, second] = [await run(), await run()]
  expect(first.made.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, number) => number))
  expect(second).toEqual(first)
  expect(first.told.inSight).toEqual(first.made.filter(({ index }) => index < 15).map(({ number }) => number))
})

test('discovery has so many kinds more, beside the real ones', () => {
  const served = JSON.parse(withKinds(JSON.stringify({ kind: 'APIGroupDiscoveryList', items: [{ metadata: {} }] }), 45))
  const kinds = served.items
    .slice(1)
    .flatMap((group: { versions: { resources: { responseKind: { kind: string } }[] }[] }) =>
      group.versions.flatMap(({ resources }) => resources.map(({ responseKind }) => responseKind.kind)),
    )
  expect(kinds).toEqual(Array.from({ length: 45 }, (_, number) => kindName(number)))
})
