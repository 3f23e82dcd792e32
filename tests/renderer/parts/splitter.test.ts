import { expect, test } from 'vitest'
import { shareAfterKey } from '../../../renderer/parts/splitter.tsx'

test.each([
  [0.5, 'ArrowLeft', false, 0.48],
  [0.5, 'ArrowRight', true, 0.6],
  [0.2, 'ArrowLeft', false, 0.2],
  [0.5, 'Home', false, 0.2],
  [0.5, 'End', false, 0.8],
  [0.5, 'x', false, null],
])('from %d by %s, with Shift %s, to %s', (share, key, shift, expected) => {
  const next = shareAfterKey(share, key, shift)
  if (expected === null) expect(next).toBeNull()
  else expect(next).toBeCloseTo(expected)
})
