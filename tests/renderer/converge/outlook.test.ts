import { expect, test } from 'vitest'
import type { ConvergeState } from '../../../contract/converge.ts'
import { outlookOf, toneOf, worryOf } from '../../../renderer/converge/outlook.ts'

const awaited = [{ kind: 'observed' } as const]
const because = { type: 'Progressing', reason: 'ProgressDeadlineExceeded', message: '' }
const waiting = { kind: 'waiting', awaited } as const
const failed = { kind: 'failed', because, awaited } as const
const held = { kind: 'held', by: 'paused', awaited } as const
const settled = { kind: 'settled' } as const

function state(more: Partial<ConvergeState>): ConvergeState {
  return {
    version: '7',
    object: 'present',
    readiness: waiting,
    settledAfter: null,
    lateAfter: null,
    replicas: null,
    conditions: [],
    events: [],
    eventsProblem: null,
    pods: null,
    reverted: [],
    owners: [],
    ...more,
  }
}

const trouble = (reason: string) => ({ name: 'p', reason, message: '', container: null, restarts: 0, exitCode: null })
const pods = (reason: string) => ({
  total: 1,
  more: false,
  words: [],
  troubled: 1,
  trouble: [trouble(reason)],
  problem: null,
})
const field = { path: 'spec.replicas', before: '1', after: '2', manager: 'somebody', back: true }

test.each<[Partial<ConvergeState>, string, string, boolean]>([
  [{}, 'waiting', 'info', false],
  [{ lateAfter: 10 }, 'late', 'warn', true],
  [{ lateAfter: 10, readiness: failed }, 'failed', 'bad', true],
  [{ readiness: held }, 'held', 'warn', true],
  [{ readiness: settled }, 'settled', 'good', false],
  [{ readiness: { kind: 'nothing' } }, 'nothing', 'quiet', false],
  [{ object: 'unknown' }, 'unseen', 'warn', false],
  [{ object: 'unreadable', readiness: settled }, 'settled', 'good', false],
  [{ object: 'gone', readiness: settled }, 'gone', 'warn', false],
  [{ object: 'replaced' }, 'replaced', 'warn', false],
  [{ pods: pods('NotReady') }, 'waiting', 'info', false],
  [{ pods: pods('ImagePullBackOff') }, 'waiting', 'warn', false],
  [{ pods: pods('ImagePullBackOff'), readiness: settled }, 'settled', 'good', false],
  [{ reverted: [field], readiness: settled }, 'settled', 'good', true],
])('%o', (more, outlook, tone, worries) => {
  const one = state(more)
  expect([outlookOf(one), toneOf(one), worryOf(one) !== null]).toEqual([outlook, tone, worries])
})

test('a worry is a new one when there is something new to see', () => {
  const first = worryOf(state({ readiness: failed }))
  expect(worryOf(state({ readiness: failed, settledAfter: null, events: [] }))).toBe(first)
  expect(worryOf(state({ readiness: failed, reverted: [field] }))).not.toBe(first)
  expect(worryOf(state({ readiness: failed, version: '8' }))).not.toBe(first)
})
