import { describe, expect, test } from 'vitest'
import { findHiddenCharacters } from '../../core/hidden-characters.ts'

describe('findHiddenCharacters', () => {
  test.each([
    ['a\u00a0b', ['no-break space']],
    ['a\u202eb\u2066c', ['right-to-left override', 'left-to-right isolate']],
    ['ad\u200bmin', ['zero width space']],
    ['\ufeffa', ['zero width no-break space']],
    ['x\u3000y', ['ideographic space']],
    ['a\u0000\u007f', ['control character', 'control character']],
    ['a\r', ['control character']],
    ['\u{e0041}', ['tag character']],
    ['a\u200db', ['zero width joiner']],
    ['plain\ttext\r\n中文 é ü', []],
    ['👩\u200d💻 ❤\ufe0f\u200d🔥', []],
  ])('%j', (text, names) => expect(findHiddenCharacters(text).map(({ name }) => name)).toEqual(names))

  test('says where', () => {
    const text = 'a: 1\n\nb: x\u200by\u00a0\n'
    const found = findHiddenCharacters(text)
    expect(found.map(({ range }) => range)).toEqual([
      { from: 10, to: 11, line: 3, column: 5 },
      { from: 12, to: 13, line: 3, column: 7 },
    ])
    expect(found[0]?.codePoint).toBe(0x200b)
  })
})
