import { describe, expect, test } from 'vitest'
import type { Review } from '../../../contract/edit.ts'
import { canSubmit, editing, type Flow, type FlowEvent, remedyOf, stepFlow } from '../../../renderer/edit/flow.ts'

// Only these fields of a review steer the flow.
const review = { plan: 'p', changesAnything: true, needsAcknowledgement: false } as Review

const reviewed: FlowEvent = { kind: 'reviewed', review, text: 't' }

function reach(...events: FlowEvent[]): Flow {
  return events.reduce(stepFlow, editing)
}

describe('the way from typing to saved', () => {
  test('an answer that comes after the person went back is dropped', () => {
    expect(reach({ kind: 'asked' }, { kind: 'back' }, reviewed)).toBe(editing)
  })

  test('nothing leads out of a submit but its answer', () => {
    const submitting = reach({ kind: 'asked' }, reviewed, { kind: 'submitted' })
    expect(submitting).toMatchObject({ kind: 'review', submitting: true })
    expect(stepFlow(submitting, { kind: 'back' })).toBe(submitting)
    expect(stepFlow(submitting, { kind: 'asked' })).toBe(submitting)
    expect(stepFlow(submitting, { kind: 'submitted' })).toBe(submitting)
  })

  test('a refused submit stays in its review', () => {
    const problem = {
      code: 'forbidden',
      asked: { verb: 'patch', group: '', resource: 'pods', namespace: null, name: 'x' },
      message: '',
    } as const
    expect(reach({ kind: 'asked' }, reviewed, { kind: 'submitted' }, { kind: 'refused', problem })).toMatchObject({
      kind: 'review',
      submitting: false,
      problem,
    })
  })

  test('a review in place of a submit wants its acknowledgement anew', () => {
    const untaken = { ...review, needsAcknowledgement: true }
    const events: FlowEvent[] = [
      { kind: 'asked' },
      { kind: 'reviewed', review: untaken, text: 't' },
      { kind: 'acknowledged', acknowledged: true },
      { kind: 'submitted' },
      { kind: 'reviewAgain', review: { ...untaken, plan: 'q' }, reason: 'answer-differs' },
    ]
    expect(reach(...events)).toMatchObject({
      acknowledged: false,
      submitting: false,
      review: { plan: 'q' },
      again: { reason: 'answer-differs', former: { plan: 'p' } },
    })
  })
})

describe('Submit', () => {
  const shown = (more: object) => {
    const flow = reach({ kind: 'asked' }, reviewed)
    if (flow.kind !== 'review') throw new Error('not a review')
    return canSubmit({ ...flow, ...more })
  }

  test.each([
    ['a review with changes', {}, true],
    ['nothing to send', { review: { ...review, changesAnything: false } }, false],
    ['fields not acknowledged', { review: { ...review, needsAcknowledgement: true } }, false],
    ['fields acknowledged', { review: { ...review, needsAcknowledgement: true }, acknowledged: true }, true],
    ['one on its way', { submitting: true }, false],
    ['a server that was not reached', { problem: { code: 'unreachable', detail: '' } }, true],
    ['a lost answer', { problem: { code: 'outcome-unknown', detail: '' } }, false],
    ['a stale plan', { problem: { code: 'plan-stale' } }, false],
  ])('%s', (_, more, expected) => {
    expect(shown(more)).toBe(expected)
  })
})

test.each([
  ['object-gone', 'recreate'],
  ['object-replaced', 'reopen'],
  ['edit-unknown', 'reopen'],
  ['outcome-unknown', 'again'],
  ['timed-out', 'again'],
  ['invalid', null],
  ['merge-conflict', null],
] as const)('after %s: %s', (code, remedy) => {
  // The other facts of a problem do not matter for what helps.
  expect(remedyOf({ code } as Parameters<typeof remedyOf>[0])).toBe(remedy)
})
