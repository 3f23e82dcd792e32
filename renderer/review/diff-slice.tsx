import { type RefObject, useEffect, useRef, useState } from 'react'
import { type DiffLook, drawSlice } from './diff-draw.ts'
import type { Diff, Layers, Slice } from './diff-model.ts'
import type { Reveals } from './reveals.ts'

/** A row's usual height in pixels: a guess for slices that were never on screen. */
const rowHeight = 20

/** One slice of a diff: drawn while it is near the screen, else an empty place of its height. */
export function DiffSlice({
  diff,
  slice,
  layers,
  look,
  reveals,
  scroller,
}: {
  readonly diff: Diff
  readonly slice: Slice
  readonly layers: Layers
  readonly look: DiffLook
  /** For the masked values of a Secret; null where there are none. */
  readonly reveals: Reveals | null
  readonly scroller: RefObject<HTMLElement | null>
}) {
  const place = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(false)
  const [height, setHeight] = useState(slice.rows * rowHeight)

  useEffect(() => {
    if (place.current === null) return
    const watcher = new IntersectionObserver(
      entries => {
        const entry = entries.at(-1)
        if (entry === undefined) return
        // What leaves keeps the height it had, so that nothing jumps.
        if (!entry.isIntersecting && entry.boundingClientRect.height > 0) setHeight(entry.boundingClientRect.height)
        setNear(entry.isIntersecting)
      },
      { root: scroller.current, rootMargin: '1200px 0px' },
    )
    watcher.observe(place.current)
    return () => watcher.disconnect()
  }, [scroller])

  useEffect(() => {
    if (!near || place.current === null) return
    const at = place.current
    at.replaceChildren(drawSlice(diff, slice, layers, look, reveals))
    return () => at.replaceChildren()
  }, [near, diff, slice, layers, look, reveals])

  return <div className="diff-slice" ref={place} style={near ? undefined : { blockSize: height }} />
}
