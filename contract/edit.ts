import * as z from 'zod'
import type { Keeper } from '../core/keepers.ts'
import type { ObjectRef } from '../core/object.ts'
import type { Problem, TextRange } from '../core/problem.ts'
import type { SecretData } from '../core/secret-data.ts'
import type { ShownDanger } from './dangers.ts'
import type { ReviewSteps, SavedSteps, StepOf } from './steps.ts'
import {
  type Guard,
  type LastApplied,
  type Recommendation,
  type Strategy,
  type StrategyOffer,
  type WriteChoice,
  writeChoiceSchema,
} from './strategy.ts'

const name = z.string().min(1).max(500)
const editId = z.string().min(1).max(64)
const version = z.number().int().min(0)

/** An object as an address names it: no uid yet. */
export const editTargetSchema = z.object({
  context: name,
  group: z.string().max(253),
  version: name,
  resource: name,
  namespace: z.string().min(1).max(253).nullable(),
  name,
  subresource: z.string().min(1).max(63).nullable(),
})
export type EditTarget = z.infer<typeof editTargetSchema>

export const editIdInput = z.object({ edit: editId })

const changesSchema = z.array(z.object({ from: version, to: version, insert: z.string().max(8_000_000) })).max(200_000)

/** Which taking-up of an edit a report belongs to: the newest page that took it up may write, older ones follow read-only. */
const lease = z.number().int().min(0)

/** How a text shows a Secret's values: those that are text as they are, under `stringData`; or all as base64. */
const secretData = z.enum(['decoded', 'encoded'])

/**
 * What the page tells of its text: typed changes, the whole text (after a gap), a text moved onto a new base, or one that now
 * shows the values of a Secret the other way.
 */
export const reportInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('edited'),
    edit: editId,
    lease,
    fromVersion: version,
    textVersion: version,
    changes: changesSchema,
  }),
  z.object({
    kind: z.literal('retyped'),
    edit: editId,
    lease,
    textVersion: version,
    text: z.string().max(16_000_000),
    /** How the text is to be read; null: as before. */
    secretData: secretData.nullable().default(null),
  }),
  z.object({
    kind: z.literal('viewed'),
    edit: editId,
    lease,
    secretData,
    fromVersion: version,
    textVersion: version,
    changes: changesSchema,
  }),
  z.object({
    kind: z.literal('rebased'),
    edit: editId,
    lease,
    /** resourceVersions of the base the text had and of the one it has now. */
    fromBase: name,
    toBase: name,
    fromVersion: version,
    textVersion: version,
    changes: changesSchema,
  }),
])
export type Report = z.infer<typeof reportInput>

export const reviewInput = z.object({ edit: editId, textVersion: version, choice: writeChoiceSchema })
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

/**
 * What an edit's text is: `edit`, an object that was read, in which what is taken out is a deletion; `manifest`, what its
 * author says of an object that is there, in which it is none; `create`, an object that is not there yet.
 */
export type EditOrigin = 'edit' | 'manifest' | 'create'

/** An edit as a page begins or takes it up again. `base` is the JSON text of what an `edit` began from, in its view; null for other origins. */
export type OpenedEdit = {
  readonly edit: string
  /** To be sent with each report; refused with `edit-busy` once another page has taken up the edit. */
  readonly lease: number
  readonly context: string
  readonly ref: ObjectRef
  readonly origin: EditOrigin
  readonly text: string
  readonly textVersion: number
  readonly base: string | null
  readonly baseVersion: string | null
  /** The JSON text of what a `manifest` said when it was submitted last; null before that, and for other origins. */
  readonly applied: string | null
  /** The JSON text of the pruned OpenAPI document that patching and merging read, and the root schema's name in it; null where the server has none. */
  readonly schema: { readonly document: string; readonly name: string } | null
  /** Why the object cannot be changed by this person, null when it can. It can be read all the same. */
  readonly readOnly: Problem | null
  /** Subresources that can be edited by themselves; where the object is read-only, those that this person may patch. */
  readonly subresources: readonly string[]
  /** What was saved of a text that takes several steps, and what was not; null where none of it was, or all. */
  readonly steps: SavedSteps | null
  readonly secret: boolean
  /** How the text and `base` show the values of a Secret. */
  readonly secretData: SecretData
}

/** `read`: asks the server; else what was last seen of the object is told. */
export const liveInput = z.object({ edit: editId, read: z.boolean() })

/**
 * What is live, as a base that the page may move its text onto: JSON text in the edit's view, and its version. `others` as
 * in the edit's state, of this very version.
 */
export type LiveObject = {
  readonly base: string
  readonly baseVersion: string
  readonly others: readonly ForeignChange[]
}

/** One field that differs, with what stood and stands there as short, masked YAML; null where the field is absent. */
export type FieldChange = {
  /** As `formatPath` writes it. */
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/** A field that another writer changed, and who: null is the unknown writer. */
export type ForeignChange = FieldChange & { readonly manager: string | null }

/**
 * What a submit under way is doing. `attempt` counts from 1. `waiting`: the server asked for that many seconds;
 * `preparing`: the object moved, so the change is planned and dry-run anew; `settling`: an answer was lost, and the object
 * is read to tell whether the change was made.
 */
export type Submitting =
  | { readonly kind: 'sending' | 'preparing' | 'settling'; readonly attempt: number }
  | { readonly kind: 'waiting'; readonly attempt: number; readonly seconds: number }

/** What the page should know of an open edit beside its text. */
export type EditState = {
  readonly edit: string
  /** The lease in force: a page that holds a lower one follows read-only, and may take over by `edit.resume`. */
  readonly lease: number
  /** The text version that the host holds. */
  readonly textVersion: number
  readonly baseVersion: string | null
  readonly live:
    | { readonly kind: 'present'; readonly resourceVersion: string }
    | { readonly kind: 'gone' }
    | { readonly kind: 'replaced'; readonly uid: string }
    | { readonly kind: 'unreadable'; readonly problem: Problem }
    | { readonly kind: 'unknown' }
  /** Whether the text of `textVersion` is on disk: it will be within a second; or why it is not, while that is tried again. */
  readonly kept:
    | { readonly kind: 'kept' }
    | { readonly kind: 'pending' }
    | { readonly kind: 'failed'; readonly problem: Problem }
  /** When the text was kept last, in milliseconds since 1970, where the edit came back from disk; else null. */
  readonly restored: number | null
  /** What became of a submit, sent then, whose answer the app's end has lost; null where there was none. */
  readonly settled: {
    readonly outcome: 'written' | 'not-written' | 'unknown'
    readonly sent: number
    /** Which part of the text it was; null where it was all of it. */
    readonly step: StepOf | null
  } | null
  /** What others changed since the base, `status` and the server's own bookkeeping left out. */
  readonly others: readonly ForeignChange[]
  /** Null where no submit is under way. */
  readonly submitting: Submitting | null
}

/** An open edit in a list of them. */
export type EditSummary = {
  readonly edit: string
  readonly context: string
  readonly ref: ObjectRef
  readonly origin: EditOrigin
  readonly changed: boolean
  /**
   * For a text that was kept from an earlier run of the app and not taken up since: when it was kept last, in milliseconds
   * since 1970. Null for any other.
   */
  readonly resting: number | null
}

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
