/** Tells listeners that something changed; what it is now, they read themselves. */
export type Notifier = { readonly notify: () => void; readonly listen: (listener: () => void) => () => void }

/** A notifier without listeners. */
export function createNotifier(): Notifier {
  const listeners = new Set<() => void>()
  return {
    notify: () => {
      for (const listener of [...listeners]) listener()
    },
    listen: listener => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/** For what is asked for by nobody who could call it off. */
export const never: AbortSignal = new AbortController().signal

/** One message a frame: a page cannot draw more, and the contract's streams have no backpressure of their own. */
const frameMilliseconds = 33

/**
 * The state now, and again after changes: at most once a frame (or as often as given), the latest wins. Ends with the
 * signal. The generator waits between states, so that a reader that left is noticed.
 */
export async function* latestStates<State>(
  listen: Notifier['listen'],
  read: () => State,
  signal: AbortSignal,
  restMilliseconds = frameMilliseconds,
): AsyncGenerator<State, void> {
  let changed = true
  let wake = () => {}
  const stop = listen(() => {
    changed = true
    wake()
  })
  const onAbort = () => wake()
  signal.addEventListener('abort', onAbort)
  try {
    while (!signal.aborted) {
      if (!changed) {
        await new Promise<void>(resolve => {
          wake = resolve
        })
        continue
      }
      changed = false
      yield read()
      await pause(restMilliseconds, signal)
    }
  } finally {
    stop()
    signal.removeEventListener('abort', onAbort)
  }
}

/** Waits; ends early, without failing, when the signal is aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
}
