import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import { type EditTarget, editTargetSchema } from './edit.ts'

const run = z.string().min(1).max(64)

/** So many objects are deleted in one go. */
export const mostDeleted = 1_000

/**
 * How objects are deleted. `propagation`: what they own goes after them, before them, or stays. `grace`: seconds that a
 * Pod is given to end; null for its own. `version`: only as long as they are as they were read here.
 */
export const deleteOptionsSchema = z.object({
  propagation: z.enum(['Background', 'Foreground', 'Orphan']),
  grace: z.number().int().min(0).max(86_400).nullable(),
  version: z.boolean(),
})
export type DeleteOptions = z.infer<typeof deleteOptionsSchema>

/** What the dialog begins with, as kubectl does. */
export const usualDelete: DeleteOptions = { propagation: 'Background', grace: null, version: false }

/** An object to be deleted. `uid`: the one that the person saw; null where only its name is known. */
export const deleteObjectSchema = editTargetSchema.extend({ uid: z.string().min(1).max(100).nullable() })
export type DeleteObject = z.infer<typeof deleteObjectSchema>

export const deleteRunInput = z.object({
  run,
  objects: z.array(deleteObjectSchema).min(1).max(mostDeleted),
  options: deleteOptionsSchema,
})
export const deleteAdjustInput = z.object({ run, options: deleteOptionsSchema })
export const deleteSendInput = z.object({
  run,
  /** Positions in `objects`; null for all that were checked and not deleted yet. */
  items: z.array(z.number().int().min(0)).max(mostDeleted).nullable(),
  /** What the person typed where a guard wants a confirmation, by context. */
  confirmations: z.record(z.string().min(1).max(500), z.string().max(1_000)),
  /** What the person typed where `typed` of the state is not null. */
  typed: z.string().max(1_000).nullable(),
  reason: z.string().max(2_000).nullable().default(null),
})
export const deleteStopInput = z.object({ run })

/** What becomes of one object. */
export type DeleteItemState =
  | { readonly kind: 'reading' | 'checking' }
  /** A dry run says that it would be deleted; `unchecked` where the server cannot dry-run it. */
  | { readonly kind: 'ready'; readonly unchecked: boolean; readonly warnings: readonly string[] }
  /** It cannot be read, or may not be deleted; nothing was sent. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'queued' | 'sending' | 'settling' | 'waiting' }
  /** The server took it, and it is still there: `held` are the finalizers, and what else it says that it waits for. */
  | { readonly kind: 'deleting'; readonly held: readonly string[] }
  | { readonly kind: 'gone' }
  /** It was not deleted; it can be tried again. */
  | { readonly kind: 'failed'; readonly problem: Problem }
  /** Nobody can tell: the answer was lost, and nothing could be read. */
  | { readonly kind: 'unknown'; readonly problem: Problem }

/** One object to be deleted, and what its own fields say of that. */
export type DeleteItem = {
  readonly object: EditTarget
  readonly kind: string
  readonly uid: string | null
  readonly state: DeleteItemState
  /** What will hold it until its controllers have let go. */
  readonly finalizers: readonly string[]
  /** Since when it is being deleted already; null for one that is not. */
  readonly deletingSince: string | null
  /** Its controller, which will make it again; null for none. */
  readonly controller: { readonly kind: string; readonly name: string } | null
  /** Seconds that it is given to end by itself; null for what is no Pod. */
  readonly grace: number | null
  /** Of a claim: what becomes of its volume. Of a StatefulSet: what becomes of its claims. */
  readonly storage:
    | { readonly kind: 'volume'; readonly policy: 'Delete' | 'Retain' | 'Recycle' }
    | { readonly kind: 'claims'; readonly policy: 'Delete' | 'Retain' }
    | null
}

/**
 * Some objects that hang on those to be deleted. `owned`: by their ownerReferences, `depth` links away; `inside`: in the
 * namespace; `instance`: of the kind that is defined; `claim`: made by the StatefulSet, owned by nobody; `volume`: bound to the
 * claim; `user`: Pods that use the claim, which hold it.
 */
export type Hanging = {
  readonly why: 'owned' | 'inside' | 'instance' | 'claim' | 'volume' | 'user'
  readonly context: string
  readonly group: string
  readonly version: string
  readonly resource: string
  readonly kind: string
  readonly depth: number
  readonly count: number
  /** Those of them that have further owners, and so stay. */
  readonly shared: number
  /** There are more, which were not counted. */
  readonly more: boolean
  /** The first of them. */
  readonly names: readonly { readonly namespace: string | null; readonly name: string }[]
}

/** A deletion as the page draws it. */
export type DeleteState = {
  readonly options: DeleteOptions
  readonly items: readonly DeleteItem[]
  readonly hanging: readonly Hanging[]
  /** How far the search for what hangs on them has come. */
  readonly search: { readonly searched: number; readonly kinds: number; readonly done: boolean }
  /** What could not be looked through: counts are then too low. */
  readonly missed: readonly { readonly context: string; readonly resource: string; readonly problem: Problem | null }[]
  /** What has to be typed before namespaces or kinds are deleted: the one's name, or how many they are; null for nothing. */
  readonly typed: string | null
  readonly phase: 'checking' | 'checked' | 'sending' | 'stopping'
  readonly unkept: Problem | null
}
