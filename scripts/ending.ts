import { say } from './bootstrap/say.mjs'

/** What was started, to be ended in the opposite order, once, at any kind of end. */
export type Ending = {
  /** Aborted as soon as the end begins. */
  readonly signal: AbortSignal
  /** Adds something that must be ended. */
  readonly add: (end: () => Promise<unknown> | unknown) => void
  /** Ends everything and resolves when all is gone; called again it answers the same end. */
  readonly end: () => Promise<void>
}

/** Ends on Ctrl-C, SIGTERM, a closed terminal, and when the process that started this one is gone. */
export function createEnding(exit: (code: number) => void = code => process.exit(code)): Ending {
  const controller = new AbortController()
  const ends: (() => Promise<unknown> | unknown)[] = []
  let ended: Promise<void> | null = null
  const end = () => {
    ended ??= endAll(ends, controller)
    return ended
  }
  const stop = (code: number) => () => void end().then(() => exit(code))
  process.on('SIGINT', stop(130))
  process.on('SIGTERM', stop(143))
  process.on('SIGHUP', stop(129))
  process.on('disconnect', stop(1))
  return { signal: controller.signal, add: one => ends.push(one), end }
}

async function endAll(ends: readonly (() => Promise<unknown> | unknown)[], controller: AbortController): Promise<void> {
  controller.abort()
  for (const end of ends.toReversed()) {
    try {
      await end()
    } catch (error) {
      // One that fails to end must not keep the others running.
      say(`Something did not end well: ${error instanceof Error ? error.message : error}`)
    }
  }
}
