import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A held lock. The kernel lets go of it with the process that holds it, however that ends: it is never stale. */
export type Lock = { readonly release: () => void }

// SQLite's result code for "another connection holds the lock".
const busy = 5

/** Takes a profile for this process; null while another host runs in it. The folder must exist. */
export function lockProfile(profile: string): Lock | null {
  return lockFile(join(profile, 'host.lock'))
}

/**
 * Takes the lock at a path; null while another process, or another caller in this one, holds it. Node has no file locks
 * of its own; SQLite's are the system's. (Two that find a process id in a lock file stale at once would both take it.)
 */
export function lockFile(path: string): Lock | null {
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
    chmodSync(path, 0o600)
  } catch (error) {
    database.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) return null
    throw error
  }
  return { release: () => database.close() }
}
