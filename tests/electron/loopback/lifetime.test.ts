import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLifetime } from '../../../electron/loopback/lifetime.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

// One letter a step: b begins, + a page comes, - a page leaves, . a second passes, x ends. Over after three seconds.
function runs(steps: string): boolean {
  let over = 0
  let pages = 0
  const lifetime = createLifetime(3_000, () => {
    over += 1
  })
  for (const step of steps) {
    if (step === 'b') lifetime.begin()
    if (step === '+') lifetime.pages(++pages)
    if (step === '-') lifetime.pages(--pages)
    if (step === '.') vi.advanceTimersByTime(1_000)
    if (step === 'x') lifetime.end()
  }
  expect(over).toBeLessThan(2)
  return over === 0
}

test.each([
  ['+-......', true, 'without an application window it runs for ever'],
  ['b......', true, 'a first page may take its time'],
  ['b+....', true, 'a page is there'],
  ['b+-..', true, 'the last page left just now'],
  ['b+-...', false, 'the last page left a while ago'],
  ['b+-..+....', true, 'a page came back in time'],
  ['b+-..+-..', true, 'and each leave counts anew'],
  ['b++-....', true, 'another page is still there'],
  ['+-b...', false, 'the page left before the window was counted'],
  ['b+-.x...', true, 'ended by then'],
])('%s: %s, since %s', (steps, expected) => {
  expect(runs(steps)).toBe(expected)
})
