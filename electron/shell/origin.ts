/** The page's scheme: its own, so that no other page and no file shares its origin. */
export const scheme = 'app'

/** Where the page is. */
export const origin = `${scheme}://patchbay`

/** True for an address of our own page. */
export function isOurs(address: string): boolean {
  return address === origin || address.startsWith(`${origin}/`)
}
