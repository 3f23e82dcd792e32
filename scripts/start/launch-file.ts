import { randomBytes } from 'node:crypto'
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

// A browser has read its file long before.
const lifetime = 120_000

/**
 * Writes a page that leads to an address, readable by this user alone, and answers its file: URL. Every local user can
 * read a program's arguments, so a browser gets this URL there and not the address with its token.
 */
export function writeLaunchFile(folder: string, address: string): string {
  removeOldOnes(folder)
  const path = join(folder, `launch-${randomBytes(8).toString('hex')}.html`)
  const head = `<meta charset="utf-8"><title>Patchbay</title><meta name="referrer" content="no-referrer">`
  const onward = `<meta http-equiv="refresh" content="0;url=${address.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`
  writeFileSync(path, `<!doctype html><html><head>${head}${onward}</head></html>\n`, { mode: 0o600, flag: 'wx' })
  return pathToFileURL(path).href
}

function removeOldOnes(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (/^launch-[0-9a-f]+\.html$/.test(name) && Date.now() - statSync(path).mtimeMs > lifetime)
      rmSync(path, { force: true })
  }
}
