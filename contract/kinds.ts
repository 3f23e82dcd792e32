import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import type { ResourceKind } from './browse.ts'

const name = z.string().min(1).max(500)

/** Contexts whose kinds are asked for; empty means every context of the kubeconfig. */
export const servedInput = z.object({ contexts: z.array(name).max(200) })

export const kindDetailsInput = z.object({ context: name, group: z.string().max(253), resource: name })

/** A served kind. `absentFrom` are the asked contexts whose clusters are known not to serve it; left out for none. */
export type ServedKind = ResourceKind & { readonly absentFrom?: readonly string[] }

/** What one context told of its kinds. `failedGroups` are API groups whose aggregated server does not answer. */
export type KindSource = {
  readonly context: string
  readonly state: 'asking' | 'known' | 'failed'
  readonly problem: Problem | null
  readonly failedGroups: readonly string[]
}

/**
 * What the clusters of several contexts serve, together: each version of each resource once, as the first context that
 * has it tells it. A context that is slow or fails holds nothing back.
 */
export type ServedKinds = { readonly kinds: readonly ServedKind[]; readonly sources: readonly KindSource[] }

/** A version of a custom resource, as its definition tells it. */
export type DefinedVersion = { readonly version: string; readonly served: boolean; readonly deprecated: boolean }

/**
 * What only a CustomResourceDefinition tells of a kind: which version is stored, which are served, and what is wrong with
 * the definition (conditions that are not as they should be, in the server's words).
 */
export type KindDefinition = {
  readonly name: string
  readonly storage: string | null
  readonly versions: readonly DefinedVersion[]
  readonly troubles: readonly { readonly type: string; readonly reason: string; readonly message: string }[]
}

/** `definition` is null for kinds that no CustomResourceDefinition defines. */
export type KindDetails = { readonly definition: KindDefinition | null }
