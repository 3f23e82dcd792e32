import { createContext, useContext } from 'react'

/** What can be opened about a context. */
export type ContextDialog = 'details' | 'access' | 'actAs'

/** Opens a dialog about a context; `context-dialogs.tsx` provides it. */
export const ContextDialogContext = createContext<(dialog: ContextDialog, context: string) => void>(() => undefined)

/** Opens a dialog about a context. */
export function useContextDialog(): (dialog: ContextDialog, context: string) => void {
  return useContext(ContextDialogContext)
}
