import { accessSync, chmodSync, constants, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * Where the loopback host keeps its state unless told otherwise: `~/.local/share/patchbay` by the XDG rules and its like
 * elsewhere. The practice cluster has a profile of its own beside it, so that it never mixes with real clusters.
 */
export function defaultProfile(practice: boolean, platform = process.platform, env = process.env): string {
  return join(dataFolder(platform, env), practice ? 'patchbay-practice' : 'patchbay')
}

/** The folder that the person named cannot be a profile; the message is a sentence for the terminal. */
export class ProfileUnusable extends Error {
  override readonly name = 'ProfileUnusable'
}

/**
 * Makes a profile folder where it is missing, for this user alone. Answers its absolute path. Throws `ProfileUnusable`
 * where it cannot be written, or where it is somebody's folder of other things.
 */
export function makeProfile(folder: string): string {
  const path = resolve(folder)
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.W_OK)
    // A home or /tmp, named by mistake, must not be closed to everybody else.
    if (!isProfile(readdirSync(path)))
      throw new ProfileUnusable(`${path} holds other things: name a folder of its own.`)
    chmodSync(path, 0o700)
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new ProfileUnusable(`The profile folder ${path} cannot be used (${error.code}).`)
    throw error
  }
  return path
}

function isProfile(names: readonly string[]): boolean {
  return names.length === 0 || names.some(name => name === 'host.lock' || name === 'patchbay.db')
}

/** The port of the last start in this profile, null when there was none. */
export function readLastPort(profile: string): number | null {
  let text: string
  try {
    text = readFileSync(portFile(profile), 'utf8')
  } catch {
    // A first start.
    return null
  }
  const port = Number(text)
  return Number.isInteger(port) && port > 0 && port < 65536 ? port : null
}

/** Keeps the port for the next start, so that bookmarks and tunnels still lead here. */
export function keepPort(profile: string, port: number): void {
  writeFileSync(portFile(profile), String(port), { mode: 0o600 })
}

function portFile(profile: string): string {
  return join(profile, 'port')
}

function dataFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  if (platform === 'win32') return env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local')
  return env.XDG_DATA_HOME || join(homedir(), '.local', 'share')
}
