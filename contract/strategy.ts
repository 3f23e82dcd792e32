import * as z from 'zod'
import type { FieldChange, ForeignChange } from './edit.ts'

/**
 * How a change is written. `strategic`, `merge` and `json` are patches of what is live; `apply` is server-side apply,
 * `replace` a PUT; `client-side-apply` is what `kubectl apply` does with a manifest; `create` a POST of what is not
 * there yet.
 */
export const strategySchema = z.enum(['strategic', 'merge', 'json', 'apply', 'replace', 'client-side-apply', 'create'])
export type Strategy = z.infer<typeof strategySchema>

/**
 * What makes the server refuse the write when the object has moved: its `version`, the `value` of each field that the
 * edit changes (JSON Patch only), or `none`, as kubectl edit does it (the last writer of a field wins).
 */
export const guardSchema = z.enum(['version', 'value', 'none'])
export type Guard = z.infer<typeof guardSchema>

/** How the person wants an edit to be written; null is the app's own choice. */
export const writeChoiceSchema = z.object({
  strategy: strategySchema.exclude(['create']).nullable(),
  guard: guardSchema.nullable(),
  /** Server-side apply only: take over the fields that other managers own with another value. */
  force: z.boolean(),
  /** Make my change, alone, inside the last-applied configuration too, where that holds the field. */
  lastApplied: z.boolean(),
  /** Why, to be written into the annotation `kubernetes.io/change-cause` with the change; null leaves that as it is. */
  changeCause: z.string().min(1).max(2_000).nullable().default(null),
})
export type WriteChoice = z.infer<typeof writeChoiceSchema>

/** What another strategy would do otherwise than the edit says, or would do to others. */
export type StrategyNote =
  /** These lists are sent whole: what somebody adds to them meanwhile is caught by the guard only. */
  | { readonly kind: 'replaces-list'; readonly paths: readonly string[] }
  /** The server merges these lists by comparing each of their many items with every other. */
  | { readonly kind: 'slow-merge'; readonly lists: readonly LongList[] }
  /** Server-side apply would be refused for these, unless forced. */
  | {
      readonly kind: 'owner-conflict'
      readonly owners: readonly { readonly path: string; readonly managers: readonly string[] }[]
    }
  /** The write takes these changes of others back. */
  | { readonly kind: 'overwrites'; readonly changes: readonly ForeignChange[] }
  /** The field manager of server-side apply becomes an owner of these, beside or in place of the ones that it has. */
  | { readonly kind: 'takes-ownership'; readonly paths: readonly string[] }

/** A list, and how many items it has. */
export type LongList = { readonly path: string; readonly items: number }

/** One strategy, for this very edit. */
export type StrategyOffer = {
  readonly strategy: Strategy
  /**
   * `reaches`: makes just the object that the edit says. `falls-short`: cannot express `paths`. `not-served`: the
   * server takes no such request for this resource. `not-allowed`: this person may not send it.
   */
  readonly state: 'reaches' | 'falls-short' | 'not-served' | 'not-allowed'
  readonly paths: readonly string[]
  readonly notes: readonly StrategyNote[]
}

/**
 * What the app would choose and why: `usual` (nobody else acts on the fields: the kind's usual patch), `co-owned`
 * (`managers` will write `paths` again: guarded), `falls-short` (the usual patch cannot express `paths`), `slow-merge` (the server would be long at merging
 * `paths`, the usual patch's lists), `moving` (the
 * object is rewritten faster than it can be answered: guarded by value), `manifest` (a manifest, as it was applied last),
 * `owned` (a manifest which server-side apply would have to force, since `managers` own `paths`), `put-only` (the
 * subresource takes nothing else).
 */
export type Recommendation = {
  readonly strategy: Strategy
  readonly guard: Guard
  readonly reason: 'usual' | 'co-owned' | 'falls-short' | 'slow-merge' | 'moving' | 'manifest' | 'owned' | 'put-only'
  readonly paths: readonly string[]
  readonly managers: readonly string[]
}

/** What the next `kubectl apply` of the configuration applied last would do to one field of my result. */
export type ApplyForecast = {
  readonly path: string
  /** `reverted`: it writes the old value again; `removed`: it takes the field away; `kept`: it leaves my value alone. */
  readonly outcome: 'reverted' | 'removed' | 'kept'
  /** Masked YAML: what my edit leaves there, and what stands there after that apply; null where absent. */
  readonly mine: string | null
  readonly next: string | null
}

/** The `kubectl.kubernetes.io/last-applied-configuration` annotation of the live object, beside my edit. Masked. */
export type LastApplied = {
  /** Where live is not what was applied last; fields that were never applied are no drift. */
  readonly drift: readonly FieldChange[]
  /** For each field of my edit, with the annotation as this write leaves it. */
  readonly forecast: readonly ApplyForecast[]
  /** Fields of my edit that the annotation holds: those that `lastApplied` would change in it. */
  readonly holds: readonly string[]
  /**
   * Why the annotation cannot be changed; null where it can. `unreadable`: no JSON object. `other-object`: it speaks of
   * another version, kind, namespace or name. `too-large`: with my change the annotations would be over 262,144 bytes.
   */
  readonly trouble: 'unreadable' | 'other-object' | 'too-large' | null
}
