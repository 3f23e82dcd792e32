/** A text's bytes in UTF-8 as base64, padded. A lone surrogate becomes U+FFFD, as in every JSON that is sent. */
export function encodeBase64(text: string): string {
  const bytes = new TextEncoder().encode(text)
  // Spread in slices: an argument list has a limit.
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(binary)
}

/** The text whose bytes base64 holds; null where it is no base64 or its bytes are no UTF-8. A byte order mark is kept. */
export function decodeBase64(text: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // Neither is a fault: a Secret may hold any bytes.
    return null
  }
}
