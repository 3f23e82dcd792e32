import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { makeWatchdog } from '../../../../electron/host/clusters/watchdog.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function watchOver() {
  const told: string[] = []
  return { told, dog: makeWatchdog(suspicion => told.push(suspicion)) }
}

it('a watch whose bookmarks come is trusted for ever', () => {
  const { told, dog } = watchOver()
  for (let minute = 0; minute < 60; minute++) {
    vi.advanceTimersByTime(61_000)
    dog.heard()
  }
  dog.end()
  expect(told).toEqual([])
})

it('one missed bookmark is asked about once, two are the end', () => {
  const { told, dog } = watchOver()
  vi.advanceTimersByTime(74_000)
  expect(told).toEqual([])
  vi.advanceTimersByTime(20_000)
  expect(told).toEqual(['silent'])
  dog.heard()
  vi.advanceTimersByTime(90_000)
  expect(told).toEqual(['silent', 'silent'])
  vi.advanceTimersByTime(45_000)
  expect(told.at(-1)).toBe('dead')
  dog.end()
})

it.each([
  ['that slept', 3_600_000],
  ['whose clock was set back', -3_600_000],
])('a machine %s knows it at once, however short the silence seemed', (_, milliseconds) => {
  const { told, dog } = watchOver()
  vi.advanceTimersByTime(10_000)
  vi.setSystemTime(Date.now() + milliseconds)
  vi.advanceTimersByTime(5_000)
  expect(told).toEqual(['slept'])
  dog.end()
})
