import { type RefCallback, type RefObject, useCallback, useRef } from 'react'

/** Room that stays free beside a panel, in pixels. */
const margin = 8

/**
 * A `<details>` whose panel lies over the page: it stays within the window, and closes by Escape, which gives the focus back to
 * its summary, and by whatever is done elsewhere. `place` is its `ref`, `panel` it itself.
 */
export function usePopup(): {
  readonly panel: RefObject<HTMLDetailsElement | null>
  readonly place: RefCallback<HTMLDetailsElement>
} {
  const panel = useRef<HTMLDetailsElement>(null)
  const place = useCallback((details: HTMLDetailsElement | null) => {
    panel.current = details
    return details === null ? undefined : popUp(details)
  }, [])
  return { panel, place }
}

function popUp(details: HTMLDetailsElement): () => void {
  const ended = new AbortController()
  const { signal } = ended
  const close = () => {
    details.open = false
  }
  const leave = ({ target }: Event) => {
    if (details.open && target instanceof Node && !details.contains(target)) close()
  }
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !details.open) return
    event.preventDefault()
    event.stopPropagation()
    close()
    details.querySelector('summary')?.focus()
  }
  const place = () => {
    const panel = details.lastElementChild
    if (!details.open || !(panel instanceof HTMLElement)) return
    panel.style.translate = ''
    const beyond = panel.getBoundingClientRect().right + margin - document.documentElement.clientWidth
    if (beyond > 0) panel.style.translate = `${-beyond}px`
  }
  details.addEventListener('toggle', place, { signal })
  details.addEventListener('keydown', closeByKey, { signal })
  document.addEventListener('pointerdown', leave, { signal })
  document.addEventListener('focusin', leave, { signal })
  window.addEventListener('resize', place, { signal })
  return () => ended.abort()
}
