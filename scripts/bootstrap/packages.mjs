import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runToEnd } from './child.mjs'
import { root } from './root.mjs'
import { Missing, say } from './say.mjs'

const stampPath = join(root, 'node_modules', '.patchbay-stamp')

/**
 * Installs the npm packages of the lockfile, unless they are there: known by a stamp, or, after an `npm install` by hand,
 * by npm's own record of what it installed. Throws `Missing`.
 */
export async function ensurePackages() {
  const stamp = makeStamp()
  if (readText(stampPath) === stamp) return
  if (!isInstalled()) {
    say('Installing the npm packages of the lockfile (about a minute the first time) …')
    const began = Date.now()
    const code = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
    if (code !== 0) throw new Missing('npm could not install the packages: see above, then run the same command again.')
    say(`Installed the npm packages in ${Math.round((Date.now() - began) / 1000)} s.`)
  }
  writeFileSync(stampPath, stamp)
}

/** @param {readonly string[]} args */
function npm(args) {
  // Set by npm for the scripts it runs: the same npm then, wherever it is.
  const own = process.env.npm_execpath
  const options = { cwd: root, output: /** @type {const} */ ('stderr'), input: /** @type {const} */ ('ignore') }
  if (own?.endsWith('.js')) return runToEnd(process.execPath, [own, ...args], options)
  return runToEnd(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options)
}

function makeStamp() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const name of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(root, name)))
  return hash.digest('hex')
}

// A package that npm left out is optional: made for another platform.
function isInstalled() {
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'))
  const wanted = readLock(join(root, 'package-lock.json'))
  if (installed === null || wanted === null) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true
    const there = installed[path]
    if (there === undefined || !existsSync(join(root, path))) return entry.optional === true
    return there.version === entry.version && there.integrity === entry.integrity
  })
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }> | null}
 */
function readLock(path) {
  const text = readText(path)
  return text === null ? null : JSON.parse(text).packages
}

/** @param {string} path */
function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}
