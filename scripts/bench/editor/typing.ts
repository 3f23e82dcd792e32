import type { Page } from '@playwright/test'

declare global {
  interface Window {
    readonly keys: { readonly start: () => void; readonly stop: () => readonly number[] }
  }
}

/**
 * Installs `window.keys` before the page's own scripts: for each key the milliseconds from the key itself until its frame is
 * painted. It is sent as text: it uses nothing from outside.
 */
export function measureKeys(): void {
  let toPaint: number[] = []
  let listening = false
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      if (!listening) return
      requestAnimationFrame(() => {
        // A message is handled once the frame is painted.
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          toPaint.push(performance.now() - timeStamp)
          port1.close()
        }
        port2.postMessage(null)
      })
    },
    true,
  )
  const keys: Window['keys'] = {
    start() {
      toPaint = []
      listening = true
    },
    stop() {
      listening = false
      return toPaint
    },
  }
  Object.assign(window, { keys })
}

const words = 'the quick brown fox jumps over the lazy dog '

/** Types so many letters at the cursor as a fast typist does, with a pause now and then in which work in the background begins. */
export async function typeLetters(page: Page, count: number): Promise<readonly number[]> {
  await page.evaluate(() => window.keys.start())
  for (let index = 0; index < count; index += 1) {
    await page.keyboard.press(words[index % words.length] === ' ' ? 'Space' : (words[index % words.length] ?? 'a'))
    await page.waitForTimeout(index % words.length === words.length - 1 ? 1_300 : 30)
  }
  return page.evaluate(() => window.keys.stop())
}
