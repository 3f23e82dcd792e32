import type { LiveObject } from '../../contract/edit.ts'
import type { Review, Submitted } from '../../contract/review.ts'
import type { WriteChoice } from '../../contract/strategy.ts'
import type { Conflict, Problem } from '../../core/problem.ts'
import type { Dispute } from './others.ts'
import type { Decision } from './settle.ts'

/** What a submit brought, and what became of the text: `moved` onto the saved object, `left` as it was since it could not be moved, or a manifest, which `stays`. */
export type Saved = {
  readonly result: Extract<Submitted, { kind: 'saved' }>
  readonly created: boolean
  readonly text: 'moved' | 'left' | 'stays'
  /** Where something typed after the review met another value from the server; the text kept what was typed. */
  readonly kept: readonly Conflict[]
}

/** A field that came in from others, and who changed it; null is the unknown writer. */
export type Came = { readonly path: string; readonly manager: string | null }

/** That the text was moved onto what is live, and how: what stands at each field that both changed, and what came in. */
export type Settled = { readonly decisions: readonly Decision[]; readonly came: readonly Came[] }

/** Both sides changed the same: what shall stand is decided against this very version of the live object. */
export type Deciding = {
  readonly kind: 'deciding'
  readonly live: LiveObject
  readonly disputes: readonly Dispute[]
}

/** Another way of writing the edit that was asked for while a review is on screen: on its way, or refused with `problem`. */
export type Rechoice = { readonly choice: WriteChoice; readonly problem: Problem | null }

/** A review, and what became of it so far. */
export type Reviewing = {
  readonly kind: 'review'
  readonly review: Review
  /** The text that it was made from. */
  readonly text: string
  /** Set when it came in place of a submit: why, and what had been reviewed. */
  readonly again: { readonly reason: 'answer-differs' | 'others-changed'; readonly former: Review } | null
  /** True when it came by choosing how the edit is written: the person is where the choice was made, not at the beginning. */
  readonly rechosen: boolean
  readonly rechoice: Rechoice | null
  readonly acknowledged: boolean
  readonly submitting: boolean
  readonly problem: Problem | null
}

/** Where the person is between typing and saved. */
export type Flow =
  | {
      readonly kind: 'editing'
      readonly problem: Problem | null
      readonly saved: Saved | null
      readonly settled: Settled | null
    }
  | { readonly kind: 'asking' }
  | Deciding
  | Reviewing

export type FlowEvent =
  | { readonly kind: 'typed' }
  | { readonly kind: 'asked' }
  | { readonly kind: 'reviewed'; readonly review: Review; readonly text: string }
  | { readonly kind: 'choosing'; readonly choice: WriteChoice }
  | { readonly kind: 'choiceRefused'; readonly problem: Problem }
  /** Of the choice that is on its way, or was refused, no more. */
  | { readonly kind: 'choiceDropped' }
  | { readonly kind: 'acknowledged'; readonly acknowledged: boolean }
  | { readonly kind: 'submitted' }
  | { readonly kind: 'saved'; readonly saved: Saved }
  | { readonly kind: 'settled'; readonly settled: Settled }
  | Deciding
  | { readonly kind: 'reviewAgain'; readonly review: Review; readonly reason: 'answer-differs' | 'others-changed' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** The object can be read again after it could not. */
  | { readonly kind: 'reachedAgain' }
  | { readonly kind: 'back' }

/** The beginning: nothing asked yet. */
export const editing = { kind: 'editing', problem: null, saved: null, settled: null } as const satisfies Flow

/** The next place. Events that do not fit the place they meet (an answer after `back`) change nothing. */
export function stepFlow(flow: Flow, event: FlowEvent): Flow {
  switch (event.kind) {
    case 'typed':
      // What was said of the saved or the live object stays true while the person types on; its message may go.
      return flow.kind === 'editing' && (flow.saved ?? flow.settled) !== null
        ? { ...editing, problem: flow.problem }
        : flow
    case 'asked':
      return flow.kind === 'review' && flow.submitting ? flow : { kind: 'asking' }
    case 'reviewed':
      if (flow.kind === 'asking') return reviewing(event.review, event.text)
      if (flow.kind !== 'review' || !isChoosing(flow)) return flow
      return { ...reviewing(event.review, event.text), rechosen: true }
    case 'choosing':
      return flow.kind === 'review' && !flow.submitting
        ? { ...flow, rechoice: { choice: event.choice, problem: null } }
        : flow
    case 'choiceRefused':
      if (flow.kind !== 'review' || flow.rechoice === null) return flow
      if (endsReview.has(event.problem.code)) return { ...editing, problem: event.problem }
      return { ...flow, rechoice: { ...flow.rechoice, problem: event.problem } }
    case 'choiceDropped':
      return flow.kind === 'review' ? { ...flow, rechoice: null } : flow
    case 'acknowledged':
      return flow.kind === 'review' ? { ...flow, acknowledged: event.acknowledged } : flow
    case 'submitted':
      return flow.kind === 'review' && canSubmit(flow)
        ? { ...flow, submitting: true, problem: null, rechoice: null }
        : flow
    case 'saved':
      return { ...editing, saved: event.saved }
    case 'settled':
      return flow.kind === 'editing' || flow.kind === 'deciding' ? { ...editing, settled: event.settled } : flow
    case 'deciding':
      return flow.kind === 'editing' || flow.kind === 'deciding' ? event : flow
    case 'reviewAgain':
      if (flow.kind !== 'review') return flow
      return { ...reviewing(event.review, flow.text), again: { reason: event.reason, former: flow.review } }
    case 'refused':
      if (flow.kind === 'review' && !concernsText.has(event.problem.code)) {
        return { ...flow, submitting: false, problem: event.problem }
      }
      return { ...editing, problem: event.problem }
    case 'reachedAgain':
      return (flow.kind === 'editing' || flow.kind === 'review') &&
        flow.problem !== null &&
        theWay.has(flow.problem.code)
        ? { ...flow, problem: null }
        : flow
    case 'back':
      return flow.kind === 'review' && flow.submitting ? flow : editing
  }
}

function reviewing(review: Review, text: string): Reviewing {
  const nothingYet = { rechosen: false, rechoice: null, acknowledged: false, submitting: false, problem: null }
  return { kind: 'review', review, text, again: null, ...nothingYet }
}

/** Whether a review of another choice is on its way: the one on screen is to be replaced. */
export function isChoosing({ rechoice }: Reviewing): boolean {
  return rechoice !== null && rechoice.problem === null
}

/** Whether Submit may be pressed: something to send, nothing on its way, and what will not be taken was acknowledged. */
export function canSubmit(reviewing: Reviewing): boolean {
  const { review, acknowledged, submitting, problem } = reviewing
  const spent = problem !== null && spentBy.has(problem.code)
  const busy = submitting || isChoosing(reviewing)
  return !busy && !spent && review.changesAnything && (acknowledged || !review.needsAcknowledgement)
}

/** These are answered in the text, not in the review: the person is led back to it. */
const concernsText: ReadonlySet<Problem['code']> = new Set([
  'merge-conflict',
  'unknown-field',
  'invalid',
  'decoding-failed',
  'admission-denied',
  'patch-falls-short',
  'object-gone',
  'object-replaced',
  'uid-conflict',
  'already-exists',
  'edit-unknown',
])

/** These say that the object or the edit is not what was reviewed: no choice of how to write it helps. */
const endsReview: ReadonlySet<Problem['code']> = new Set([
  'merge-conflict',
  'object-gone',
  'object-replaced',
  'uid-conflict',
  'edit-unknown',
])

/** Whether another way of writing the same edit may not meet this refusal. */
export function choiceMatters({ code }: Problem): boolean {
  return !endsReview.has(code)
}

/** After these a plan cannot be sent again: a new review is needed. */
const spentBy: ReadonlySet<Problem['code']> = new Set([
  'plan-stale',
  'base-moved',
  'text-behind',
  'version-conflict',
  'outcome-unknown',
  'not-written',
])

/** These came of the way to the server, and say nothing any more once there is one again. */
const theWay: ReadonlySet<Problem['code']> = new Set([
  'unreachable',
  'tls-failed',
  'timed-out',
  'credentials-failed',
  'credentials-expired',
  'unauthorized',
  'plugin-unconfirmed',
])

/** What offers itself to do about a refusal: unlock its context, review anew, create the object again, open the one that has its name, go on with the text against that one, or nothing but to correct. */
export function remedyOf(problem: Problem): 'again' | 'recreate' | 'reopen' | 'againstLive' | 'unlock' | null {
  const { code } = problem
  if (code === 'context-read-only') return problem.unlockable ? 'unlock' : null
  if (code === 'already-exists') return 'againstLive'
  if (code === 'object-gone' || code === 'not-found') return 'recreate'
  if (code === 'edit-unknown' || code === 'object-replaced' || code === 'uid-conflict') return 'reopen'
  return againHelps.has(code) ? 'again' : null
}

const againHelps: ReadonlySet<Problem['code']> = new Set([
  ...theWay,
  'rate-limited',
  'submit-stopped',
  'server-error',
  'version-conflict',
  'expired',
  'schema-unavailable',
  'plan-stale',
  'base-moved',
  'text-behind',
  'edit-busy',
  'host-gone',
  'outcome-unknown',
  'not-written',
])
