import { createContext, useContext } from 'react'
import type { DeleteObject } from '../../contract/delete.ts'

/** Opens the dialog that deletes objects; `DeleteProvider` provides it. */
export const DeleteDialogContext = createContext<((objects: readonly DeleteObject[]) => void) | null>(null)

/** Opens the dialog that deletes objects, which shows first what hangs on them. */
export function useDelete(): (objects: readonly DeleteObject[]) => void {
  const open = useContext(DeleteDialogContext)
  if (open === null) throw new Error('no dialog: render inside DeleteProvider')
  return open
}
