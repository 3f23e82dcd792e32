/** Saves a text, given in pieces, as a file: the browser asks where or puts it among the downloads. */
export function saveFile(pieces: readonly string[], name: string, type = 'text/plain'): void {
  const address = URL.createObjectURL(new Blob([...pieces], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has taken it by then; where it has not, the page's end frees it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
