import * as z from 'zod'
import type { LeftOut } from '../core/copy.ts'
import type { Problem } from '../core/problem.ts'
import { type EditTarget, editTargetSchema } from './edit.ts'
import type { CommandView, RequestView } from './review.ts'

const name = z.string().min(1).max(500)
const run = z.string().min(1).max(64)
const index = z.number().int().min(0).max(10_000)

/** So many cells (documents times contexts) are checked and created in one go. */
export const mostCells = 2_000

/** Where the objects of a text go. `namespace` is for those that name none; null for the context's own. */
export const createPlaceSchema = z.object({
  context: name,
  namespace: z.string().min(1).max(253).nullable(),
})
export type CreatePlace = z.infer<typeof createPlaceSchema>

export const createRunInput = z.object({
  run,
  text: z.string().max(16_000_000),
  places: z.array(createPlaceSchema).min(1).max(200),
})
export const createSendInput = z.object({
  run,
  /** Which cells; null for all that were checked and not created yet. */
  cells: z
    .array(z.object({ document: index, place: index }))
    .max(mostCells)
    .nullable(),
  /** What the person typed where a guard wants a confirmation, by context. */
  confirmations: z.record(name, z.string().max(1_000)),
  /** Why, or a ticket: kept in the history with each creation. */
  reason: z.string().max(2_000).nullable().default(null),
})
/** What the page for new objects holds, kept so that nothing typed is lost. */
export const keptCreationSchema = z.object({
  text: z.string().max(16_000_000),
  places: z.array(createPlaceSchema).max(200),
})
export type KeptCreation = z.infer<typeof keptCreationSchema>

export const createStopInput = z.object({ run })
export const createCellInput = z.object({ run, document: index, place: index })

/** `owners`: the copy names the owners that the object has, and goes when they go. */
export const copyInput = z.object({ object: editTargetSchema, owners: z.boolean() })
export const skeletonInput = z.object({
  context: name,
  group: z.string().max(253),
  version: name,
  resource: name,
  namespace: z.string().min(1).max(253).nullable(),
})

/** One object of the text, in the text's order. `generates`: the server makes the name from `name`. */
export type CreateDocument = {
  /** The line of the whole text on which it begins, from 1. */
  readonly line: number
  readonly apiVersion: string | null
  readonly kind: string | null
  readonly namespace: string | null
  readonly name: string | null
  readonly generates: boolean
  /** Why it cannot be read; placed in the whole text. */
  readonly problem: Problem | null
}

/** What becomes of one document in one context. Places in problems are those of the whole text. */
export type CellState =
  | { readonly kind: 'checking' }
  /** A dry run says that it would be created. `basis` is `prediction` where the server cannot dry-run it. */
  | {
      readonly kind: 'ready'
      readonly namespace: string | null
      readonly basis: 'server' | 'prediction'
      readonly warnings: readonly string[]
      /** Fields that the server adds or changes. */
      readonly added: number
    }
  /** Cannot be checked before that document is created, which makes its namespace or its kind. */
  | { readonly kind: 'later'; readonly needs: 'namespace' | 'kind'; readonly document: number }
  /** An object of that name is there. */
  | { readonly kind: 'exists'; readonly object: EditTarget }
  /** Cannot be created as it stands; nothing was sent. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'queued' | 'sending' | 'settling' }
  /** For the namespace or kind that an earlier document makes to be served, or for as long as the server asks. */
  | { readonly kind: 'waiting'; readonly for: 'namespace' | 'kind' | 'server' }
  /** `read`: the answer was lost, and the object was found as it was sent. */
  | {
      readonly kind: 'created'
      readonly object: EditTarget
      readonly basis: 'answer' | 'read'
      readonly warnings: readonly string[]
    }
  /** The server did not create it; it can be tried again. */
  | { readonly kind: 'failed'; readonly problem: Problem }
  /** Nobody can tell whether it was created: a name that the server makes cannot be looked for, or nothing could be read. */
  | { readonly kind: 'unknown'; readonly problem: Problem }
  /** Not sent, since that document was not created. */
  | { readonly kind: 'skipped'; readonly document: number }

/** A creation as the page draws it. `cells[document][place]`. */
export type CreateState = {
  readonly documents: readonly CreateDocument[]
  readonly places: readonly CreatePlace[]
  readonly cells: readonly (readonly CellState[])[]
  /** The documents in the order in which they are sent: namespaces, then definitions of kinds, then the others. */
  readonly order: readonly number[]
  readonly phase: 'checking' | 'checked' | 'sending' | 'stopping'
  /** Why the whole text cannot be taken: `yaml-empty`, `too-many-objects`. */
  readonly problem: Problem | null
  /** The history could not be written; what was created is created all the same. */
  readonly unkept: Problem | null
}

/** One cell, whole, masked: the document as it is sent and the object that the server makes of it, as YAML. */
export type CreateCell = {
  readonly before: string
  readonly after: string
  readonly request: RequestView
  readonly command: CommandView
}

/** An object as it can be created elsewhere. `owners`: it has some, which the person may choose to keep. */
export type CopiedObject = {
  readonly text: string
  readonly leftOut: readonly LeftOut[]
  readonly owners: readonly string[]
}

/** A new object of a kind, to be filled in. `schema` is false where the server says nothing of its fields. */
export type Skeleton = { readonly text: string; readonly kind: string; readonly schema: boolean }
