import type { Settings } from '../../contract/app.ts'
import { HostGone } from './client.ts'
import { useClient } from './use-host.ts'

/** What the host takes, told here so that the page need not load the parsers: `settingsSchema` in the contract. */
export const settingsLimits = { fieldManager: /^[\x20-\x7e]{1,128}$/ }

/** Saves settings as they are chosen. While the host is gone nothing is saved; the status bar tells of it. */
export function useSaveSettings(): (part: Partial<Settings>) => void {
  const client = useClient()
  return part => {
    client.app.saveSettings(part).catch((error: unknown) => {
      if (!(error instanceof HostGone)) throw error
    })
  }
}
