import * as z from 'zod'
import type { DangerFacts, DangerId, Severity } from '../core/dangers/danger.ts'
import type { Use } from '../core/dangers/uses.ts'
import type { Problem } from '../core/problem.ts'
import type { ObjectTarget } from './object.ts'

/** A danger of a reviewed change. `place` is its path in kubectl's words, `line` that of the text; null where it is gone from there. */
export type ShownDanger = {
  readonly id: DangerId
  readonly severity: Severity
  readonly facts: DangerFacts
  readonly place: string
  readonly line: number | null
}

export const impactInput = z.object({ edit: z.string().min(1).max(64), textVersion: z.number().int().min(0) })

/**
 * What a change does to other objects. `rollout`: pods of a template, by the way in which they are replaced. `ends`: pods that
 * end since fewer are wanted. `disruptions`: what a budget allows. `uses`: who uses what changed in a ConfigMap or Secret.
 * `joins`, `leaves`: pods that a selector takes in or lets go. `selects`: how many it then has. `evicts`: pods that a taint
 * drives from a node, at once or `later`. `admission`: webhooks and policies that begin or end to look at a namespace. `peers`: network policies
 * for which a namespace begins or ends to count. `stored`: objects of a kind whose definition changes. `later`: only what is
 * made from now on.
 */
export type ImpactKind =
  | 'rollout'
  | 'ends'
  | 'disruptions'
  | 'uses'
  | 'joins'
  | 'leaves'
  | 'selects'
  | 'evicts'
  | 'admission'
  | 'peers'
  | 'stored'
  | 'later'

/** One object that a change touches; `use`: how it uses what changed. */
export type TouchedObject = { readonly kind: string; readonly target: ObjectTarget; readonly use: Use | null }

/** One line of an impact. `way` is the variant of its sentence, '' for its only one; `more` objects are not named. */
export type ImpactLine = {
  readonly kind: ImpactKind
  readonly way: string
  readonly severity: Exclude<Severity, 'refused'>
  readonly facts: DangerFacts
  readonly objects: readonly TouchedObject[]
  readonly more: number
}

/** What a change does beyond its object, as far as it could be found. `missed` could not be looked at: why, null for want of time. */
export type Impact = {
  readonly lines: readonly ImpactLine[]
  readonly missed: readonly { readonly resource: string; readonly problem: Problem | null }[]
}
