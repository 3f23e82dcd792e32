import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareQuantities, equalQuantity, parseQuantity } from '../../core/quantity.ts'

describe('equalQuantity', () => {
  test.each([
    ['1000m', '1'],
    ['1', 1],
    ['0.5', '500m'],
    ['.5', '500m'],
    ['1.', '1'],
    ['+1', '1'],
    ['1Gi', '1024Mi'],
    ['1.5Gi', '1536Mi'],
    ['1e3', '1k'],
    ['1E3', '1k'],
    ['1E', '1e18'],
    ['1e-3', '1m'],
    ['1n', '0.000000001'],
    ['-1500m', '-1.5'],
    ['0.1n', '1n'],
    ['-0.1n', '-1n'],
    ['9007199254740993', 9007199254740993n],
    ['9999999999999Ei', '9223372036854775807'],
  ])('%s is %s', (a, b) => expect(equalQuantity(a, b)).toBe(true))

  test.each([
    ['1G', '1Gi'],
    ['9007199254740993', '9007199254740992'],
    ['1M', '1m'],
    ['1', 'one'],
    ['one', 'one'],
    [null, null],
    [undefined, undefined],
  ])('%s is not %s', (a, b) => expect(equalQuantity(a, b)).toBe(false))
})

test.each(['', 'm', '.', '1 Gi', '1KiB', '1ki', '1e', '1e+', '0x10', '1,5', '1e999999999', 'NaN', true, [], {}])(
  '%j is no quantity',
  value => expect(parseQuantity(value)).toBeNull(),
)

test('the order is that of the numbers', () => {
  const sorted = ['-1', '0', '1n', '1u', '1m', '0.5', '1', '1k', '1Ki', '1M', '1Mi', '1G', '1T', '1P', '1E', '1Ei']
  for (const [index, larger] of sorted.entries()) {
    for (const smaller of sorted.slice(0, index)) {
      expect(compareQuantities(smaller, larger)).toBeLessThan(0)
      expect(compareQuantities(larger, smaller)).toBeGreaterThan(0)
    }
  }
  fc.assert(
    fc.property(fc.bigInt(), fc.constantFrom('m', '', 'k', 'M'), (digits, suffix) => {
      expect(compareQuantities(`${digits}${suffix}`, `${digits + 1n}${suffix}`)).toBeLessThan(0)
    }),
  )
})
