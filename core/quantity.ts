import type { Json } from './json.ts'

// Nobody's quantity is beyond these: an exponent is a number typed by someone, and 10^exponent must be computed.
const maxExponent = 400

const decimalSuffixes: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
])

const binarySuffixes: ReadonlyMap<string, bigint> = new Map(
  ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, index) => [suffix, 1024n ** BigInt(index + 1)]),
)

/**
 * A Kubernetes quantity (`1500m`, `1.5Gi`, `2e3`, `1`) in units of 10^-9, exact; smaller parts are rounded away from
 * zero and binary ones capped at 2^63 - 1, as Go's `resource.ParseQuantity` does. Null when it is no quantity.
 */
export function parseQuantity(value: Json | undefined): bigint | null {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return null
  const match = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+|[A-Za-z]*)$/.exec(String(value))
  if (match === null) return null
  const [, sign, whole = '', fraction = '', suffix = ''] = match
  if (whole === '' && fraction === '') return null
  const size = scaled(BigInt(whole + fraction), fraction.length, suffix)
  return size === null || sign !== '-' ? size : -size
}

function scaled(digits: bigint, decimals: number, suffix: string): bigint | null {
  const binary = binarySuffixes.get(suffix)
  if (binary !== undefined) {
    const size = nanos(digits * binary, -decimals)
    return size > maxBinary ? maxBinary : size
  }
  const exponent = decimalSuffixes.get(suffix) ?? (/^[eE][+-]?\d+$/.test(suffix) ? Number(suffix.slice(1)) : null)
  if (exponent === null || Math.abs(exponent) > maxExponent) return null
  return nanos(digits, exponent - decimals)
}

const maxBinary = (2n ** 63n - 1n) * 10n ** 9n

/** digits * 10^exponent in units of 10^-9, rounded up. */
function nanos(digits: bigint, exponent: number): bigint {
  const scale = exponent + 9
  if (scale >= 0) return digits * 10n ** BigInt(scale)
  const divisor = 10n ** BigInt(-scale)
  return (digits + divisor - 1n) / divisor
}

/** Below zero when `a` is less than `b`, zero when equal, above when more. Null when one of them is no quantity. */
export function compareQuantities(a: Json | undefined, b: Json | undefined): number | null {
  const [left, right] = [parseQuantity(a), parseQuantity(b)]
  if (left === null || right === null) return null
  return left < right ? -1 : left > right ? 1 : 0
}

/** Whether both are quantities of the same size: `1000m` and `1`, `1Gi` and `1024Mi`. */
export function equalQuantity(a: Json | undefined, b: Json | undefined): boolean {
  return compareQuantities(a, b) === 0
}
