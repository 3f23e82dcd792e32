import type { App } from 'electron'

// Longer than the host takes to close its store and connections.
const patience = 5_000

/** Lets the host end before the app does, so that what it holds is written; but not for ever. */
export function endWithApp(app: Pick<App, 'on' | 'quit'>, end: () => Promise<void>): void {
  let over = false
  app.on('will-quit', event => {
    if (over) return
    event.preventDefault()
    const quit = () => {
      if (over) return
      over = true
      app.quit()
    }
    setTimeout(quit, patience).unref()
    void end().then(quit, quit)
  })
}
