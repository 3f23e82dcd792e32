import fc from 'fast-check'
import type { Json } from '../../core/json.ts'

const awkward = [
  ...[
    '',
    ' ',
    'yes',
    'no',
    '0400',
    '1e3',
    '12:30',
    'null',
    '~',
    '<<',
    '=',
    '---',
    '# c',
    'a: b',
    '- a',
    '? a',
    ': a',
    '*a',
    '&a',
  ],
  ...[
    'a\tb',
    'a \nb',
    'a\n',
    'a\n\n',
    '\na',
    ' a\nb',
    'a\n ',
    '\ta\n',
    '# no comment\n  x\n',
    'a\r\nb\r\n',
    'a\rb',
    '\n',
    '\n\n',
  ],
  ...[
    '\u0000',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u2029\n',
    '\ufeff',
    'a\u200bb',
    '\u202ea',
    '\u00a0',
    '😀',
    '😀\nb\n',
    '中文',
  ],
  ...[
    'word '.repeat(30).trim(),
    'x  y '.repeat(30),
    "it's ".repeat(30),
    '"q" '.repeat(30),
    'k'.repeat(129),
    'é'.repeat(65),
    '<',
    '\\',
    '__proto__',
  ],
]

const text = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom(...awkward, ' ', '\n', ':', '#', '-', "'", '"', 'a'), { maxLength: 6 })
    .map(parts => parts.join('')),
)

const number = fc.oneof(
  fc.integer(),
  fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n })
    .map(value => (Number.isSafeInteger(Number(value)) ? Number(value) : value)),
  // Go writes a float of this size with all its digits, so it comes as a bigint and never as a number.
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter(value => Math.abs(value) < 2 ** 53 || Math.abs(value) >= 1e21),
)

/** Any value that the API server can send: awkward strings and keys, integers up to 64 bits. */
export const anyJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(text, number, fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 5 }).map(entries => Object.fromEntries(entries)),
  ),
})).value
