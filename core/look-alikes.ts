/** A character that looks like a Latin one. `word` is what it stands in, `code` as in `U+0430`, `meant` the whole word in Latin. */
export type LookAlike = {
  readonly word: string
  readonly character: string
  readonly code: string
  readonly meant: string
}

/**
 * Letters that most fonts draw as the Latin one beside them: those of Cyrillic, Greek and Armenian in Unicode's
 * confusables.txt (UTS 39). The two texts match character by character.
 */
const pairs: readonly (readonly [foreign: string, latin: string])[] = [
  ['асԁеһіјӏорԛѕухѵԝАВСЕНІЈКМОРЅТХУѴ', 'acdehijlopqsyxvwABCEHIJKMOPSTXYV'],
  ['ονικρυαγΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ovikpuayABEZHIKMNOPTYX'],
  ['օոսհցք', 'onuhgp'],
  ['ıɑɡ', 'iag'],
]

/** Signs that pass for those that names and addresses are made of. */
const signs: readonly (readonly [foreign: string, latin: string])[] = [
  ['‐‑‒–—−﹣－', '--------'],
  ['∕⁄／', '///'],
  ['：։', '::'],
  ['․．。', '...'],
  ['＿＠', '_@'],
]

const letters = new Map(pairs.flatMap(matched))
const marks = new Map(signs.flatMap(matched))

/** Any of them: told before a text is looked at word by word. */
const suspects = new RegExp(`[${[...letters.keys(), ...marks.keys()].join('')}Ａ-Ｚａ-ｚ０-９]`, 'u')

function matched([foreign, latin]: readonly [string, string]): (readonly [string, string])[] {
  return [...foreign].map((character, index) => [character, latin[index] ?? character])
}

/** Full-width forms stand a fixed way from the characters that they look like. */
function latinOf(character: string, isName: boolean): string | null {
  const point = character.codePointAt(0) ?? 0
  if (/[Ａ-Ｚａ-ｚ０-９]/u.test(character)) return String.fromCodePoint(point - 0xfee0)
  return letters.get(character) ?? (isName ? (marks.get(character) ?? null) : null)
}

/**
 * The first word of a text in which Latin letters and look-alikes of another script stand together; in a name (`isName`),
 * where nothing else belongs, any word with look-alikes alone or a sign that passes for another one. Null as a rule.
 */
export function lookAlikesIn(text: string, isName: boolean): LookAlike | null {
  // As nearly every text.
  if (!suspects.test(text)) return null
  for (const [word] of text.matchAll(isName ? /\S+/gu : /[\p{L}\p{N}]+/gu)) {
    const characters = [...word]
    const odd = characters.find(character => latinOf(character, isName) !== null)
    if (odd === undefined) continue
    const meant = characters.map(character => latinOf(character, isName) ?? character).join('')
    const isMixed = /[a-z]/i.test(word)
    const isAllLatin = /^[\x21-\x7e]+$/.test(meant)
    if (isName ? isMixed || isAllLatin : isMixed) return { word, character: odd, code: codeOf(odd), meant }
  }
  return null
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
