import type { Problem } from '../core/problem.ts'

/** What a step writes to: a subresource whose endpoint takes these fields, or, null, the object itself. */
export type StepTarget = { readonly subresource: string | null }

/** A step with the fields that it changes: the first paths, and how many there are. */
export type StepFields = StepTarget & { readonly paths: readonly string[]; readonly changed: number }

/** A step that was saved, and the version that it made. */
export type StepDone = StepTarget & { readonly version: string }

/**
 * An edit in steps: one text, of which each endpoint takes a part. A review is of one step, `now`; what was submitted of
 * the same text before is `done`; `later` comes after it, each with a review of its own then.
 */
export type ReviewSteps = {
  readonly done: readonly StepDone[]
  readonly now: StepFields
  /** `refusal`: why the server would refuse this step as the object is now; null where it would not, or cannot tell. */
  readonly later: readonly (StepFields & { readonly refusal: Problem | null })[]
}

/** What was saved of an edit in steps, and what of its text was not sent yet; empty where all of it is saved. */
export type SavedSteps = { readonly done: readonly StepDone[]; readonly left: readonly StepFields[] }

/** Which part of one edit a submit was; null in a history where the edit was submitted whole. */
export type StepOf = StepTarget & {
  /** The same for all parts of one edit. */
  readonly edit: string
  /** Counts from 1. */
  readonly number: number
  readonly of: number
}
