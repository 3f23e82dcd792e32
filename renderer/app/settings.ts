export type { Settings } from '../../contract/app.ts'

/** What the host takes, told here so that the page need not load the parsers: `settingsSchema` in the contract. */
export const settingsLimits = { fieldManager: /^[\x20-\x7e]{1,128}$/ }
