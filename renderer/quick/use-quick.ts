import { createContext, useContext, useEffect, useEffectEvent } from 'react'
import type { EditTarget, OpenedEdit } from '../../contract/edit.ts'
import type { QuickObject, UnfinishedRun } from '../../contract/quick.ts'
import type { QuickEdit } from '../../core/quick/quick-edit.ts'
import type { EditWork } from '../edit/edit-work.ts'
import type { QuickForm } from './forms.ts'

/** What an edit of the object that `key` names is to take up: a quick edit, or a fragment to be merged, '' for one yet to be chosen. */
export type Handed =
  | { readonly kind: 'edit'; readonly key: string; readonly edit: QuickEdit }
  | { readonly kind: 'fragment'; readonly key: string; readonly text: string }

/** What `QuickProvider` gives to the page. */
export type Quick = {
  /** Opens the dialog for one or several objects; `form` null lets the person choose. */
  readonly open: (objects: readonly QuickObject[], form: QuickForm | null) => void
  /** Opens the dialog for the rest of one that the app's end cut off: what was asked for is checked at once. */
  readonly goOn: (unfinished: UnfinishedRun, objects: readonly QuickObject[]) => void
  /** Opens the edit of an object, makes the change in its text, and goes to the review. */
  readonly apply: (target: EditTarget, edit: QuickEdit) => void
  /** Opens the edit of an object, and there the dialog that merges a fragment. */
  readonly merge: (target: EditTarget, text: string) => void
  readonly handed: Handed | null
  readonly taken: () => void
}

/** What the dialog is opened for. */
export type AskedQuick = {
  readonly objects: readonly QuickObject[]
  readonly form: QuickForm | null
  readonly goesOn: UnfinishedRun | null
}

export const QuickContext = createContext<Quick | null>(null)

/** The quick edits of this page. */
export function useQuick(): Quick {
  const quick = useContext(QuickContext)
  if (quick === null) throw new Error('no quick edits: render inside QuickProvider')
  return quick
}

/** Says which object's edit takes up what is handed over, whichever version of its kind it is shown in. */
export function handedKey(target: EditTarget): string {
  const { context, group, resource, namespace, name, subresource } = target
  return JSON.stringify([context, group, resource, namespace, name, subresource])
}

/** What an edit is of. */
export function targetOfEdit({ context, ref }: Pick<OpenedEdit, 'context' | 'ref'>): EditTarget {
  const { group, version, resource, namespace, name, subresource = null } = ref
  return { context, group, version, resource, namespace, name, subresource }
}

/** Lets an open edit take up a quick edit of its object. */
export function useHandedOver(opened: OpenedEdit, work: EditWork): void {
  const { handed, taken, apply } = useQuick()
  const { origin, readOnly, subresources } = opened
  const target = targetOfEdit(opened)
  const mine = origin === 'edit' && handed?.kind === 'edit' && handed.key === handedKey(target) ? handed.edit : null
  const take = useEffectEvent((edit: QuickEdit) => {
    taken()
    // Who may not patch the object may still be allowed to scale it.
    const scales = edit.kind === 'scale' && readOnly !== null && subresources.includes('scale')
    if (scales) apply({ ...target, subresource: 'scale' }, edit)
    else void work.quick(edit)
  })
  useEffect(() => {
    if (mine !== null) take(mine)
  }, [mine])
}
