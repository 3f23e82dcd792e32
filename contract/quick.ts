import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import { taintEffects } from '../core/quick/quick-edit.ts'
import type { QuickTotals } from '../core/quick/totals.ts'
import { deleteObjectSchema } from './delete.ts'
import { type EditTarget, editTargetSchema, type FieldChange, type ForeignChange } from './edit.ts'
import type { HistoryOutcome } from './history.ts'
import type { FieldFate, Review } from './review.ts'

const run = z.string().min(1).max(64)
const key = z.string().min(1).max(400)
const text = z.string().max(200_000)
const texts = z.record(key, text)

/** So many objects are changed in one go. */
export const mostQuickEdited = 1_000

const effect = z.enum(taintEffects)
const plainEdits = [
  z.object({ kind: z.literal('image'), images: texts }),
  z.object({ kind: z.literal('scale'), replicas: z.number().int().min(0).max(2_147_483_647) }),
  z.object({ kind: z.enum(['label', 'annotate']), set: texts, remove: z.array(key).max(200) }),
  z.object({
    kind: z.literal('env'),
    containers: z.array(key).max(200).nullable(),
    set: z
      .array(
        z.union([
          z.object({ name: key, value: text }),
          z.object({ name: key, from: z.enum(['configMap', 'secret']), of: key, key }),
        ]),
      )
      .max(200),
    remove: z.array(key).max(200),
  }),
  z.object({ kind: z.literal('restart'), at: z.iso.datetime({ offset: true }) }),
  z.object({ kind: z.enum(['pause', 'suspend', 'cordon']), on: z.boolean() }),
  z.object({
    kind: z.literal('taint'),
    set: z.array(z.object({ key, value: text, effect })).max(100),
    remove: z.array(z.object({ key, effect: effect.nullable() })).max(100),
  }),
] as const

/** A quick edit as a page asks for it. `rollback`: to that revision; 0 is the one before the present. */
export const quickAskSchema = z.discriminatedUnion('kind', [
  ...plainEdits,
  z.object({ kind: z.literal('rollback'), revision: z.number().int().min(0) }),
])
export type QuickAsk = z.infer<typeof quickAskSchema>

export type QuickObject = z.infer<typeof deleteObjectSchema>

/** `ask`: null to be told only what the objects have. `goesOn`: the unfinished run whose rest this is; sending takes its place. */
export const quickRunInput = z.object({
  run,
  objects: z.array(deleteObjectSchema).min(1).max(mostQuickEdited),
  ask: quickAskSchema.nullable(),
  goesOn: run.nullable().default(null),
})
export const quickAdjustInput = z.object({ run, ask: quickAskSchema })
export const quickSendInput = z.object({
  run,
  /** What the person typed where a guard wants a confirmation, by context. */
  confirmations: z.record(z.string().min(1).max(500), z.string().max(1_000)),
  /** Also those of which a field is ignored or overridden. */
  acknowledged: z.boolean(),
  reason: z.string().max(2_000).nullable(),
})
export const quickStopInput = z.object({ run })
export const quickLeaveInput = z.object({ run })
export const quickRevisionsInput = z.object({ object: editTargetSchema })

/** What becomes of one object. */
export type QuickItemState =
  | { readonly kind: 'reading' | 'checking' }
  /** It was read, and nothing was asked for yet. */
  | { readonly kind: 'read' }
  /** The edit makes no sense for it, it cannot be read, or the server would not take it; nothing was sent. */
  | { readonly kind: 'unfit' | 'refused'; readonly problem: Problem }
  /** It says so already. */
  | { readonly kind: 'unchanged' }
  /** A dry run says what it would become; `again`: it moved while it was sent, and what it would become is another thing. */
  | { readonly kind: 'ready'; readonly again: boolean; readonly basis: 'server' | 'prediction' }
  | { readonly kind: 'queued' | 'sending' | 'preparing' | 'settling' | 'waiting' }
  | {
      readonly kind: 'saved'
      readonly mergedIn: readonly ForeignChange[]
      readonly differences: readonly FieldChange[]
    }
  /** It was not changed; it can be tried again. */
  | { readonly kind: 'failed'; readonly problem: Problem }
  /** Nobody can tell: the answer was lost, and nothing could be read. */
  | { readonly kind: 'unknown'; readonly problem: Problem }

/** One object, and what its dry run says. */
export type QuickItem = {
  readonly object: EditTarget
  readonly kind: string
  readonly state: QuickItemState
  /** What it will be, or was, changed in: the first of them, and how many more there are. */
  readonly changes: readonly FieldChange[]
  readonly more: number
  /** Fields that the server ignores or overrides: it is sent only where that is acknowledged. */
  readonly fates: readonly FieldFate[]
  /** Who will write which of these fields again. */
  readonly owners: Review['owners']
  readonly warnings: readonly string[]
}

/** A quick edit of several objects as the page draws it. `totals`: what they have, once all are read. */
export type QuickState = {
  readonly ask: QuickAsk | null
  readonly items: readonly QuickItem[]
  readonly totals: QuickTotals | null
  readonly phase: 'checking' | 'checked' | 'sending' | 'stopping'
}

/** One object of a quick edit that the app's end cut off. */
export type UnfinishedItem = {
  readonly object: QuickObject
  readonly kind: string
  /** Its entry in the history; null where nothing was sent. */
  readonly entry: string | null
  /** `unsent`: nothing was sent. `sent`: it is being found out what became of it. */
  readonly outcome: HistoryOutcome | 'unsent'
  /** Why it was refused, why nobody can tell, or why it cannot be found out so far. */
  readonly problem: Problem | null
}

/** A quick edit of several objects that the app's end cut off while it was sent. */
export type UnfinishedRun = {
  readonly run: string
  /** When it was sent, in milliseconds since 1970. */
  readonly begun: number
  readonly ask: QuickAsk
  readonly reason: string | null
  readonly items: readonly UnfinishedItem[]
}

/** A revision that a workload can be rolled back to. */
export type Revision = {
  readonly revision: number
  /** The ReplicaSet or ControllerRevision that keeps it. */
  readonly name: string
  /** ISO time. */
  readonly created: string | null
  /** `kubernetes.io/change-cause`; '' for none. */
  readonly cause: string
  readonly images: readonly string[]
  /** Whether the object's template is that one now. */
  readonly present: boolean
  /** What would change in the object; the first of them, and how many more. */
  readonly changes: readonly FieldChange[]
  readonly more: number
  /** JSON text of the `QuickEdit` that goes back to it. */
  readonly edit: string
}
