import type { Condition } from '../core/conditions.ts'
import type { PodTrouble } from '../core/pod-state.ts'
import type { Problem } from '../core/problem.ts'
import type { Readiness, Replicas } from '../core/readiness.ts'
import type { EditTarget, ForeignChange } from './edit.ts'

/**
 * How what was submitted last becomes real. `readiness` is of the object as it was seen last, and stays `settled` from the
 * first time that it was. `object` tells whether it can be seen now.
 */
export type ConvergeState = {
  /** The resourceVersion that the submit made: another one is another submit. */
  readonly version: string
  readonly object: 'present' | 'gone' | 'replaced' | 'unreadable' | 'unknown'
  readonly readiness: Readiness
  /** Seconds from the submit until it was settled, null before. */
  readonly settledAfter: number | null
  /** Minutes after which it is said that it has still not settled, once they have passed; null before. It is watched on. */
  readonly lateAfter: number | null
  /** Null for what is no workload. */
  readonly replicas: Replicas | null
  readonly conditions: readonly Omit<Condition, 'observedGeneration'>[]
  /** The object's events since the submit, the newest first; at most ten. */
  readonly events: readonly EventLine[]
  /** Why the events cannot be read, null when they can. */
  readonly eventsProblem: Problem | null
  /** Null for what has no pods of its own. */
  readonly pods: PodsState | null
  /** The fields of my submit that somebody has changed since. */
  readonly reverted: readonly RevertedField[]
  /** Whom to look at when a field was changed: what controls the object, and the autoscalers that scale it. */
  readonly owners: readonly Owner[]
}

/** Equal events as one: how often, and when last (RFC 3339). Masked for Secrets. */
export type EventLine = {
  readonly type: string
  readonly reason: string
  readonly message: string
  readonly count: number
  readonly last: string
}

/** A workload's pods. `words` are as `kubectl get pods` prints them, the most frequent first. */
export type PodsState = {
  readonly total: number
  /** True where there are more pods than are followed. */
  readonly more: boolean
  readonly words: readonly { readonly word: string; readonly count: number }[]
  readonly troubled: number
  /** The first few of those in trouble. */
  readonly trouble: readonly (PodTrouble & { readonly name: string })[]
  readonly problem: Problem | null
}

/** A field that I submitted and somebody changed since; `back` where it is what it was before my submit. */
export type RevertedField = ForeignChange & { readonly back: boolean }

/** Something that writes the object by itself. `target` is null where it cannot be opened here. */
export type Owner = { readonly kind: string; readonly name: string; readonly target: EditTarget | null }
