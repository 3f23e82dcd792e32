import { type ReactNode, useState } from 'react'
import { AccessDialog } from '../access/access-dialog.tsx'
import { ActAsDialog } from './act-as-dialog.tsx'
import { DetailsDialog } from './details-dialog.tsx'
import { type ContextDialog, ContextDialogContext } from './use-context-dialog.ts'

/** The dialogs about contexts, over what they are opened from. */
export function ContextDialogs({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<{ readonly dialog: ContextDialog; readonly context: string } | null>(null)
  const of = (dialog: ContextDialog) => (shown?.dialog === dialog ? shown.context : null)
  const close = () => setShown(null)
  return (
    <ContextDialogContext value={(dialog, context) => setShown({ dialog, context })}>
      {children}
      <DetailsDialog context={of('details')} onClose={close} />
      <AccessDialog context={of('access')} onClose={close} />
      <ActAsDialog context={of('actAs')} onClose={close} />
    </ContextDialogContext>
  )
}
