import { describe, expect, test } from 'vitest'
import { ownChoice } from '../../../contract/own-choice.ts'
import type { Review } from '../../../contract/review.ts'
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

  test.each(['unreachable', 'unauthorized'])('a refusal as %s goes once the object can be read again', code => {
    const problem = code === 'unreachable' ? { code, detail: 'ECONNREFUSED' } : { code, message: '' }
    const refused = { kind: 'refused', problem } as FlowEvent
    const inText = reach({ kind: 'asked' }, refused)
    expect(inText).toMatchObject({ kind: 'editing', problem })
    expect(stepFlow(inText, { kind: 'reachedAgain' })).toEqual(editing)
    const inReview = reach({ kind: 'asked' }, reviewed, { kind: 'submitted' }, refused, { kind: 'reachedAgain' })
    expect(inReview).toMatchObject({ kind: 'review', problem: null, submitting: false })
  })

  test('a refusal that the way to the server did not cause stays when the object can be read again', () => {
    const problem = { code: 'outcome-unknown', detail: '' } as const
    const flow = reach({ kind: 'asked' }, reviewed, { kind: 'submitted' }, { kind: 'refused', problem })
    expect(stepFlow(flow, { kind: 'reachedAgain' })).toBe(flow)
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

describe('another choice of how to write, from within a review', () => {
  const choice = { ...ownChoice, strategy: 'apply' } as const
  const choosing: FlowEvent[] = [{ kind: 'asked' }, reviewed, { kind: 'choosing', choice }]
  const refused: FlowEvent = { kind: 'choiceRefused', problem: { code: 'owner-conflict', owners: [], message: '' } }

  test('the review stays until the new one is there, and cannot be submitted meanwhile', () => {
    const flow = reach(...choosing)
    expect(flow).toMatchObject({ kind: 'review', review: { plan: 'p' }, rechoice: { choice, problem: null } })
    expect(flow.kind === 'review' && canSubmit(flow)).toBe(false)
    expect(stepFlow(flow, { kind: 'reviewed', review: { ...review, plan: 'q' }, text: 't' })).toMatchObject({
      review: { plan: 'q' },
      rechosen: true,
      rechoice: null,
    })
  })

  test('a refusal stands beside the review, which can be submitted', () => {
    const flow = reach(...choosing, refused)
    expect(flow).toMatchObject({ review: { plan: 'p' }, rechoice: { choice, problem: { code: 'owner-conflict' } } })
    expect(flow.kind === 'review' && canSubmit(flow)).toBe(true)
    expect(stepFlow(flow, { kind: 'submitted' })).toMatchObject({ submitting: true, rechoice: null })
  })

  test('a refusal that no choice would change leads back to the text', () => {
    const gone: FlowEvent = { kind: 'choiceRefused', problem: { code: 'object-gone' } }
    expect(reach(...choosing, gone)).toMatchObject({ kind: 'editing', problem: { code: 'object-gone' } })
  })

  test('a choice that was called off leaves the review as it was', () => {
    const flow = reach(...choosing, { kind: 'choiceDropped' })
    expect(flow).toEqual(reach({ kind: 'asked' }, reviewed))
    expect(stepFlow(flow, refused)).toBe(flow)
    expect(stepFlow(flow, reviewed)).toBe(flow)
  })

  test('nothing is chosen while a submit is on its way', () => {
    const submitting = reach({ kind: 'asked' }, reviewed, { kind: 'submitted' })
    expect(stepFlow(submitting, { kind: 'choosing', choice })).toBe(submitting)
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
  ['already-exists', 'againstLive'],
  ['outcome-unknown', 'again'],
  ['timed-out', 'again'],
  ['invalid', null],
  ['merge-conflict', null],
] as const)('after %s: %s', (code, remedy) => {
  // The other facts of a problem do not matter for what helps.
  expect(remedyOf({ code } as Parameters<typeof remedyOf>[0])).toBe(remedy)
})
