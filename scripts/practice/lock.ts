import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'

// SQLite's result code for "another connection holds the lock".
const SQLITE_BUSY = 5

/** A held lock. The kernel releases it with the process that holds it, however that ends. */
export type Lock = { release(): void }

/**
 * Takes the lock at `path`, or returns null where another process (or another caller in this one) holds it.
 * It is an SQLite file lock, since Node has no lock of its own: a lock file with a process id goes stale, and two
 * that find it stale at the same moment both take it.
 */
export function tryLock(path: string): Lock | null {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    file.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    file.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return null
    throw error
  }
  return { release: () => file.close() }
}

/** Takes the lock at `path`, waiting for its holder. `onWait` is called once if there is one. */
export async function waitForLock(path: string, onWait: () => void, signal?: AbortSignal): Promise<Lock> {
  for (let tries = 0; ; tries++) {
    signal?.throwIfAborted()
    const lock = tryLock(path)
    if (lock) return lock
    if (tries === 0) onWait()
    await delay(100)
  }
}
