/** A piece of a schema's documentation. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }

const item = /^\s*(?:[-*+•]|\d{1,2}[.)])\s+(.*)$/

/**
 * A schema's description as paragraphs and lists. It is whatever the author of a definition wrote: nothing in it is markup,
 * lines are joined, and a line that begins as an item is one.
 */
export function readDescription(description: string): readonly Block[] {
  const blocks: Block[] = []
  for (const part of description.split(/\r?\n[ \t]*\r?\n/)) {
    let text: string[] = []
    let items: string[] = []
    const end = () => {
      if (text.length > 0) blocks.push({ kind: 'paragraph', text: text.join(' ') })
      if (items.length > 0) blocks.push({ kind: 'list', items })
      text = []
      items = []
    }
    for (const line of part.split(/\r?\n/)) {
      const own = item.exec(line)?.[1]
      const isRest = own === undefined && items.length > 0 && /^\s/.test(line)
      if (own !== undefined) {
        if (text.length > 0) end()
        items.push(own)
      } else if (isRest) items.push(`${items.pop() ?? ''} ${line.trim()}`)
      else if (line.trim() !== '') {
        if (items.length > 0) end()
        text.push(line.trim())
      }
    }
    end()
  }
  return blocks
}

/** The first sentence of a description, on one line. */
export function firstSentence(description: string): string {
  const line = description.trim().replaceAll(/\s+/g, ' ')
  return /^.*?[.!?](?=\s|$)/.exec(line.slice(0, 300))?.[0] ?? line.slice(0, 300)
}

/** What a description says of its field being deprecated: that sentence; null where it says nothing of it. */
export function deprecationIn(description: string): string | null {
  const line = description.replaceAll(/\s+/g, ' ')
  const at = line.search(/\bdeprecated\b(?!\s+(?:fields|apis|versions))/i)
  if (at < 0) return null
  const begin = Math.max(...['. ', '! ', '? '].map(end => line.lastIndexOf(end, at)))
  return firstSentence(line.slice(begin < 0 ? 0 : begin + 2))
}
