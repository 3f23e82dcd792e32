import * as z from 'zod'
import type { Problem } from '../core/problem.ts'

const name = z.string().min(1).max(500)

export const searchInput = z.object({
  /** The page's name for it, for `goOn`. */
  search: z.string().min(1).max(64),
  /** What is looked for; `electron/host/search/query.ts` says how it is read. */
  text: z.string().max(500),
  /** Context names; empty means every context of the kubeconfig. */
  contexts: z.array(name).max(200),
  /** Only these kinds, `group/resource` as in the settings; empty means all, the usual ones first. */
  kinds: z.array(z.string().max(500)).max(500),
  /** Kinds to ask before all others, `group/resource`: what is on screen. */
  first: z.array(z.string().max(500)).max(20),
  /** Namespaces whose objects come before equally good ones of others: those on screen. */
  near: z.array(name).max(200),
  /** `glance` asks the usual kinds for two seconds, `whole` all kinds for ten; `goOn` gives it as long as it takes. */
  budget: z.enum(['glance', 'whole']),
})
export type SearchInput = z.infer<typeof searchInput>

export const searchIdInput = searchInput.pick({ search: true })

/** What of an object the text was found in. */
export type FoundBy = 'name' | 'uid' | 'label' | 'ip' | 'image' | 'all'

/** An object that was found. `contexts`: all that show this very object (by its uid), the first one first. */
export type Found = {
  readonly key: string
  readonly contexts: readonly string[]
  readonly group: string
  readonly version: string
  readonly resource: string
  readonly kind: string
  readonly namespace: string | null
  readonly name: string
  readonly uid: string
  /** ISO time, null when unknown. */
  readonly created: string | null
  readonly deleting: boolean
  readonly by: FoundBy
}

/** A kind that could not be searched in one context, and why. */
export type Unsearched = { readonly kind: string; readonly problem: Problem }

/** How far one context is. `asked` and `kinds` count kinds; `onlyIn` is the namespace that was searched where all may not be listed. */
export type SearchedContext = {
  readonly context: string
  readonly state: 'connecting' | 'searching' | 'paused' | 'done' | 'failed'
  /** Why it failed: nothing (more) of this context is searched. */
  readonly problem: Problem | null
  readonly kinds: number
  readonly asked: number
  readonly unsearched: readonly Unsearched[]
  readonly partly: { readonly namespace: string; readonly kinds: number } | null
}

/** How the text was understood, so that the page can say it. */
export type SearchMeaning = {
  readonly by: FoundBy
  readonly words: readonly string[]
  readonly namespace: string | null
  readonly kind: string | null
  readonly category: string | null
  readonly context: string | null
}

/**
 * A search as the page draws it: the best objects so far, and plainly what was not searched. `paused`: the budget is spent
 * and kinds are left, `goOn` searches them. `full`: more were found than are kept.
 */
export type SearchState = {
  readonly meaning: SearchMeaning
  readonly state: 'searching' | 'paused' | 'done'
  readonly found: readonly Found[]
  readonly total: number
  readonly full: boolean
  readonly objects: number
  readonly contexts: readonly SearchedContext[]
}
