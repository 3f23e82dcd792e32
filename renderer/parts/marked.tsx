/** A text with those of its letters marked that were typed; `places` are UTF-16 offsets, ascending. */
export function Marked({ text, places }: { readonly text: string; readonly places: readonly number[] }) {
  if (places.length === 0) return text
  const pieces: { readonly from: number; readonly text: string; readonly marked: boolean }[] = []
  const marked = new Set(places)
  for (let from = 0; from < text.length; ) {
    const isMarked = marked.has(from)
    let to = from + 1
    while (to < text.length && marked.has(to) === isMarked) to += 1
    pieces.push({ from, text: text.slice(from, to), marked: isMarked })
    from = to
  }
  return pieces.map(piece => (piece.marked ? <mark key={piece.from}>{piece.text}</mark> : piece.text))
}

/** Where words stand in a name: each whole, else its letters one after the other. */
export function placesOf(name: string, words: readonly string[]): readonly number[] {
  const text = name.toLowerCase()
  return [...new Set(words.flatMap(word => placesOfWord(text, word)))].sort((a, b) => a - b)
}

function placesOfWord(text: string, word: string): number[] {
  const at = text.indexOf(word)
  if (at >= 0) return Array.from(word, (_, index) => at + index)
  const places: number[] = []
  for (const letter of word) {
    const next = text.indexOf(letter, (places.at(-1) ?? -1) + 1)
    if (next < 0) return []
    places.push(next)
  }
  return places
}
