import { expect, test } from 'vitest'
import type { ObjectState, ObjectSummary } from '../../../contract/object.ts'
import type { readinessOf } from '../../../core/readiness.ts'
import { summaryOf } from '../../../electron/host/objects/summary.ts'
import { standingOf } from '../../../renderer/object/status.ts'

function state(
  object: Parameters<typeof readinessOf>[0],
  live: ObjectState['live'] = { kind: 'present' },
): ObjectState {
  const summary: ObjectSummary = summaryOf(object)
  return { live, recreated: false, kind: null, versions: [], summary, columns: [] }
}

const pod = (status: object, metadata = {}) => state({ apiVersion: 'v1', kind: 'Pod', metadata, status: { ...status } })
const waits = { name: 'web', state: { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } } }

test.each([
  ['nothing to tell', state({ apiVersion: 'v1', kind: 'ConfigMap' }), { tone: 'quiet', word: 'nothing' }],
  ['gone', state({ apiVersion: 'v1', kind: 'ConfigMap' }, { kind: 'gone' }), { tone: 'warn', word: 'gone' }],
  [
    'a Pod in trouble, whatever it waits for',
    pod({ phase: 'Pending', containerStatuses: [waits] }),
    { tone: 'bad', word: 'trouble', reason: 'ImagePullBackOff (web)', message: 'no such image' },
  ],
  [
    'a deletion before all else',
    pod({ phase: 'Pending', containerStatuses: [waits] }, { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    { tone: 'warn', word: 'deleting' },
  ],
  [
    'a Deployment that waits',
    state({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 2 }, status: { observedGeneration: 1 } }),
    { tone: 'info', word: 'waiting' },
  ],
])('%s', (_, given, expected) => {
  expect(standingOf(given)).toMatchObject(expected)
})

test('what was not seen has no standing', () => {
  expect(standingOf({ ...state({}), summary: null })).toBeNull()
})
