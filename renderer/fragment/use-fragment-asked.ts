import { useEffect, useEffectEvent } from 'react'
import type { OpenedEdit } from '../../contract/edit.ts'
import { handedKey, targetOfEdit, useQuick } from '../quick/use-quick.ts'

/** Tells an open edit that a fragment is to be merged into its text; the text of it, '' where that is yet to be chosen. */
export function useFragmentAsked(opened: OpenedEdit, onAsked: (text: string) => void): void {
  const { handed, taken } = useQuick()
  const key = handedKey(targetOfEdit(opened))
  const text = handed?.kind === 'fragment' && handed.key === key ? handed.text : null
  const tell = useEffectEvent((text: string) => {
    taken()
    onAsked(text)
  })
  useEffect(() => {
    if (text !== null) tell(text)
  }, [text])
}
