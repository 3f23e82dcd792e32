import { expect, test } from 'vitest'
import { deletionOf, momentsOf } from '../../core/moments.ts'

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`

test('the moments of an object, the newest first; of one second what follows from another comes above it', () => {
  const object = {
    metadata: {
      creationTimestamp: at(1),
      managedFields: [
        { manager: 'kubectl', operation: 'Apply', time: at(1), fieldsV1: {} },
        { manager: 'controller', operation: 'Update', subresource: 'status', time: at(5), fieldsV1: {} },
        { manager: 'timeless', operation: 'Update', fieldsV1: {} },
      ],
    },
    status: {
      conditions: [
        { type: 'Ready', status: 'True', lastTransitionTime: at(5), reason: 'Up', message: 'm' },
        { type: 'Silent', status: 'True' },
      ],
    },
  }
  const line = (moment: ReturnType<typeof momentsOf>[number]) =>
    `${moment.time.slice(17, 19)} ${moment.kind} ${moment.kind === 'written' ? moment.manager : moment.kind === 'condition' ? moment.type : ''}`.trim()
  expect(momentsOf(object).map(line)).toEqual([
    '05 condition Ready',
    '05 written controller',
    '01 written kubectl',
    '01 created',
  ])
})

test('a deletion was asked for before its grace period', () => {
  const metadata = { deletionTimestamp: at(30), deletionGracePeriodSeconds: 30 }
  expect(deletionOf({ metadata })).toEqual({ since: '2026-01-01T00:00:00.000Z', gracePeriod: 30 })
  expect(deletionOf({ metadata: {} })).toBeNull()
  expect(deletionOf({ metadata: { deletionTimestamp: 'soon' } })).toEqual({ since: 'soon', gracePeriod: null })
})
