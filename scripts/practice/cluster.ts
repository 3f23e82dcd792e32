import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Access, Practice, StartOptions } from './access.ts'
import { buildBinaries } from './build.ts'
import { PracticeFailure } from './failure.ts'
import { tryLock, waitForLock } from './lock.ts'
import { isRunning, signalProcess, waitUntilGone } from './processes.ts'
import { startRun } from './run.ts'
import { seedNamespace } from './seed.ts'
import { lockPath, readState, stopPath } from './state.ts'

/**
 * Starts a practice cluster in `folder`, or joins the one that runs there. Resolves when it answers and is seeded.
 * All of it ends with this process at the latest, however that ends. Throws PracticeFailure, or the signal's reason.
 */
export async function startPractice(options: StartOptions): Promise<Practice> {
  const { folder, count = 1, signal } = options
  const binaries = await buildBinaries(options)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (;;) {
    signal?.throwIfAborted()
    const lock = tryLock(lockPath(folder))
    if (lock) return startRun(lock, binaries, options)
    const joined = joinRunning(folder, count)
    if (joined) return joined
    await delay(100)
  }
}

/** Stops the practice cluster of this folder, whoever runs it. False if none was running. */
export async function stopPractice(folder: string, signal?: AbortSignal): Promise<boolean> {
  const state = readState(folder)
  const running = state?.processes.filter(isRunning) ?? []
  // Its owner sees a program end, and ends the others; the file tells it that this was wanted.
  if (running.length > 0) writeFileSync(stopPath(folder), '')
  for (const mark of running) signalProcess(mark, 'SIGTERM')
  if (existsSync(folder)) (await waitForLock(lockPath(folder), () => {}, signal)).release()
  await waitUntilGone(running, 10_000, signal)
  return running.length > 0
}

/** Stops the practice cluster of this folder and removes all its data: the next start begins with fresh seeds. */
export async function resetPractice(folder: string, signal?: AbortSignal): Promise<void> {
  if (existsSync(folder) && !existsSync(lockPath(folder))) {
    throw new PracticeFailure(`${folder} is not the folder of a practice cluster, so nothing was removed.`)
  }
  await stopPractice(folder, signal)
  rmSync(folder, { recursive: true, force: true })
}

/** The practice cluster that runs in this folder, or null. */
export function runningPractice(folder: string): Access | null {
  const state = readState(folder)
  return state?.access && isRunning(state.owner) ? state.access : null
}

function joinRunning(folder: string, count: number): Practice | null {
  const access = runningPractice(folder)
  // Its owner is still starting it, or has just ended.
  if (!access) return null
  if (access.servers.length < count) {
    throw new PracticeFailure(
      'A single practice cluster is running in this folder: stop it before starting two (npm run practice -- stop).',
    )
  }
  const refuse = async () => {
    throw new PracticeFailure(
      'This practice cluster was started by another process, which alone can restart its servers.',
    )
  }
  return {
    ...access,
    folder,
    joined: true,
    servers: access.servers.map(server => ({ ...server, stop: refuse, start: refuse, restart: refuse })),
    ended: new Promise(() => {}),
    seed: (namespace, context) => seedNamespace(access, namespace, context),
    stop: async () => {},
  }
}
