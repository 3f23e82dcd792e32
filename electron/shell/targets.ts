import type { BrowserWindow } from 'electron'
import type { TargetWords } from '../host/target-words.ts'
import type { HostProcess } from './host-process.ts'
import { showWindow } from './window.ts'

/** What shows a target on the screen. */
export type Screen = {
  readonly resolve: HostProcess['resolve']
  readonly open: (address: string) => unknown
  readonly windows: () => readonly Pick<BrowserWindow, 'isMinimized' | 'restore' | 'show' | 'focus'>[]
  readonly complain: (reason: string) => void
}

/** The targets of this instance and of later ones, which may arrive before there is a screen. */
export type Targets = {
  readonly arrive: (target: TargetWords | null) => void
  /** Opens the first window, at the first target, and shows what has arrived meanwhile. */
  readonly begin: (screen: Screen) => Promise<void>
}

/** `first` is the target on this instance's own command line. */
export function createTargets(first: TargetWords | null): Targets {
  const waiting: (TargetWords | null)[] = []
  let screen: Screen | null = null
  return {
    arrive(target) {
      if (screen === null) waiting.push(target)
      else void showTarget(screen, target)
    },
    async begin(begun) {
      begun.open(await addressOf(begun, first, false))
      screen = begun
      for (const target of waiting.splice(0)) await showTarget(begun, target)
    },
  }
}

async function showTarget(screen: Screen, target: TargetWords | null): Promise<void> {
  const [window] = screen.windows()
  const address = await addressOf(screen, target, window !== undefined)
  if (window === undefined) screen.open(address)
  else showWindow(window)
}

async function addressOf(screen: Screen, target: TargetWords | null, show: boolean): Promise<string> {
  if (target === null) return '/'
  const { address, reason } = await screen.resolve(target, show)
  if (address === null) screen.complain(reason)
  return address ?? '/'
}
