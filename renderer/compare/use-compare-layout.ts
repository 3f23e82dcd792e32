import { useEffect, useRef, useState } from 'react'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'

/** How both texts stand: side by side, or in one column. */
export type CompareLayout = 'split' | 'unified'

/** Narrower than this, in CSS pixels, two columns break most lines. */
const roomForTwo = 760

/** The layout as it was chosen last, else by the room there is; `place` is measured. */
export function useCompareLayout() {
  const { compareLayout } = useApp().settings
  const save = useSaveSettings()
  const place = useRef<HTMLElement>(null)
  const [wide, setWide] = useState(true)
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWide(entry.contentRect.width >= roomForTwo)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const byRoom: CompareLayout = wide ? 'split' : 'unified'
  const layout = compareLayout === 'by-room' ? byRoom : compareLayout
  const choose = (next: CompareLayout) => save({ compareLayout: next === byRoom ? 'by-room' : next })
  return { place, layout, choose, turn: () => choose(layout === 'split' ? 'unified' : 'split') }
}
