import { useEffect, useEffectEvent } from 'react'
import type { QuickAsk } from '../../contract/quick.ts'
import type { OnAsk } from './forms.ts'

/** Hands what a form asks for to the dialog, whenever it is another thing. */
export function useAsk(ask: QuickAsk | null, onAsk: OnAsk): void {
  const text = JSON.stringify(ask)
  const tell = useEffectEvent(() => onAsk(ask))
  // Told again when its text is another one.
  useEffect(() => tell(), [text])
}
