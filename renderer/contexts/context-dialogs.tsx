import { createContext, type ReactNode, useContext, useState } from 'react'
import { AccessDialog } from '../access/access-dialog.tsx'
import { ActAsDialog } from './act-as-dialog.tsx'
import { DetailsDialog } from './details-dialog.tsx'

/** What can be opened about a context. */
export type ContextDialog = 'details' | 'access' | 'actAs'
type Open = (dialog: ContextDialog, context: string) => void

const OpenContext = createContext<Open>(() => undefined)

/** Opens a dialog about a context. */
export function useContextDialog(): Open {
  return useContext(OpenContext)
}

/** The dialogs about contexts, over what they are opened from. */
export function ContextDialogs({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<{ readonly dialog: ContextDialog; readonly context: string } | null>(null)
  const of = (dialog: ContextDialog) => (shown?.dialog === dialog ? shown.context : null)
  const close = () => setShown(null)
  return (
    <OpenContext value={(dialog, context) => setShown({ dialog, context })}>
      {children}
      <DetailsDialog context={of('details')} onClose={close} />
      <AccessDialog context={of('access')} onClose={close} />
      <ActAsDialog context={of('actAs')} onClose={close} />
    </OpenContext>
  )
}
