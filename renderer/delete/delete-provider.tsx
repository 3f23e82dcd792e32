import { type ReactNode, useState } from 'react'
import type { DeleteObject } from '../../contract/delete.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { DeleteDialogContext } from './use-delete.ts'

/** Puts the dialog that deletes within reach of all that is in the page. */
export function DeleteProvider({ children }: { readonly children: ReactNode }) {
  const [objects, setObjects] = useState<readonly DeleteObject[] | null>(null)
  return (
    <DeleteDialogContext value={setObjects}>
      {children}
      <DeleteDialog objects={objects} onClose={() => setObjects(null)} />
    </DeleteDialogContext>
  )
}
