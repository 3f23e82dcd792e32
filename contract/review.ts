import * as z from 'zod'
import type { Keeper } from '../core/keepers.ts'
import type { TextRange } from '../core/problem.ts'
import type { ShownDanger } from './dangers.ts'
import { editId, type FieldChange, type ForeignChange, textVersion } from './edit.ts'
import type { ReviewSteps, SavedSteps } from './steps.ts'
import {
  type Guard,
  type LastApplied,
  type Recommendation,
  type Strategy,
  type StrategyOffer,
  type WriteChoice,
  writeChoiceSchema,
} from './strategy.ts'

export const reviewInput = z.object({ edit: editId, textVersion, choice: writeChoiceSchema })
/** One masked value of a review: `path` as its `masked` names it. */
export const revealInput = z.object({
  edit: editId,
  plan: z.string().min(1).max(64),
  side: z.enum(['before', 'after']),
  path: z.string().min(1).max(1000),
})
export type RevealAsk = z.infer<typeof revealInput>
export const revealCommandInput = revealInput.pick({ edit: true, plan: true })
export const submitInput = z.object({
  edit: editId,
  plan: z.string().min(1).max(64),
  /** True when the person has seen the fields that will be ignored or overridden and submits all the same. */
  acknowledged: z.boolean(),
  /** What the person typed where the guard wants a confirmation: the context's name. */
  confirmation: z.string().max(1000).nullable().default(null),
  /** Why, or a ticket: kept in the history with the submit. */
  reason: z.string().max(2000).nullable().default(null),
})

/** Which change a line of the review belongs to: my edit, what the server adds because of it, what any write would cause. */
export type Layer = 'mine' | 'server' | 'any-write'

/** A line of the review (counted from 1) that belongs to a layer. */
export type LineMark = {
  readonly side: 'before' | 'after'
  readonly line: number
  readonly layer: Layer
  readonly path: string
}

/**
 * What became of one field that I edited, in the server's answer: taken as typed; normalised to an equal value;
 * ignored (the live value stays); overridden (a third value).
 */
export type FieldFate = {
  readonly path: string
  readonly fate: 'taken' | 'normalised' | 'ignored' | 'overridden'
  readonly live: string | null
  readonly mine: string | null
  readonly answer: string | null
  /** The subresource whose endpoint would take the field, null when there is none. */
  readonly subresource: string | null
  /** The 1-based line of the text, null when the field was removed. */
  readonly line: number | null
}

/** The request that Submit sends, as text; the body is pretty-printed and masked. */
export type RequestView = {
  readonly method: 'PATCH' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly mediaType: string
  readonly body: string
  readonly bytes: number
  readonly masked: boolean
}

/** The kubectl command that does the same. `notes` are what differs from the request. */
export type CommandView = {
  readonly posix: string
  readonly powershell: string
  readonly runnable: boolean
  readonly notes: readonly (
    | 'no-strict-validation'
    | 'no-preconditions'
    | 'puts-whole'
    | 'needs-kubeconfig'
    | 'masked'
  )[]
}

/** A `Warning` header of the server. */
export type ServerWarning = { readonly message: string; readonly range?: TextRange }

/** A line of the review (counted from 1) that holds a masked value of a Secret, and the value's place. */
export type MaskedLine = { readonly side: 'before' | 'after'; readonly line: number; readonly path: string }

/** A value of a Secret: its text, or the base64 of bytes that are no text. */
export type RevealedValue = { readonly form: 'text' | 'base64'; readonly value: string }

/** A plan with the server's answer to its dry run: what the person reviews. */
export type Review = {
  readonly plan: string
  readonly edit: string
  readonly textVersion: number
  /** How the person wanted it written, and how it is. */
  readonly choice: WriteChoice
  readonly strategy: Strategy
  readonly guard: Guard
  /** Every strategy for this edit, in a fixed order; empty for a creation, and where nothing changes. */
  readonly strategies: readonly StrategyOffer[]
  /** Null for a creation, or where nothing changes. */
  readonly recommended: Recommendation | null
  /** What this write takes back of others' changes since the base: a replace does that, and a write without a guard. */
  readonly overwrites: readonly ForeignChange[]
  /** Null where the object carries no such annotation. */
  readonly lastApplied: LastApplied | null
  /** The fields that the usual strategy of this kind cannot express, so that `strategy` was taken in its place; empty as a rule. */
  readonly fallsShort: readonly string[]
  /** `server`: the answer of its dry run. `prediction`: computed here, since this resource cannot be dry-run. */
  readonly basis: 'server' | 'prediction'
  /** False when the edit changes nothing: there is nothing to send. */
  readonly changesAnything: boolean
  /** Which part of the text this is, where several endpoints take parts of it. */
  readonly steps: ReviewSteps
  readonly request: RequestView
  readonly command: CommandView
  /** Live and answer as masked YAML texts; the page makes the hunks. */
  readonly before: string
  readonly after: string
  readonly marks: readonly LineMark[]
  /** The values that can be revealed one by one; empty for anything but a Secret. */
  readonly masked: readonly MaskedLine[]
  readonly fates: readonly FieldFate[]
  /**
   * At least how many bytes the server would have to store, where that is more than etcd takes by default: the real write
   * will then be refused, although the dry run was not, unless this server is set to take more. Null below the limit.
   */
  readonly size: { readonly bytes: number; readonly limit: number } | null
  /** What may go wrong by it, most serious first. */
  readonly dangers: readonly ShownDanger[]
  /** True when a field is ignored or overridden, the object too large, something overwritten or a danger grave: Submit then wants an acknowledgement. */
  readonly needsAcknowledgement: boolean
  readonly others: readonly ForeignChange[]
  /** Fields of my edit that other managers own who will write them again: who applies, and controllers; and who these are, as far as that is known. */
  readonly owners: readonly {
    readonly path: string
    readonly managers: readonly string[]
    readonly keptBy: readonly { readonly keeper: Keeper; readonly manager: string }[]
  }[]
  /** Values that the server chooses anew at the real write. */
  readonly chosenAtSubmit: readonly string[]
  /** The server's `Warning` headers, masked, with the place in the text that they name. */
  readonly warnings: readonly ServerWarning[]
  /** Invisible or misleading characters in the changed text. */
  readonly hidden: readonly { readonly range: TextRange; readonly name: string }[]
}

/** What became of a submit. `review-again`: the object moved and the new dry run differs from the reviewed one. */
export type Submitted =
  | {
      readonly kind: 'saved'
      /** The saved object: JSON text in the edit's view, and its version; the page moves its text onto it. */
      readonly base: string
      readonly baseVersion: string
      /** What the last attempt was guarded by: not the reviewed guard where the object kept moving. */
      readonly guard: Guard
      /** Where the real answer differs from the reviewed one. */
      readonly differences: readonly FieldChange[]
      /** What came in from others: by an automatic retry, or since the review where the values alone guarded. */
      readonly mergedIn: readonly ForeignChange[]
      readonly attempts: number
      readonly warnings: readonly string[]
      /** The edit to go on with: another id after a creation. */
      readonly edit: string
      readonly deleted: boolean
      /** What else the text says that was not sent, and what was saved of it before; null where all of it is saved. */
      readonly steps: SavedSteps | null
      /** JSON text of what was saved of the reviewed text, where that is not all of it; else null. */
      readonly saved: string | null
    }
  | { readonly kind: 'review-again'; readonly review: Review; readonly reason: 'answer-differs' | 'others-changed' }
