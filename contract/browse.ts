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

/** The namespaces to choose from. Where they may not be listed: those of the context and of recent use, and the refusal. */
export type Namespaces = { readonly names: readonly string[]; readonly problem: Problem | null }

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

export const askSchema = z.object({
  /** What stands in the filter box: words match fuzzily; `app=nginx`, `app!=x`, `app in (a,b)` are label selectors, sent to the server; `status.phase=Running`-like ones written `field:status.phase=Running` are field selectors. */
  filter: z.string().max(2000),
  /** Null keeps the server's order. `column` is a column's name, or `Context`, `Namespace`, `Name`, `Age`. */
  sort: z.object({ column: z.string().max(200), descending: z.boolean() }).nullable(),
  window: z.object({ start: z.number().int().min(0), count: z.number().int().min(0).max(500) }),
})
/** Which part of a list is on screen, and how. */
export type Ask = z.infer<typeof askSchema>

export const viewInput = z.object({ view: z.string().min(1).max(64), scope: scopeSchema, ask: askSchema })
export const adjustInput = z.object({ view: z.string().min(1).max(64), ask: askSchema })

/** A column of the server's Table. */
export type Column = {
  readonly name: string
  readonly type: string
  readonly format: string
  readonly description: string
  /** 0 is always shown, above 0 only where asked for (`kubectl get -o wide`). */
  readonly priority: number
}

/** One object in a list. `key` is stable over its life. `created` is an ISO time, null when unknown. */
export type Row = {
  readonly key: string
  readonly context: string
  readonly namespace: string | null
  readonly name: string
  readonly uid: string
  readonly created: string | null
  readonly deleting: boolean
  readonly cells: readonly (string | number | boolean | null)[]
}

/** One context (and namespace) that feeds a list. A source that fails never holds back the others. */
export type Source = {
  readonly context: string
  readonly namespace: string | null
  readonly state: 'loading' | 'live' | 'reconnecting' | 'failed'
  readonly problem: Problem | null
  readonly rows: number
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
  /** Why the filter cannot be used as typed, null when it can. */
  readonly filterProblem: Problem | null
}
