import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../bootstrap/root.mjs'
import { whyNoBrowser } from './browsers.ts'

/**
 * Where Electron's runtime is, null where it is not installed. Told by its files: importing `electron` without
 * a runtime begins to download one.
 */
export function findElectron(folder = join(root, 'node_modules', 'electron')): string | null {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(program) ? program : null
}

/** True where the app can open in Electron: its runtime is there, and what it needs to show a window (it refuses root, as browsers do). */
export function hasElectron(): boolean {
  return whyNoBrowser() === null && findElectron() !== null
}
