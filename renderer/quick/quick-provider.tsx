import { type ReactNode, useState } from 'react'
import type { QuickObject } from '../../contract/quick.ts'
import { useRouter } from '../app/router.ts'
import type { QuickForm } from './forms.ts'
import { QuickDialog } from './quick-dialog.tsx'
import { type Handed, handedKey, type Quick, QuickContext } from './use-quick.ts'

/** Puts the quick edits within reach of all that is in the page. */
export function QuickProvider({ children }: { readonly children: ReactNode }) {
  const router = useRouter()
  const [asked, setAsked] = useState<{
    readonly objects: readonly QuickObject[]
    readonly form: QuickForm | null
  } | null>(null)
  const [handed, setHanded] = useState<Handed | null>(null)
  const quick: Quick = {
    open: (objects, form) => setAsked({ objects, form }),
    apply(target, edit) {
      setHanded({ key: handedKey(target), edit })
      router.showEdit({ kind: 'edit', target })
    },
    handed,
    taken: () => setHanded(null),
  }
  return (
    <QuickContext value={quick}>
      {children}
      <QuickDialog asked={asked} onClose={() => setAsked(null)} />
    </QuickContext>
  )
}
