import { expect, test } from 'vitest'
import type { Json } from '../../../../core/json.ts'
import { eventLines } from '../../../../electron/host/converging/events.ts'
import { podSelector } from '../../../../electron/host/converging/pods.ts'

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`
const since = Date.parse(at(10))
const how = { since, most: 3, mask: (text: string) => text.replaceAll('hunter2', '***') }

function event(reason: string, second: number, more: Record<string, Json> = {}) {
  return { type: 'Normal', reason, message: 'm', count: 1, lastTimestamp: at(second), ...more }
}

test('what happened before the submit is left out; equal events are one line, the newest first, no more than asked for', () => {
  const lines = eventLines(
    [event('Old', 9), event('A', 10), event('B', 12), event('A', 11, { count: 3 }), event('C', 13), event('D', 14)],
    how,
  )
  expect(lines.map(({ reason, count, last }) => [reason, count, last])).toEqual([
    ['D', 1, at(14)],
    ['C', 1, at(13)],
    ['B', 1, at(12)],
  ])
  expect(eventLines([event('A', 10), event('A', 12, { count: 3 })], how)).toEqual([
    { type: 'Normal', reason: 'A', message: 'm', count: 4, last: at(12) },
  ])
})

test('the words of events.k8s.io mean the same, and a series counts by itself', () => {
  const line = { type: 'Warning', reason: 'Failed', message: 'was ***', count: 5, last: at(20) }
  const plain = { type: 'Warning', reason: 'Failed', note: 'was hunter2' }
  expect(eventLines([{ ...plain, deprecatedCount: 5, deprecatedLastTimestamp: at(20) }], how)).toEqual([line])
  const series = { count: 5, lastObservedTime: at(20) }
  expect(eventLines([{ ...plain, eventTime: at(1), series }], how)).toEqual([line])
  expect(eventLines([{ ...plain, eventTime: at(20) }], how)).toEqual([{ ...line, count: 1 }])
})

test.each<[string, string, Json, string | null]>([
  ['Deployment', 'labels', { matchLabels: { app: 'web', 'a.b/c': 'd' } }, 'app=web,a.b/c=d'],
  [
    'StatefulSet',
    'expressions',
    {
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['a', 'b'] },
        { key: 'old', operator: 'NotIn', values: ['x'] },
        { key: 'here', operator: 'Exists' },
        { key: 'there', operator: 'DoesNotExist' },
      ],
    },
    'app=web,tier in (a,b),old notin (x),here,!there',
  ],
  ['ReplicationController', 'the bare map', { app: 'web' }, 'app=web'],
  // It would be every pod of the namespace.
  ['Deployment', 'nothing at all', {}, null],
])('the selector of a %s by %s', (kind, _, selector, words) => {
  expect(podSelector({ kind, spec: { selector, template: {} } })).toBe(words)
})

test('a Service selects pods, and has none of its own', () => {
  expect(podSelector({ kind: 'Service', spec: { selector: { app: 'web' } } })).toBeNull()
})
