import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'
import { Missing } from './say.mjs'

/** The first Node whose type stripping and SQLite the app needs. */
const wanted = 24

/**
 * Where Node 24 is: the npm package of this platform, else the Node that runs this. Throws `Missing`.
 * @returns {string}
 */
export function findNode24() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const installed = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', name)
  if (existsSync(installed)) return installed
  if (Number.parseInt(process.versions.node, 10) >= wanted) return process.execPath
  throw new Missing(
    `Patchbay runs on Node ${wanted}, which npm has no package of for ${platform} ${process.arch}: install Node ${wanted} (https://nodejs.org) and start again.`,
  )
}
