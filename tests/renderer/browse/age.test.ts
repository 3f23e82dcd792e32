import { expect, test } from 'vitest'
import { ageAt, humanAge } from '../../../renderer/browse/age.ts'

const [m, h, d, y] = [60, 3600, 86400, 365 * 86400]

// The boundaries of Go's duration.HumanDuration.
test.each([
  [-2, '<invalid>'],
  [-1.5, '0s'],
  [-0.5, '0s'],
  [0, '0s'],
  [1.9, '1s'],
  [119, '119s'],
  [2 * m, '2m'],
  [2 * m + 1, '2m1s'],
  [9 * m + 59, '9m59s'],
  [10 * m + 30, '10m'],
  [3 * h - 1, '179m'],
  [3 * h, '3h'],
  [3 * h + 5 * m, '3h5m'],
  [8 * h - 1, '7h59m'],
  [8 * h + 59 * m, '8h'],
  [48 * h - 1, '47h'],
  [2 * d, '2d'],
  [2 * d + 5 * h, '2d5h'],
  [8 * d - 1, '7d23h'],
  [8 * d + 5 * h, '8d'],
  [2 * y - 1, '729d'],
  [2 * y, '2y'],
  [2 * y + 3 * d, '2y3d'],
  [8 * y - 1, '7y364d'],
  [8 * y + 100 * d, '8y'],
])('%d seconds are %s', (seconds, text) => {
  expect(humanAge(seconds)).toBe(text)
})

test('an age is counted from the creation', () => {
  expect(ageAt('2026-01-01T00:00:00Z', Date.parse('2026-01-01T00:00:42Z'))).toBe('42s')
  expect(ageAt(null, 0)).toBe('<unknown>')
  expect(ageAt('soon', 0)).toBe('<unknown>')
})
