import { type KeyboardEvent, type PointerEvent, useRef } from 'react'

const smallest = 0.2
const largest = 0.8

/** A share between what a splitter allows: 0.2 to 0.8. */
export function boundShare(share: number): number {
  return Math.min(largest, Math.max(smallest, share))
}

/** The share after a key: arrows move by 2 %, with Shift by 10 %, Home and End to the ends. Null for other keys. */
export function shareAfterKey(share: number, key: string, shift: boolean): number | null {
  const by = shift ? 0.1 : 0.02
  if (key === 'ArrowLeft') return boundShare(share - by)
  if (key === 'ArrowRight') return boundShare(share + by)
  if (key === 'Home') return smallest
  return key === 'End' ? largest : null
}

/** The bar between two halves. `share` is the left half's part of the whole, 0.2 to 0.8; double click puts it to `usual`. */
export function Splitter({
  label,
  share,
  usual,
  onShare,
}: {
  readonly label: string
  readonly share: number
  readonly usual: number
  readonly onShare: (share: number) => void
}) {
  const dragging = useRef(false)

  function drag(event: PointerEvent<HTMLDivElement>): void {
    const whole = event.currentTarget.parentElement?.getBoundingClientRect()
    if (!dragging.current || whole === undefined) return
    onShare(boundShare((event.clientX - whole.left) / whole.width))
  }
  function press(event: KeyboardEvent): void {
    const next = shareAfterKey(share, event.key, event.shiftKey)
    if (next === null) return
    event.preventDefault()
    onShare(next)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is ARIA's window splitter; hr cannot be one.
    <div
      className="splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={smallest * 100}
      aria-valuemax={largest * 100}
      tabIndex={0}
      onKeyDown={press}
      onDoubleClick={() => onShare(usual)}
      onPointerDown={event => {
        dragging.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={drag}
      onPointerUp={() => {
        dragging.current = false
      }}
      onLostPointerCapture={() => {
        dragging.current = false
      }}
    />
  )
}
