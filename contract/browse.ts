import * as z from 'zod'
import type { Problem } from '../core/problem.ts'

const name = z.string().min(1).max(500)
const group = z.string().max(253)

export const contextInput = z.object({ context: name, refresh: z.boolean().optional() })

/** A served resource and what can be done with it (one entry of aggregated discovery). */
export type ResourceKind = {
  readonly group: string
  readonly version: string
  readonly resource: string
  readonly kind: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  readonly namespaced: boolean
  readonly verbs: readonly string[]
  /** Names such as `status`, `scale`, with their verbs. */
  readonly subresources: readonly { readonly name: string; readonly verbs: readonly string[] }[]
  /** True for the version that the server prefers in this group. */
  readonly preferred: boolean
}

/** The kinds of one cluster. `failedGroups` are API groups whose aggregated server did not answer. */
export type Kinds = { readonly kinds: readonly ResourceKind[]; readonly failedGroups: readonly string[] }

/**
 * The namespaces to choose from, `typed` ones too, which were typed by hand and can be forgotten. Where they may not be
 * listed: those, what the kubeconfig's contexts of that cluster begin with, and the refusal.
 */
export type Namespaces = {
  readonly names: readonly string[]
  readonly typed: readonly string[]
  readonly problem: Problem | null
}

export const scopeSchema = z.object({
  /** Context names; empty means every context of the kubeconfig. */
  contexts: z.array(name).max(200),
  group,
  version: name,
  resource: name,
  /** Empty means all namespaces (and is the only value for cluster-scoped kinds). */
  namespaces: z.array(name).max(200),
})
/** What a list is of. */
export type Scope = z.infer<typeof scopeSchema>

/** A label's key: a name of at most 63 characters, which may have a DNS name and `/` before it. */
const labelKey = z.string().min(1).max(317)

// The longest is `label:` and a label's key.
const columnName = z.string().max(330)

export const askSchema = z.object({
  /**
   * What stands in the filter box. Words match fuzzily; `app=nginx`, `app!=x`, `app in (a,b)`, `!app` are label selectors, and so is what follows `label:`;
   * `field:status.phase=Running` is a field selector, evaluated by the server; `changed:1h` (`30s`, `15m`, `2d`) keeps
   * what changed within that time, as time goes on; `by:name` what a manager of that name changed last. All must hold.
   */
  filter: z.string().max(2000),
  /**
   * Null keeps the server's order. `column` is a column's name, or `Context`, `Namespace`, `Name`, `Age`, `Changed` (by
   * time: descending has the latest first), `Changed By`, `label:<key>`. A server's column of such a name cannot be sorted by.
   */
  sort: z.object({ column: columnName, descending: z.boolean() }).nullable(),
  /** Label keys that are wanted as columns (`kubectl get -L`). */
  labels: z.array(labelKey).max(20),
  window: z.object({ start: z.number().int().min(0), count: z.number().int().min(0).max(500) }),
})
/** Which part of a list is on screen, and how. */
export type Ask = z.infer<typeof askSchema>

export const viewInput = z.object({ view: z.string().min(1).max(64), scope: scopeSchema, ask: askSchema })
export const retryInput = z.object({ view: z.string().min(1).max(64) })
export const adjustInput = z.object({ view: z.string().min(1).max(64), ask: askSchema })

/** Rows of an open list: those with these keys, or all that pass the filter, in the list's order. */
export const viewRowsInput = z.object({
  view: z.string().min(1).max(64),
  keys: z.array(z.string().max(2000)).max(500_000).nullable(),
})

export const viewExportInput = viewRowsInput.extend({
  format: z.enum(['csv', 'json']),
  /** As in `sort`, in this order. `Age` is written as the time of creation, under `Created`; `Changed` as a time too. */
  columns: z.array(columnName).min(1).max(200),
})

/** A column of the server's Table. */
export type Column = {
  readonly name: string
  readonly type: string
  readonly format: string
  readonly description: string
  /** 0 is always shown, above 0 only where asked for (`kubectl get -o wide`). */
  readonly priority: number
}

/**
 * One object in a list. `key` is stable over its life, and again that of one made anew under its name. `created` is an ISO time, null when unknown. `changed` is that of
 * the newest entry of managedFields, `changedBy` its manager, `changedIn` its subresource (`status`, null for the object
 * itself); without managedFields `changed` is `created`, and nobody is known. `labels` has the values of the keys asked
 * for, in their order, null where a key is missing.
 */
export type Row = {
  readonly key: string
  readonly context: string
  readonly namespace: string | null
  readonly name: string
  readonly uid: string
  readonly created: string | null
  readonly changed: string | null
  readonly changedBy: string | null
  readonly changedIn: string | null
  readonly deleting: boolean
  readonly cells: readonly (string | number | boolean | null)[]
  readonly labels: readonly (string | null)[]
}

/**
 * One context (and namespace) that feeds a list. A source that fails never holds back the others. `expected` is how many
 * rows it will have when it has loaded, as the server tells: about right, and null where it does not (with selectors).
 */
export type Source = {
  readonly context: string
  readonly namespace: string | null
  readonly state: 'loading' | 'live' | 'reconnecting' | 'failed'
  readonly problem: Problem | null
  readonly rows: number
  readonly expected: number | null
}

/** A list as the page draws it: the window's rows, and counts of the rest. Latest state wins; states may be skipped. */
export type ViewState = {
  /** Rises with every state sent. */
  readonly version: number
  readonly columns: readonly Column[]
  readonly sources: readonly Source[]
  /** Rows held, and rows that pass the filter. */
  readonly total: number
  readonly matched: number
  readonly window: { readonly start: number; readonly rows: readonly Row[] }
  /** The keys of the labels of all rows held, the most frequent first, at most 100. */
  readonly labelKeys: readonly { readonly key: string; readonly count: number }[]
  /** Why the filter cannot be used as typed, null when it can. */
  readonly filterProblem: Problem | null
}
