import type { Keeper } from '../core/keepers.ts'
import type { ObjectTarget } from './object.ts'

/** Who owns what of an edit's object as it is live, and who keeps it. */
export type OwnersState = {
  /** The JSON text of `metadata.managedFields`: names of fields, never their values. */
  readonly managedFields: string
  /** Nearest first; those that had to be asked for come a moment later. */
  readonly keepers: readonly KnownKeeper[]
}

/**
 * When a keeper puts its values back: `at-once`, within seconds; `at-interval`, at its next run; `on-change`, when its source
 * changes or somebody lets it; `paused`, not for now; `under-way`, it is at it; `left-alone`, never, since the object says so.
 */
export type KeeperHabit = 'at-once' | 'at-interval' | 'on-change' | 'paused' | 'under-way' | 'left-alone'

/** Somebody who keeps the object, by its own marks or by what was found, and where a change of it belongs. */
export type KnownKeeper = {
  readonly keeper: Keeper
  /** The label, annotation or field that says so. */
  readonly by: string
  /** The object in which the change belongs. `target` null: its kind is not served, or nobody knows where it is. */
  readonly object: {
    readonly kind: string
    readonly name: string
    readonly state: 'present' | 'missing' | 'unreadable'
    readonly target: ObjectTarget | null
  } | null
  readonly release: { readonly name: string; readonly namespace: string; readonly chart: string } | null
  /** Where its source is, as that object says; without what a URL may hold of credentials. '' for what is not said. */
  readonly git: { readonly url: string; readonly path: string; readonly revision: string } | null
  /** Null where the object could not be read, or says nothing. */
  readonly habit: KeeperHabit | null
  /** How often it looks, as written there (`10m`); '' where it is not said. */
  readonly interval: string
  /**
   * Fields that it does not compare with its source, as `formatPath` writes them; `respected`: it does not write them
   * either. Null for none.
   */
  readonly ignores: { readonly paths: readonly string[]; readonly respected: boolean } | null
  /** Between which numbers an autoscaler scales; null for others. */
  readonly replicas: { readonly min: number; readonly max: number } | null
}
