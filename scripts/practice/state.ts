import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Access } from './access.ts'
import type { ProcessMark } from './processes.ts'

/** What a data folder tells whoever comes next: who runs its cluster, what else runs, and what was used. */
export type State = {
  readonly owner: ProcessMark
  readonly processes: readonly ProcessMark[]
  /** By program; a start takes the last ones again if they are free, since a cluster is known by its address. */
  readonly ports: Readonly<Record<string, number>>
  /** Null until the cluster is ready, and after it was stopped. */
  readonly access: Access | null
}

/** The lock that the owner of the data folder holds while its cluster runs. */
export function lockPath(folder: string): string {
  return join(folder, 'practice.lock')
}

/** A file that is there while somebody else than the owner has asked for the end. */
export function stopPath(folder: string): string {
  return join(folder, 'stop-asked')
}

/** The state that was written last, or null. */
export function readState(folder: string): State | null {
  const path = join(folder, 'state.json')
  if (!existsSync(path)) return null
  try {
    // Written by writeState alone.
    return JSON.parse(readFileSync(path, 'utf8')) as State
  } catch (error) {
    // After a power cut it may be empty: then no process of it runs either, and other ports will do.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Replaces the state in one step. */
export function writeState(folder: string, state: State): void {
  const path = join(folder, 'state.json')
  writeFileSync(`${path}.half`, JSON.stringify(state, null, 2), { mode: 0o600 })
  renameSync(`${path}.half`, path)
}
