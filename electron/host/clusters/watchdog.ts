/** Tells when a watch can no longer be trusted. */
type Watchdog = {
  /** Something came from the server. */
  heard(): void
  end(): void
}

/**
 * `silent`: nothing has come for so long that the server should be asked whether it is there; told once for each
 * silence. `dead`: nothing for longer than two bookmarks take. `slept`: this machine was asleep, or its clock was set.
 */
type Suspicion = 'silent' | 'dead' | 'slept'

// Bookmarks come each 60 seconds.
const silentMs = 75_000
const deadMs = 130_000
const tickMs = 5_000
const sleptMs = 15_000

/** Watches over a watch that begins now. */
export function makeWatchdog(onSuspicion: (suspicion: Suspicion) => unknown): Watchdog {
  let heard = Date.now()
  let ticked = heard
  let told = false
  const timer = setInterval(() => {
    const now = Date.now()
    const late = now - ticked - tickMs
    ticked = now
    // A clock that was set, back or forth, tells no more how long a silence lasts.
    if (Math.abs(late) > sleptMs) onSuspicion('slept')
    else if (now - heard > deadMs) onSuspicion('dead')
    else if (now - heard > silentMs && !told) {
      told = true
      onSuspicion('silent')
    }
  }, tickMs)
  return {
    heard() {
      heard = Date.now()
      told = false
    },
    end: () => clearInterval(timer),
  }
}
