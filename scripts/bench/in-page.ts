/** What can be looked for in the page. */
export type Look =
  /** A list with at least so many rows drawn. */
  | { readonly kind: 'screen'; readonly rows: number }
  /** A list that has exactly so many rows, drawn or not. */
  | { readonly kind: 'holds'; readonly rows: number }
  /** A list that has some rows, but not so many. */
  | { readonly kind: 'holds-other'; readonly rows: number }
  /** The first row has this name. */
  | { readonly kind: 'first'; readonly name: string }
  /** An entry of the palette has these words. */
  | { readonly kind: 'entry'; readonly words: string }
  /** An element with a box that holds these words. */
  | { readonly kind: 'shown'; readonly css: string; readonly words: string }

/** Frames and tasks of a while, in milliseconds. */
export type Smoothness = { readonly frames: readonly number[]; readonly tasks: readonly number[] }

/** How long each change took to be seen, in milliseconds, by its number. */
export type Delays = readonly (readonly [number: number, delay: number])[]

declare global {
  interface Window {
    readonly bench: {
      /** Begins to wait for a frame that shows it, after the next input; answers the number of the question. */
      readonly ask: (look: Look) => number
      /** Milliseconds from the last click, key or typed character until then. */
      readonly answer: (question: number) => Promise<number>
      readonly startFrames: () => void
      readonly stopFrames: () => Smoothness
      /** Notes when cells with `c<number>@<time>` come into the page. */
      readonly startChanges: () => void
      readonly stopChanges: () => Delays
    }
  }
}

/** Installs `window.bench` before the page's own scripts. It is sent as text: it uses nothing from outside. */
export function measureInPage(): void {
  let input = 0
  for (const kind of ['click', 'keydown', 'input'])
    addEventListener(
      kind,
      event => {
        input = event.timeStamp
      },
      true,
    )
  const tasks: { readonly start: number; readonly length: number }[] = []
  new PerformanceObserver(list => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, length: duration })
  }).observe({ type: 'longtask' })

  // The sidebar has grids too; only the list's tells its rows.
  const grid = '[role=grid][aria-rowcount]'
  const row = `${grid} [role=row]`
  const held = () => Number(document.querySelector(grid)?.getAttribute('aria-rowcount') ?? 0) - 1
  const textAt = (selector: string) => document.querySelector(selector)?.textContent ?? ''
  const isSeen = (look: Look): boolean => {
    switch (look.kind) {
      case 'screen':
        return document.querySelectorAll(`${row} [data-kind=name]`).length >= look.rows
      case 'holds':
        return held() === look.rows
      case 'holds-other':
        return held() > 0 && held() !== look.rows
      case 'first':
        return textAt(`${row}[aria-rowindex="2"] [data-kind=name]`) === look.name
      case 'entry':
        return [...document.querySelectorAll('[role=option]')].some(one => one.textContent.includes(look.words))
      case 'shown':
        return [...document.querySelectorAll(look.css)].some(
          one => one.getClientRects().length > 0 && one.textContent.includes(look.words),
        )
    }
  }

  let frames: number[] = []
  let began = 0
  let next = 0
  const countFrame = (at: number) => {
    frames.push(at)
    next = requestAnimationFrame(countFrame)
  }

  const seen = new Map<number, number>()
  let pending = ''
  const note = () => {
    const now = Date.now()
    for (const [, number, time] of pending.matchAll(/c(\d+)@(\d+)/g)) {
      if (!seen.has(Number(number))) seen.set(Number(number), now - Number(time))
    }
    pending = ''
  }
  const observer = new MutationObserver(changes => {
    if (pending === '') requestAnimationFrame(note)
    pending += ' '
    for (const { target, addedNodes } of changes) {
      pending += target.nodeType === Node.TEXT_NODE ? target.textContent : ''
      for (const node of addedNodes) pending += node.textContent
    }
  })

  const questions: Promise<number>[] = []
  const bench: Window['bench'] = {
    ask(look) {
      const before = input
      const asked = performance.now()
      const seen = new Promise<number>((resolve, reject) => {
        const check = () => {
          // What was asked for may stand there already: only an input after the question counts.
          if (input !== before && isSeen(look)) resolve(performance.now() - input)
          else if (performance.now() - asked > 60_000)
            reject(new Error(`not seen within a minute: ${JSON.stringify(look)}`))
          else requestAnimationFrame(check)
        }
        check()
      })
      return questions.push(seen) - 1
    },
    answer: question => questions[question] ?? Promise.reject(new Error('nothing was asked')),
    startFrames() {
      frames = []
      began = performance.now()
      next = requestAnimationFrame(countFrame)
    },
    stopFrames() {
      cancelAnimationFrame(next)
      const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at))
      return { frames: gaps, tasks: tasks.filter(({ start }) => start >= began).map(({ length }) => length) }
    },
    startChanges() {
      seen.clear()
      observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    },
    stopChanges() {
      observer.disconnect()
      return [...seen]
    },
  }
  Object.assign(window, { bench })
}
