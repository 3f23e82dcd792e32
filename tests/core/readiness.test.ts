import { describe, expect, test } from 'vitest'
import { podTrouble, podWord } from '../../core/pod-state.ts'
import { readinessOf, replicasOf } from '../../core/readiness.ts'
import { objectIn, rowsOf } from './table-rows.ts'

describe('how far an object is', () => {
  test.each(rowsOf('readiness.yaml'))('%s', (_name, { object, readiness }) => {
    expect(readinessOf(objectIn(object))).toEqual(readiness)
  })
})

describe('a pod', () => {
  test.each(rowsOf('pod-trouble.yaml'))('%s', (_name, { status, word, trouble, deleted }) => {
    const metadata = deleted === true ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata, status: objectIn(status) }
    expect([podWord(pod), podTrouble(pod)]).toEqual([word, trouble])
  })
})

describe('the counts of a workload', () => {
  test('what a Deployment does not say is zero', () => {
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 3 }, status: { updatedReplicas: 1 } }
    expect(replicasOf(object)).toEqual({ desired: 3, updated: 1, ready: 0, available: 0 })
  })
  test('what another kind does not say is not known', () => {
    const object = { apiVersion: 'a.b/v1', kind: 'Set', spec: { replicas: 3 }, status: { readyReplicas: 1 } }
    expect(replicasOf(object)).toEqual({ desired: 3, updated: null, ready: 1, available: null })
  })
  test('a DaemonSet counts nodes', () => {
    const status = { desiredNumberScheduled: 4, numberReady: 3 }
    expect(replicasOf({ apiVersion: 'apps/v1', kind: 'DaemonSet', status })).toEqual({
      desired: 4,
      updated: 0,
      ready: 3,
      available: 0,
    })
  })
  test('others have none', () => {
    expect(replicasOf({ apiVersion: 'v1', kind: 'Service', spec: {}, status: {} })).toBeNull()
  })
})
