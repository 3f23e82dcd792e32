import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { PracticeFailure } from './failure.ts'

/** A process that is still the one meant, although process ids are used again: `startedAt` is the system's own mark. */
export type ProcessMark = { readonly pid: number; readonly startedAt: string }

/** A running program of the cluster. It ends with this process, however this process ends. */
export type Program = {
  readonly name: string
  readonly logPath: string
  readonly mark: ProcessMark
  /** Resolves when the program has ended, wanted or not. */
  readonly ended: Promise<void>
  hasEnded(): boolean
  /** Asks it to end (SIGTERM, SIGKILL after `grace`) and resolves when it has. */
  stop(): Promise<void>
}

/** What to run: `grace` is how long it may take to end, as a Go duration. */
export type Command = {
  readonly name: string
  readonly path: string
  readonly args: readonly string[]
  readonly grace: string
}

/** Starts a program on a leash, its output in `<folder>/logs/<name>.log`, its environment empty but for `HOME`. */
export function startProgram(leash: string, folder: string, command: Command): Program {
  const logs = join(folder, 'logs')
  mkdirSync(logs, { recursive: true, mode: 0o700 })
  const logPath = join(logs, `${command.name}.log`)
  const log = openSync(logPath, 'w', 0o600)
  // Detached: Ctrl-C in the terminal reaches this process alone, which then decides the order of ending.
  const child = spawn(leash, [command.grace, command.path, ...command.args], {
    stdio: ['pipe', log, log],
    detached: true,
    env: { HOME: folder },
  })
  closeSync(log)
  let over = false
  const ended = new Promise<void>(resolve => {
    const end = () => {
      over = true
      resolve()
    }
    child.once('exit', end)
    child.once('error', end)
  })
  // The pipe breaks when the leash ends first; `ended` tells that already.
  child.stdin?.on('error', () => {})
  const pid = child.pid
  if (pid === undefined)
    throw new PracticeFailure(`The program ${leash} could not be started; remove its folder and start again.`)
  return {
    name: command.name,
    logPath,
    mark: { pid, startedAt: startOf(pid) ?? '' },
    ended,
    hasEnded: () => over,
    stop() {
      child.stdin?.end()
      return ended
    },
  }
}

/** True while the very process that was marked is running. */
export function isRunning(mark: ProcessMark): boolean {
  const startedAt = startOf(mark.pid)
  return startedAt !== null && startedAt === mark.startedAt
}

/** Marks a running process, this one by default. */
export function markProcess(pid: number = process.pid): ProcessMark {
  return { pid, startedAt: startOf(pid) ?? '' }
}

/** Resolves when all are gone. Those still running after `patience` milliseconds are killed. */
export async function waitUntilGone(
  marks: readonly ProcessMark[],
  patience: number,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + patience
  let killed = false
  for (;;) {
    signal?.throwIfAborted()
    const left = marks.filter(isRunning)
    if (left.length === 0) return
    if (Date.now() > deadline && !killed) {
      killed = true
      for (const mark of left) kill(mark.pid, 'SIGKILL')
    }
    await delay(50)
  }
}

/** Sends a signal to a marked process, if it is still that one. */
export function signalProcess(mark: ProcessMark, signal: NodeJS.Signals): void {
  if (isRunning(mark)) kill(mark.pid, signal)
}

/** A port of 127.0.0.1 that is free now: `wanted` if that is. Another process may take it before it is used. */
export async function freePort(wanted?: number): Promise<number> {
  return (wanted ? await tryPort(wanted) : null) ?? (await tryPort(0)) ?? freePort()
}

function tryPort(port: number): Promise<number | null> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : null))
    })
  })
}

/** The last lines of a program's log, for a failure that nobody foresaw. */
export function endOfLog(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-5).join('\n')
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // ESRCH: it ended between the look and the signal, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

// A zombie counts as gone: it holds nothing, and in a container without an init nobody may ever collect it.
function startOf(pid: number): string | null {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
    const [state = '', ...startedAt] = stdout.trim().split(/\s+/)
    return state === '' || state.startsWith('Z') ? null : startedAt.join(' ')
  }
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return null // No such process.
  }
  // The name, in parentheses, may hold spaces: state is the first field after it, the start time the 20th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? null : (fields[19] ?? null)
}
