import * as z from 'zod'
import { editTargetSchema } from './edit.ts'
import type { ObjectTarget } from './object.ts'

export const fragmentsInput = z.object({ context: z.string().min(1).max(500), namespace: z.string().min(1).max(253) })
export const fragmentOwnerInput = z.object({ object: editTargetSchema })

/** A key of a ConfigMap whose text is part of a PodSpec. */
export type FoundFragment = {
  readonly configMap: string
  readonly key: string
  readonly text: string
  /** What it holds, in short: the names of its containers and volumes. */
  readonly title: string
}

/** The fragments that a namespace's ConfigMaps hold. `more`: there are further ConfigMaps, which were not looked at. */
export type FoundFragments = { readonly found: readonly FoundFragment[]; readonly more: boolean }

/** What makes an object's Pods: the top of its controllers, with its kind. */
export type TemplateOwner = { readonly target: ObjectTarget; readonly kind: string }
