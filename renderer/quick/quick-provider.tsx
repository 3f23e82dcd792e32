import { type ReactNode, useState } from 'react'
import type { EditTarget } from '../../contract/edit.ts'
import { useRouter } from '../app/router.ts'
import { QuickDialog } from './quick-dialog.tsx'
import { type AskedQuick, type Handed, handedKey, type Quick, QuickContext } from './use-quick.ts'

/** Puts the quick edits within reach of all that is in the page. */
export function QuickProvider({ children }: { readonly children: ReactNode }) {
  const router = useRouter()
  const [asked, setAsked] = useState<AskedQuick | null>(null)
  const [handed, setHanded] = useState<Handed | null>(null)
  function hand(target: EditTarget, what: Handed): void {
    setHanded(what)
    router.showEdit({ kind: 'edit', target })
  }
  const quick: Quick = {
    open: (objects, form) => setAsked({ objects, form, goesOn: null }),
    goOn: (goesOn, objects) => setAsked({ objects, form: goesOn.ask.kind, goesOn }),
    apply: (target, edit) => hand(target, { kind: 'edit', key: handedKey(target), edit }),
    merge: (target, text) => hand(target, { kind: 'fragment', key: handedKey(target), text }),
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
