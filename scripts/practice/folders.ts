import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where this module's Go programs are described. */
export const sourceFolder = fileURLToPath(new URL('.', import.meta.url))

/** The manifests that the practice cluster is seeded with. */
export const assetsFolder = fileURLToPath(new URL('../../assets/practice/', import.meta.url))

/** The practice cluster's folder in the user's cache, by the XDG base directory rules (macOS: Library/Caches). */
export function cacheFolder(): string {
  const base =
    process.env.XDG_CACHE_HOME || join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache')
  return join(base, 'patchbay', 'practice')
}

/** The data folder of the practice cluster that people start by hand or through the app; kept between starts. */
export function defaultDataFolder(): string {
  return join(cacheFolder(), 'data')
}
