/** What a plain scalar means to kubectl (go-yaml v2, `resolve`). */
type Scalar =
  | { readonly kind: 'string' | 'timestamp'; readonly value: string }
  | { readonly kind: 'null'; readonly value: null }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }

const words: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...spellings('y yes on true', { kind: 'bool', value: true }),
  ...spellings('n no off false', { kind: 'bool', value: false }),
  ...spellings('null', { kind: 'null', value: null }),
  ['', { kind: 'null', value: null }],
  ['~', { kind: 'null', value: null }],
  ...infinities('', Number.POSITIVE_INFINITY),
  ...infinities('+', Number.POSITIVE_INFINITY),
  ...infinities('-', Number.NEGATIVE_INFINITY),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, Scalar] => [word, { kind: 'float', value: Number.NaN }]),
])

function spellings(list: string, scalar: Scalar): [string, Scalar][] {
  return list.split(' ').flatMap(word => {
    const capital = word.charAt(0).toUpperCase() + word.slice(1)
    return [...new Set([word, capital, word.toUpperCase()])].map((each): [string, Scalar] => [each, scalar])
  })
}

function infinities(sign: string, value: number): [string, Scalar][] {
  return ['.inf', '.Inf', '.INF'].map(word => [sign + word, { kind: 'float', value }])
}

const decimalFloat = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/

/** The meaning of an unquoted scalar: YAML 1.1 with Go's number syntax, timestamps told apart (they stay strings). */
export function resolvePlain(text: string): Scalar {
  const word = words.get(text)
  if (word !== undefined) return word
  const first = text.charCodeAt(0)
  // Go's ParseFloat allows `_` between digits only; elsewhere go-yaml takes every `_` away.
  if (first === 0x2e) return finite(text.replace(/(?<=\d)_(?=\d)/g, '')) ?? { kind: 'string', value: text }
  const mayBeNumber = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d
  if (!mayBeNumber) return { kind: 'string', value: text }
  if (isTimestamp(text)) return { kind: 'timestamp', value: text }
  const digits = text.replaceAll('_', '')
  return integer(digits) ?? finite(digits) ?? oddBinary(digits) ?? { kind: 'string', value: text }
}

/** A finite decimal number; one beyond the range of doubles stays a string, as Go's ParseFloat refuses it. */
function finite(text: string): Scalar | null {
  if (!decimalFloat.test(text)) return null
  const value = Number(text)
  return Number.isFinite(value) ? { kind: 'float', value } : null
}

const goInteger = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/
const minInt64 = -(2n ** 63n)
const maxInt64 = 2n ** 63n - 1n
const maxUint64 = 2n ** 64n - 1n

/** Go's ParseInt and ParseUint with base 0: a leading 0 means octal, beyond 64 bits it is no integer. */
function integer(text: string): Scalar | null {
  const match = goInteger.exec(text)
  if (match === null) return null
  const [, sign, hex, binary, octal, decimal] = match
  const size = BigInt(hex ? `0x${hex}` : binary ? `0b${binary}` : octal ? `0o${octal}` : (decimal ?? ''))
  const value = sign === '-' ? -size : size
  // ParseUint takes no sign, so a signed number must fit into 64 bits with its sign.
  const max = sign === '' ? maxUint64 : maxInt64
  return value >= minInt64 && value <= max ? { kind: 'int', value } : null
}

/** go-yaml reads what follows `0b` as a number of its own, so that it may carry a sign: `0b-11` is -3. */
function oddBinary(text: string): Scalar | null {
  const match = /^0b([-+])([01]+)$/.exec(text)
  return match === null ? null : integer(`${match[1]}0b${match[2]}`)
}

const timestamp = /^(\d{4})-(\d\d?)-(\d\d?)(?:([Tt ])(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(Z|[-+](\d\d):(\d\d))?)?$/

/** Whether go-yaml takes the text for a date or a time (`parseTimestamp`, whose formats are Go's `time.Parse`). */
function isTimestamp(text: string): boolean {
  const match = timestamp.exec(text)
  if (match === null) return false
  const [, year, month, day, separator, hour, minute, second, zone, zoneHour, zoneMinute] = match
  if (separator !== undefined && (separator === ' ') === (zone !== undefined)) return false
  const lastDay = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate()
  return (
    within(month, 1, 12) &&
    within(day, 1, lastDay) &&
    within(hour, 0, 23) &&
    within(minute, 0, 59) &&
    within(second, 0, 59) &&
    within(zoneHour, 0, 24) &&
    within(zoneMinute, 0, 59)
  )
}

function within(digits: string | undefined, low: number, high: number): boolean {
  return digits === undefined || (Number(digits) >= low && Number(digits) <= high)
}

/** A float as it comes out of the JSON that Go makes of it: below 1e21 a whole number is written with all its digits. */
export function floatAsJson(value: number): number | bigint {
  if (value === 0) return 0
  const isLong = Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21
  return isLong ? BigInt(String(value)) : value
}

/** A number as Go's `strconv.FormatFloat(value, 'g', -1, 64)` writes it: `1.5`, `1e+06`, `1e-05`. */
export function formatFloat(value: number): string {
  return formatDigits(value.toExponential())
}

/** A number key as `sigs.k8s.io/yaml` names it: rounded to 32 bits, `1e+06`, `.inf`. */
export function formatFloatKey(value: number): string {
  const single = Math.fround(value)
  if (Object.is(single, -0)) return '-0'
  if (Number.isNaN(single)) return '.nan'
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf'
  let precision = 0
  while (precision < 9 && Math.fround(Number(single.toExponential(precision))) !== single) precision++
  return formatDigits(single.toExponential(precision))
}

/** Turns JavaScript's `d.ddde+x` into Go's shortest form: an exponent below -4 and from 6 on. */
function formatDigits(exponential: string): string {
  const [mantissa = '', exponentText = '0'] = exponential.split('e')
  const sign = mantissa.startsWith('-') ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= 6) {
    const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
    return `${sign}${digits.charAt(0)}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${power}`
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return `${sign}${whole}${digits.length > exponent + 1 ? `.${digits.slice(exponent + 1)}` : ''}`
}
