import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Lock, lockFile } from '../../electron/loopback/lock.ts'

/** Takes the lock at `path`, its folder made where it is missing; null where it is held. */
export function tryLock(path: string): Lock | null {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  return lockFile(path)
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
