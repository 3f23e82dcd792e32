import type { MaskedLine, RevealedValue } from '../../contract/review.ts'

/** Milliseconds that a revealed value stays on screen. */
export const revealTime = 30_000

/** The words of the buttons, with the value's place in them. */
export type RevealWords = {
  readonly reveal: (path: string) => string
  readonly hide: (path: string) => string
  readonly base64: string
  readonly gone: string
}

/** The values of a review that a person has revealed. They live in the page's elements alone, and go from there. */
export type Reveals = {
  /** The button of a masked line, null for any other line. */
  readonly button: (side: MaskedLine['side'], line: number) => HTMLButtonElement | null
  /** Takes every value off the screen. */
  readonly end: () => void
}

/** Reveals for the masked lines of one review; `ask` fetches a value, null where the host gives none any more. */
export function createReveals(
  masked: readonly MaskedLine[],
  ask: (line: MaskedLine, signal: AbortSignal) => Promise<RevealedValue | null>,
  words: RevealWords,
): Reveals {
  const lines = new Map(masked.map(one => [`${one.side} ${one.line}`, one]))
  const shown = new Set<() => void>()
  const hideAll = () => {
    for (const hide of [...shown]) hide()
  }
  const hideWhenHidden = () => {
    if (document.hidden) hideAll()
  }
  document.addEventListener('visibilitychange', hideWhenHidden)

  function makeButton(line: MaskedLine): HTMLButtonElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'reveal'
    let hide: (() => void) | null = null
    const name = (text: string) => {
      button.setAttribute('aria-label', text)
      button.title = text
      button.setAttribute('aria-pressed', String(hide !== null))
    }
    const reveal = () => {
      const asking = new AbortController()
      const place = document.createElement('span')
      place.className = 'revealed'
      place.setAttribute('role', 'status')
      const timer = setTimeout(() => hide?.(), revealTime)
      hide = () => {
        asking.abort()
        clearTimeout(timer)
        if (hide !== null) shown.delete(hide)
        hide = null
        place.remove()
        place.replaceChildren()
        name(words.reveal(line.path))
      }
      shown.add(hide)
      button.after(place)
      name(words.hide(line.path))
      ask(line, asking.signal)
        .then(value => {
          if (!asking.signal.aborted) place.append(...drawn(value, words))
        })
        .catch(error => {
          if (asking.signal.aborted) return
          hide?.()
          throw error
        })
    }
    button.addEventListener('click', () => (hide === null ? reveal() : hide()))
    // Escape takes the value away first, and leaves the review the next time.
    button.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || hide === null) return
      event.preventDefault()
      hide()
    })
    name(words.reveal(line.path))
    return button
  }

  return {
    button: (side, line) => {
      const found = lines.get(`${side} ${line}`)
      return found === undefined ? null : makeButton(found)
    },
    end: () => {
      document.removeEventListener('visibilitychange', hideWhenHidden)
      hideAll()
    },
  }
}

function drawn(value: RevealedValue | null, words: RevealWords): readonly Node[] {
  const text = document.createElement(value === null ? 'span' : 'code')
  text.textContent = value === null ? words.gone : value.value
  if (value?.form !== 'base64') return [text]
  const form = document.createElement('small')
  form.textContent = `${words.base64} `
  return [form, text]
}
