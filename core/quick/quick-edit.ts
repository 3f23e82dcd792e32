import type { JsonObject } from '../json.ts'
import type { Problem } from '../problem.ts'

/** A variable to be set: to a value, or to a key of a ConfigMap or Secret. */
export type EnvSetting =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly from: 'configMap' | 'secret'; readonly of: string; readonly key: string }

export const taintEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const
export type TaintEffect = (typeof taintEffects)[number]

/** A taint of a Node: known by its key and effect. */
export type Taint = { readonly key: string; readonly value: string; readonly effect: TaintEffect }

/**
 * A revision of a workload as its history keeps it: the template of its Pods; and the annotations of the ReplicaSet that
 * keeps it, null for a ControllerRevision, which has none to give back.
 */
export type StoredRevision = {
  readonly revision: number
  readonly template: JsonObject
  readonly annotations: Readonly<Record<string, string>> | null
}

/** A change of an object that is said in a few words, as kubectl's commands make it. */
export type QuickEdit =
  /** `kubectl set image`: images by the names of their containers, init containers too. */
  | { readonly kind: 'image'; readonly images: Readonly<Record<string, string>> }
  | { readonly kind: 'scale'; readonly replicas: number }
  | {
      readonly kind: 'label' | 'annotate'
      readonly set: Readonly<Record<string, string>>
      readonly remove: readonly string[]
    }
  /** `kubectl set env`: in these containers; null for all but init containers. */
  | {
      readonly kind: 'env'
      readonly containers: readonly string[] | null
      readonly set: readonly EnvSetting[]
      readonly remove: readonly string[]
    }
  /** `kubectl rollout restart`; `at` is an RFC 3339 time. */
  | { readonly kind: 'restart'; readonly at: string }
  /** `kubectl rollout pause` and `resume`; `spec.suspend`; `kubectl cordon` and `uncordon`. */
  | { readonly kind: 'pause' | 'suspend' | 'cordon'; readonly on: boolean }
  /** `kubectl taint`; a removal without an effect takes every taint of that key. */
  | {
      readonly kind: 'taint'
      readonly set: readonly Taint[]
      readonly remove: readonly { readonly key: string; readonly effect: TaintEffect | null }[]
    }
  /** `kubectl rollout undo`, to a revision that was looked up. */
  | ({ readonly kind: 'restore' } & StoredRevision)

export type QuickKind = QuickEdit['kind']

/** A quick edit of one kind. */
export type QuickEditOf<Kind extends QuickKind> = Extract<QuickEdit, { readonly kind: Kind }>

/** Why a quick edit does not fit an object. */
export type Unfit = Extract<Problem, { readonly code: 'quick-edit-unfit' }>
