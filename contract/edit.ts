import * as z from 'zod'
import type { ObjectRef } from '../core/object.ts'
import type { Problem } from '../core/problem.ts'
import type { SecretData } from '../core/secret-data.ts'
import { isOfObjects } from '../core/subresources.ts'
import type { Recreation } from './recreation.ts'
import type { SavedSteps, StepOf } from './steps.ts'

const name = z.string().min(1).max(500)
export const editId = z.string().min(1).max(64)
/** Counts the changes of an edit's text, from 0 on. */
export const textVersion = z.number().int().min(0)

/** An object as an address names it: no uid yet. */
export const editTargetSchema = z.object({
  context: name,
  group: z.string().max(253),
  version: name,
  resource: name,
  namespace: z.string().min(1).max(253).nullable(),
  name,
  subresource: z.string().refine(isOfObjects).nullable(),
})
export type EditTarget = z.infer<typeof editTargetSchema>

export const editIdInput = z.object({ edit: editId })

const offset = z.number().int().min(0)
const changesSchema = z.array(z.object({ from: offset, to: offset, insert: z.string().max(8_000_000) })).max(200_000)

/** Which taking-up of an edit a report belongs to: the newest page that took it up may write, older ones follow read-only. */
const lease = z.number().int().min(0)

export const releaseInput = z.object({ edit: editId, lease })

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
    fromVersion: textVersion,
    textVersion,
    changes: changesSchema,
  }),
  z.object({
    kind: z.literal('retyped'),
    edit: editId,
    lease,
    textVersion,
    text: z.string().max(16_000_000),
    /** How the text is to be read; null: as before. */
    secretData: secretData.nullable().default(null),
  }),
  z.object({
    kind: z.literal('viewed'),
    edit: editId,
    lease,
    secretData,
    fromVersion: textVersion,
    textVersion,
    changes: changesSchema,
  }),
  z.object({
    kind: z.literal('rebased'),
    edit: editId,
    lease,
    /** resourceVersions of the base the text had and of the one it has now. */
    fromBase: name,
    toBase: name,
    fromVersion: textVersion,
    textVersion,
    changes: changesSchema,
  }),
])
export type Report = z.infer<typeof reportInput>

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
  /** The re-creation of its object that was begun and is not over; null as a rule. */
  readonly recreation: Recreation | null
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
  /** Whether its object was being deleted and created again, and that is not over. */
  readonly recreating: boolean
}
