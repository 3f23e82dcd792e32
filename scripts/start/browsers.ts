import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const onLinux = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
  'vivaldi-stable',
]

const onMac = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser', 'Vivaldi'].map(
  name => `/Applications/${name}.app/Contents/MacOS/${name}`,
)

const onWindows = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
]

/** An installed browser of the Chromium family, which can show a page in a window of its own; null when there is none. */
export function findChromium(platform = process.platform, env = process.env): string | null {
  return candidates(platform, env).find(path => existsSync(path)) ?? null
}

function candidates(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin') return onMac
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
      folder => folder !== undefined,
    )
    return folders.flatMap(folder => onWindows.map(path => join(folder, path)))
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  return onLinux.flatMap(name => folders.map(folder => join(folder, name)))
}

/** Why no browser can be started here, null when one can. */
export function whyNoBrowser(platform = process.platform, env = process.env, uid = process.getuid?.()): string | null {
  if (platform !== 'linux') return null
  if (uid === 0) return 'as root no browser is opened'
  return env.DISPLAY || env.WAYLAND_DISPLAY ? null : 'there is no display here'
}
