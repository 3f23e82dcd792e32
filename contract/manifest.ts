import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import type { OpenedEdit } from './edit.ts'

export const manifestInput = z.object({
  context: z.string().min(1).max(500),
  /** As kubectl's `-n`: where the manifest goes, and must say so if it names one. Null: where it says, else the context's. */
  namespace: z.string().min(1).max(253).nullable(),
  /** The file as it stands: YAML or JSON, comments and all. */
  text: z.string().max(16_000_000),
})
export type ManifestInput = z.infer<typeof manifestInput>

/**
 * One object of a text that holds several: of a document of its own, or an item of a `List`, printed. `text` opens it.
 * What cannot be read has a `problem`, and no names.
 */
export type ManifestDocument = {
  readonly text: string
  /** The line of the whole text on which the document begins, from 1. */
  readonly line: number
  readonly apiVersion: string | null
  readonly kind: string | null
  readonly namespace: string | null
  readonly name: string | null
  readonly problem: Problem | null
}

/**
 * What became of a manifest. `opened`: it holds one object. Its edit has the origin `manifest` where that object is there,
 * else `create`; its text is the manifest, whose parts that are left out are not deletions, so it has no base: nothing is
 * moved into it, and after a submit it stays as it is. Review compares live with what the server would make of it; its
 * strategies are `client-side-apply`, `apply` and `replace`. `several`: nothing was opened; each `text` may be.
 */
export type OpenedManifest =
  | { readonly kind: 'opened'; readonly opened: OpenedEdit }
  | { readonly kind: 'several'; readonly documents: readonly ManifestDocument[] }
