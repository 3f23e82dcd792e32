import * as z from 'zod'
import type { ContainerLine } from '../core/containers.ts'
import type { Moment, TimedCondition } from '../core/moments.ts'
import type { PodTrouble } from '../core/pod-state.ts'
import type { Problem } from '../core/problem.ts'
import type { Readiness } from '../core/readiness.ts'
import type { ResourceKind } from './browse.ts'
import type { EventLine } from './converge.ts'
import { editTargetSchema } from './edit.ts'

const name = z.string().min(1).max(500)

/** One object of one context, in one served version of its kind. `namespace` is null for cluster-scoped kinds. */
export const objectTargetSchema = editTargetSchema.omit({ subresource: true })
export type ObjectTarget = z.infer<typeof objectTargetSchema>

/** The sections of an object's page, in their order. Their names stand in addresses. */
export const objectSections = ['summary', 'yaml', 'events', 'owned', 'related', 'timeline', 'writers'] as const
export type ObjectSection = (typeof objectSections)[number]

export const objectInput = z.object({ target: objectTargetSchema })
export const objectTextInput = z.object({ target: objectTargetSchema, managedFields: z.boolean() })
export const objectRevealInput = z.object({ target: objectTargetSchema, path: z.string().max(2_000) })
export const ownedInput = z.object({ target: objectTargetSchema, everyKind: z.boolean() })
export const writerFieldsInput = z.object({ target: objectTargetSchema, writer: z.string().max(2_000) })
export const versionsInput = z.object({ target: objectTargetSchema, other: name })

/**
 * Where an object is now. `opening`: nothing is known yet. `gone`: it was there and is deleted. `unreadable`: why it cannot be
 * read, `not-found` included. `unknown`: the server cannot be reached since that time (milliseconds).
 */
export type ObjectLive =
  | { readonly kind: 'opening' | 'present' | 'gone' }
  | { readonly kind: 'unreadable'; readonly problem: Problem }
  | { readonly kind: 'unknown'; readonly since: number }

/** An object's page beside its sections. Everything is of the object as it was seen last, with a Secret's values masked. */
export type ObjectState = {
  readonly live: ObjectLive
  /** True once another object has taken the name while it was looked at. */
  readonly recreated: boolean
  /** The kind as it is served; null while that is not known. */
  readonly kind: ResourceKind | null
  /** The versions in which the kind is served, the preferred one first. */
  readonly versions: readonly string[]
  /** Null until the object was seen. */
  readonly summary: ObjectSummary | null
  /** The server's own columns for the object, wide ones too, without its name and age; empty until they are read. */
  readonly columns: readonly ColumnValue[]
}

/** One cell of the server's Table. `wide`: kubectl shows it with `-o wide` alone. */
export type ColumnValue = {
  readonly name: string
  readonly value: string
  readonly description: string
  readonly wide: boolean
}

/** What an operator wants to know first, by the same rules for every kind. Times are RFC 3339, null where not given. */
export type ObjectSummary = {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace: string | null
  readonly uid: string
  readonly resourceVersion: string
  readonly generation: number | null
  readonly created: string | null
  readonly deletion: Deletion | null
  readonly finalizers: readonly string[]
  readonly owners: readonly OwnerReference[]
  readonly labels: readonly (readonly [key: string, value: string])[]
  readonly annotations: readonly (readonly [key: string, value: string])[]
  readonly readiness: Readiness
  /** A Pod's place on its way in kubectl's word, and what is wrong with it; null for other kinds. */
  readonly pod: { readonly word: string; readonly trouble: PodTrouble | null } | null
  readonly containers: readonly ContainerLine[]
  /** The keys of a ConfigMap or a Secret, never their values. */
  readonly data: readonly DataKey[]
  readonly conditions: readonly TimedCondition[]
  /** What is known of the object's life, the newest first. */
  readonly timeline: readonly Moment[]
  /** Bytes of the object as JSON. */
  readonly size: number
}

/** A deletion under way. `gracePeriod` in seconds. */
export type Deletion = { readonly since: string; readonly gracePeriod: number | null }

export type OwnerReference = {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller: boolean
}

export type DataKey = { readonly key: string; readonly bytes: number; readonly binary: boolean }

/** The object as YAML, a Secret's values masked. */
export type ObjectText = {
  readonly text: string
  readonly resourceVersion: string
  /** Lines (from 1) of masked values, with the path that `object.reveal` takes. */
  readonly masked: readonly { readonly line: number; readonly path: string }[]
}

/** The events about an object, the newest first; equal ones as one. */
export type ObjectEvents = {
  readonly state: 'loading' | 'live' | 'refused'
  readonly events: readonly EventLine[]
  readonly problem: Problem | null
}

/**
 * An object above another one by ownerReferences. `missing`: nothing has that name any more; `replaced`: another object has it;
 * `unserved`: its kind is not served; `unreadable`: why it cannot be read is in `problem`. `depth` 1 owns the object itself.
 */
export type OwnerNode = OwnerReference & {
  readonly depth: number
  readonly state: 'present' | 'missing' | 'replaced' | 'unserved' | 'unreadable'
  readonly problem: Problem | null
  /** Null where it cannot be looked at. */
  readonly target: ObjectTarget | null
}

/** An object that hangs on another one. They come owner first, each followed by what hangs on it. */
export type OwnedNode = {
  readonly target: ObjectTarget
  readonly kind: string
  readonly uid: string
  readonly depth: number
  readonly created: string | null
  readonly deleting: boolean
  /** Whether it has further owners, which keep it when this one goes. */
  readonly shared: boolean
  /** What kubectl prints of it; empty until it was read. */
  readonly columns: readonly ColumnValue[]
}

/** What an object hangs on, and what hangs on it, as far as it is known. */
export type OwnedState = {
  /** Null until they are known. */
  readonly owners: readonly OwnerNode[] | null
  readonly owned: readonly OwnedNode[]
  /** How many more there are than are shown. */
  readonly more: number
  /** Kinds that were looked through, of all that there are; `rest` of them are not going to be unless it is asked for. */
  readonly searched: number
  readonly kinds: number
  readonly rest: number
  readonly done: boolean
  /** Kinds that could not be looked through to their end; a null problem says that there were too many objects. */
  readonly missed: readonly { readonly resource: string; readonly problem: Problem | null }[]
  /** Why nothing can be looked for. */
  readonly problem: Problem | null
}

/**
 * How another object is related: the object refers to it, or it refers to the object, at `path`; the object selects it, or it
 * selects the object or its Pods, by labels.
 */
export type Relation = 'refers' | 'referred' | 'selects' | 'selected'

/** An object that is related to another one. `missing`: nothing has that name; `unknown`: it may not be looked at. */
export type RelatedObject = {
  readonly relation: Relation
  readonly kind: string
  readonly name: string
  readonly namespace: string | null
  /** Null where its kind is not served. */
  readonly target: ObjectTarget | null
  readonly state: 'present' | 'missing' | 'unknown'
  /** Whether it may be missing. */
  readonly optional: boolean
  /** Where the name stands, in the one that refers; '' for selectors. */
  readonly path: string
}

/** What is related to an object, as far as it was found. */
export type RelatedState = {
  readonly related: readonly RelatedObject[]
  readonly done: boolean
  /** Kinds that could not be looked through; a null problem says that only the first of their objects were. */
  readonly missed: readonly { readonly resource: string; readonly problem: Problem | null }[]
}

/** Who wrote what into an object: one entry of `metadata.managedFields`. `id` tells it from the others of the object. */
export type Writer = {
  readonly id: string
  readonly manager: string
  readonly operation: string
  readonly apiVersion: string
  readonly subresource: string
  /** When it last wrote (RFC 3339), null where it does not say. */
  readonly time: string | null
  /** How many fields and list items it owns by themselves. */
  readonly fields: number
}

/** The fields that one writer owns, as a tree whose lines stand in order, a parent before its children. */
export type WriterFields = {
  readonly lines: readonly FieldLine[]
  /** How many more there are. */
  readonly more: number
}

/** `value` is what stands there now, short, a Secret's values masked; null for what has children, or is gone. */
export type FieldLine = {
  readonly depth: number
  readonly name: string
  readonly path: string
  readonly value: string | null
  /** True where the object has no such place any more. */
  readonly gone: boolean
  readonly inner: boolean
}

/**
 * What two versions of one object show of it. `onlyHere` stands in the version that is looked at and not in the other, and
 * the other way round; paths, the first hundred. `storage` is the version that is stored, null where that is not known.
 */
export type VersionDifference = {
  readonly onlyHere: readonly string[]
  readonly onlyThere: readonly string[]
  readonly differing: readonly string[]
  readonly storage: string | null
}
