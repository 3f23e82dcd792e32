import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { say } from '../bootstrap/say.mjs'
import type { Ending } from '../ending.ts'
import { findChromium, whyNoBrowser } from './browsers.ts'
import { writeLaunchFile } from './launch-file.ts'

/** Where the page was opened: in an application window, in a tab of the default browser, or nowhere. */
export type Opened = 'window' | 'tab' | 'nothing'

/**
 * Opens an address on the screen, as well as this machine can, and says how in one line; prints it where it cannot.
 * An application window ends with `ending`; without one it stays open after this process.
 */
export async function openWindow(address: string, profile: string, ending: Ending | null): Promise<Opened> {
  const reason = whyNoBrowser()
  if (reason !== null) {
    say(`Open this address in a browser (${reason}):`)
    process.stdout.write(`Patchbay is at ${address}\n`)
    return 'nothing'
  }
  const launch = writeLaunchFile(profile, address)
  const chromium = findChromium()
  if (chromium !== null) {
    say(`Patchbay opens in a window of ${chromium}.`)
    const browser = start(chromium, windowArguments(launch, profile))
    ending?.add(() => endProcess(browser))
    return 'window'
  }
  const [program, args] = defaultBrowser(launch)
  if (await succeeds(start(program, args))) {
    say('Patchbay opens in the default browser.')
    return 'tab'
  }
  say('Open this address in a browser (none could be started):')
  process.stdout.write(`Patchbay is at ${address}\n`)
  return 'nothing'
}

// A user data folder of its own: a browser that runs already would take the page over into its own window.
function windowArguments(launch: string, profile: string): string[] {
  const folder = join(profile, 'browser')
  const quiet = ['--no-first-run', '--no-default-browser-check', '--disable-background-networking', '--disable-sync']
  return [`--app=${launch}`, `--user-data-dir=${folder}`, '--class=Patchbay', ...quiet]
}

function defaultBrowser(launch: string): [string, string[]] {
  if (process.platform === 'darwin') return ['open', [launch]]
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', launch]]
  return ['xdg-open', [launch]]
}

// Detached: Ctrl-C in the terminal is for this process, which then ends the browser in its turn.
function start(program: string, args: readonly string[]): ChildProcess {
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.on('error', () => say(`${program} could not be started.`))
  child.unref()
  return child
}

function succeeds(child: ChildProcess): Promise<boolean> {
  return new Promise(resolve => {
    child.ref()
    child.once('error', () => resolve(false))
    child.once('exit', code => resolve(code === 0))
  })
}

function endProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise(resolve => {
    child.ref()
    const kill = setTimeout(() => child.kill('SIGKILL'), 5_000)
    child.once('exit', () => {
      clearTimeout(kill)
      resolve()
    })
    child.kill('SIGTERM')
  })
}
