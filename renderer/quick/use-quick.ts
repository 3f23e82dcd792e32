import { createContext, useContext, useEffect, useEffectEvent } from 'react'
import type { EditTarget, OpenedEdit } from '../../contract/edit.ts'
import type { QuickObject } from '../../contract/quick.ts'
import type { QuickEdit } from '../../core/quick/quick-edit.ts'
import type { EditWork } from '../edit/edit-work.ts'
import type { QuickForm } from './forms.ts'

/** A quick edit that an edit of its object is to take up. */
export type Handed = { readonly key: string; readonly edit: QuickEdit }

/** What `QuickProvider` gives to the page. */
export type Quick = {
  /** Opens the dialog for one or several objects; `form` null lets the person choose. */
  readonly open: (objects: readonly QuickObject[], form: QuickForm | null) => void
  /** Opens the edit of an object, makes the change in its text, and goes to the review. */
  readonly apply: (target: EditTarget, edit: QuickEdit) => void
  readonly handed: Handed | null
  readonly taken: () => void
}

export const QuickContext = createContext<Quick | null>(null)

/** The quick edits of this page. */
export function useQuick(): Quick {
  const quick = useContext(QuickContext)
  if (quick === null) throw new Error('no quick edits: render inside QuickProvider')
  return quick
}

/** Says which object's edit takes up what is handed over, whichever version of its kind it is shown in. */
export function handedKey({
  context,
  group,
  resource,
  namespace,
  name,
  subresource,
}: Omit<EditTarget, 'version'>): string {
  return JSON.stringify([context, group, resource, namespace, name, subresource])
}

/** Lets an open edit take up a quick edit of its object. */
export function useHandedOver({ context, ref, origin, readOnly, subresources }: OpenedEdit, work: EditWork): void {
  const { handed, taken, apply } = useQuick()
  const { group, version, resource, namespace, name, subresource = null } = ref
  const target = { context, group, version, resource, namespace, name, subresource }
  const mine = origin === 'edit' && handed?.key === handedKey(target) ? handed : null
  const take = useEffectEvent(({ edit }: Handed) => {
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
