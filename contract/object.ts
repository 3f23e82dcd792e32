import * as z from 'zod'
import type { ContainerLine } from '../core/containers.ts'
import type { Moment, TimedCondition } from '../core/moments.ts'
import type { PodTrouble } from '../core/pod-state.ts'
import type { Problem } from '../core/problem.ts'
import type { Readiness } from '../core/readiness.ts'
import type { ResourceKind } from './browse.ts'
import type { EventLine } from './converge.ts'

const name = z.string().min(1).max(500)

/** One object of one context, in one served version of its kind. `namespace` is null for cluster-scoped kinds. */
export const objectTargetSchema = z.object({
  context: name,
  group: z.string().max(253),
  version: name,
  resource: name,
  namespace: z.string().min(1).max(253).nullable(),
  name,
})
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
