import type { TextRange } from './problem.ts'

/** A character that a reader cannot see or takes for another one. `name` is its Unicode name in lower case. */
export type HiddenCharacter = { readonly range: TextRange; readonly codePoint: number; readonly name: string }

const names: ReadonlyMap<number, string> = new Map([
  [0x00a0, 'no-break space'],
  [0x00ad, 'soft hyphen'],
  [0x034f, 'combining grapheme joiner'],
  [0x061c, 'arabic letter mark'],
  [0x115f, 'hangul choseong filler'],
  [0x1160, 'hangul jungseong filler'],
  [0x1680, 'ogham space mark'],
  [0x17b4, 'khmer vowel inherent aq'],
  [0x17b5, 'khmer vowel inherent aa'],
  [0x180e, 'mongolian vowel separator'],
  [0x2000, 'en quad'],
  [0x2001, 'em quad'],
  [0x2002, 'en space'],
  [0x2003, 'em space'],
  [0x2004, 'three-per-em space'],
  [0x2005, 'four-per-em space'],
  [0x2006, 'six-per-em space'],
  [0x2007, 'figure space'],
  [0x2008, 'punctuation space'],
  [0x2009, 'thin space'],
  [0x200a, 'hair space'],
  [0x200b, 'zero width space'],
  [0x200c, 'zero width non-joiner'],
  [0x200d, 'zero width joiner'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x2028, 'line separator'],
  [0x2029, 'paragraph separator'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'pop directional formatting'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x202f, 'narrow no-break space'],
  [0x205f, 'medium mathematical space'],
  [0x2060, 'word joiner'],
  [0x2061, 'function application'],
  [0x2062, 'invisible times'],
  [0x2063, 'invisible separator'],
  [0x2064, 'invisible plus'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'pop directional isolate'],
  [0x206a, 'inhibit symmetric swapping'],
  [0x206b, 'activate symmetric swapping'],
  [0x206c, 'inhibit arabic form shaping'],
  [0x206d, 'activate arabic form shaping'],
  [0x206e, 'national digit shapes'],
  [0x206f, 'nominal digit shapes'],
  [0x2800, 'braille pattern blank'],
  [0x3000, 'ideographic space'],
  [0x3164, 'hangul filler'],
  [0xfeff, 'zero width no-break space'],
  [0xffa0, 'halfwidth hangul filler'],
])

const suspects = new RegExp(
  // Control characters, variation selectors and tag characters are ranges without a name for each.
  `[${[...names.keys()].map(point => `\\u{${point.toString(16)}}`).join('')}\\p{Cc}\\u{fe00}-\\u{fe0e}\\u{e0001}-\\u{e007f}\\u{e0100}-\\u{e01ef}]`,
  'gu',
)

/**
 * The characters of a text that may deceive its reader: bidirectional controls, zero width, blanks that are no blank,
 * control characters. A zero width joiner or variation selector inside an emoji is not one.
 */
export function findHiddenCharacters(text: string): readonly HiddenCharacter[] {
  const found: HiddenCharacter[] = []
  let line = 1
  let lineStart = 0
  let scanned = 0
  for (const { 0: character, index } of text.matchAll(suspects)) {
    if (isOrdinary(text, character, index)) continue
    for (let next = text.indexOf('\n', scanned); next >= 0 && next < index; next = text.indexOf('\n', scanned)) {
      line++
      lineStart = scanned = next + 1
    }
    const codePoint = character.codePointAt(0) ?? 0
    const range = { from: index, to: index + character.length, line, column: index - lineStart + 1 }
    found.push({ range, codePoint, name: names.get(codePoint) ?? unnamed(codePoint) })
  }
  return found
}

function isOrdinary(text: string, character: string, index: number): boolean {
  if (character === '\n' || character === '\t') return true
  if (character === '\r') return text.charAt(index + 1) === '\n'
  if (character !== '\u200d') return false
  const before = text.slice(Math.max(0, index - 3), index)
  return (
    /(?:\p{Extended_Pictographic}|\ufe0f|[\u{1f3fb}-\u{1f3ff}])$/u.test(before) &&
    /^\p{Extended_Pictographic}/u.test(text.slice(index + 1, index + 3))
  )
}

function unnamed(codePoint: number): string {
  if (codePoint < 0xa0) return 'control character'
  return codePoint >= 0xe0001 && codePoint <= 0xe007f ? 'tag character' : 'variation selector'
}
