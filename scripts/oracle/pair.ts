import type { Json, JsonObject } from '../../core/json.ts'

/** What one side says: a value, or why there is none. Neither: it was not asked. */
export type Outcome = { readonly value?: Json; readonly refused?: string }

/** An object, an edit of it, another writer's edit, and a JSON Patch and a YAML text beside them (`pair.go`). */
export type Pair = {
  readonly kind: string
  readonly original: JsonObject
  readonly modified: JsonObject
  readonly current: JsonObject
  readonly operations?: Json
  readonly text?: string
  readonly printed?: boolean
}

/** A pair with what Kubernetes' code makes of it (`answer.go`). */
export type Answered = Pair & {
  readonly answers: {
    readonly [name in
      | 'twoWay'
      | 'twoWayOnOriginal'
      | 'twoWayOnCurrent'
      | 'threeWay'
      | 'threeWayOnCurrent'
      | 'careful'
      | 'merge'
      | 'mergeOnOriginal'
      | 'mergeOnCurrent'
      | 'mergeThreeWay'
      | 'operationsOnCurrent'
      | 'read'
      | 'print']: Outcome
  }
}

/** What Kubernetes' code makes of our patches and our print (`answer.go`). */
export type Verdict = {
  readonly [name in 'unguardedOnOriginal' | 'guardedOnOriginal' | 'guardedOnCurrent' | 'read']: Outcome
}

/** What Kubernetes' code reads from a text, and that as it prints it (`answer.go`). */
export type AnsweredText = { readonly text: string; readonly read: Outcome; readonly printed: Outcome }

/** An object that several managers have written, and what one of them wants of it next (`apply.go`). */
export type Owned = { readonly kind: string; readonly live: JsonObject; readonly wanted: JsonObject }

/** The manager whose apply is predicted: the first of `apply.go`. */
export const appliesAs = 'patchbay-apply'

/** What structured-merge-diff makes of an apply by force, and who is in its way without. */
export type Applied = {
  readonly forced: Outcome
  readonly conflicts: readonly { readonly manager: string; readonly field: string }[]
}
