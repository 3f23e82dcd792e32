import { stripVTControlCharacters } from 'node:util'

/** What a program has printed for people: its newest lines. */
export type Prompts = { lines(): readonly string[]; add(text: string): void }

const mostLines = 40
const longestLine = 500

/** No lines yet. A line that is not ended yet counts: a question waits on it. */
export function makePrompts(): Prompts {
  let lines: readonly string[] = []
  let last = ''
  return {
    lines: () => [...lines, last].map(readable).filter(line => line !== ''),
    add(text) {
      const [first = '', ...more] = text.split('\n')
      last = (last + first).slice(-longestLine)
      for (const next of more) {
        lines = [...lines, last].slice(-mostLines)
        last = next.slice(-longestLine)
      }
    },
  }
}

// What would be drawn over, coloured or turned round in a terminal is plain text here.
function readable(line: string): string {
  const drawn = line.replace(/\r+$/, '').split('\r').at(-1) ?? ''
  return stripVTControlCharacters(drawn)
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
}
