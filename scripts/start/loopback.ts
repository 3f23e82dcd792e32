import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { CommandLine } from '../../electron/command-line.mjs'
import { askRunningHost, type ControlAnswer } from '../../electron/loopback/control.ts'
import { type Lock, lockProfile } from '../../electron/loopback/lock.ts'
import { builtPage, type Page } from '../../electron/loopback/page.ts'
import { defaultProfile, makeProfile } from '../../electron/loopback/profile.ts'
import { type Loopback, startLoopback } from '../../electron/loopback.ts'
import { readPageFiles } from '../../electron/pages/files.ts'
import { root } from '../bootstrap/root.mjs'
import { say } from '../bootstrap/say.mjs'
import { buildPage, pageFolder } from '../build-page.ts'
import type { Ending } from '../ending.ts'
import type { Source } from './kubeconfig.ts'
import { openPractice } from './practice.ts'
import { openWindow } from './window.ts'

type Chosen = Exclude<Source, { readonly kind: 'missing' }>

/** Runs the app behind a loopback server, or hands over to the host that runs in the profile already. Answers the exit code. */
export async function runLoopback(commandLine: CommandLine, source: Chosen, ending: Ending): Promise<number> {
  const practice = source.kind === 'practice'
  const profile = makeProfile(commandLine.profile ?? defaultProfile(practice))
  const taken = await takeProfile(profile, commandLine)
  if ('answer' in taken) return handOver(taken.answer, profile, commandLine)
  ending.add(taken.lock.release)

  if (source.kind === 'practice' && !source.asked) say('There is no kubeconfig yet, so here is a practice cluster.')
  const files = source.kind === 'practice' ? [await openPractice(ending)] : source.files
  const page = await preparePage(commandLine, ending)
  const loopback = await startLoopback({
    host: {
      version: readVersion(),
      profile,
      kubeconfig: files,
      context: commandLine.context,
      actingAs: commandLine.as,
      practice,
    },
    page,
    port: commandLine.port,
    hosts: commandLine.hosts,
  })
  ending.add(loopback.end)
  ending.signal.throwIfAborted()
  return open(loopback, commandLine, profile, ending)
}

// It would show the target as somebody else than was asked for.
const asBeside =
  'Patchbay runs already in this profile: choose there whom to act as (Act as …), or start with --profile DIR.'

type Taken = { readonly lock: Lock } | { readonly answer: ControlAnswer | null }

// A host that is only just starting holds the lock but does not answer yet.
async function takeProfile(profile: string, commandLine: CommandLine): Promise<Taken> {
  const { target, open } = commandLine
  for (let tries = 0; tries < 100; tries++) {
    const lock = lockProfile(profile)
    if (lock !== null) return { lock }
    if (commandLine.as !== null) return { answer: { kind: 'refused', reason: asBeside } }
    const answer = await askRunningHost(profile, { target, open })
    if (answer !== null) return { answer }
    if (tries === 0) say('Another Patchbay is starting in this profile; waiting for it …')
    await delay(100)
  }
  return { answer: null }
}

async function handOver(answer: ControlAnswer | null, profile: string, commandLine: CommandLine): Promise<number> {
  if (answer === null) {
    say(`Another Patchbay runs in ${profile} but does not answer: end it, or start with --profile DIR.`)
    return 1
  }
  if (answer.kind === 'refused') {
    say(answer.reason)
    return 1
  }
  const what = commandLine.target === null ? 'asked it for a page' : 'handed the target over'
  say(`Patchbay runs already in this profile, with the kubeconfig it was started with: ${what}.`)
  if (answer.kind === 'shown') return 0
  if (commandLine.open) await openWindow(answer.address, profile, null)
  else printAddress(answer.address)
  return 0
}

async function open(loopback: Loopback, commandLine: CommandLine, profile: string, ending: Ending): Promise<number> {
  const issued = await loopback.issueAddress(commandLine.target)
  if (!issued.ok) {
    say(issued.reason)
    return 1
  }
  if (commandLine.open) await openOnScreen(loopback, issued.address, profile, ending)
  else printAddress(issued.address)
  await loopback.abandoned
  say('The last page was closed a minute ago: Patchbay ends.')
  return 0
}

async function openOnScreen(loopback: Loopback, address: string, profile: string, ending: Ending): Promise<void> {
  const opened = await openWindow(address, profile, ending)
  if (opened === 'window') loopback.lastAsLongAsPages()
  if (opened === 'nothing') return
  // A browser may start and show nothing: one from a sandboxed package cannot read the launch file.
  void loopback.pageWithin(20_000).then(async came => {
    if (came || ending.signal.aborted) return
    const again = await loopback.issueAddress(null)
    if (again.ok) printAddress(again.address)
  })
}

// The one line on stdout.
function printAddress(address: string): void {
  process.stdout.write(`Patchbay is at ${address}\n`)
}

async function preparePage(commandLine: CommandLine, ending: Ending): Promise<Page> {
  if (commandLine.dev) {
    const { startDevelopment } = await import('./development.ts')
    return startDevelopment(ending)
  }
  await buildPage(() => say('Building the page …'), ending.signal)
  return builtPage(readPageFiles(pageFolder))
}

function readVersion(): string {
  // package.json is ours and has a version.
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
}
