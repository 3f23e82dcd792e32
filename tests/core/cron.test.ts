import { expect, test } from 'vitest'
import { nextRuns, parseCron } from '../../core/cron.ts'

const runs = (schedule: string, after: string, zone = 'UTC', count = 3) => {
  const cron = parseCron(schedule)
  return cron === null ? null : nextRuns(cron, new Date(after), zone, count)?.map(run => run.toISOString().slice(0, 16))
}

test.each([
  ['each quarter of an hour', '*/15 * * * *', ['2026-03-01T10:15', '2026-03-01T10:30', '2026-03-01T10:45']],
  ['a day', '0 3 * * *', ['2026-03-02T03:00', '2026-03-03T03:00', '2026-03-04T03:00']],
  ['a macro', '@weekly', ['2026-03-08T00:00', '2026-03-15T00:00', '2026-03-22T00:00']],
  ['weekdays by name', '30 8 * * MON-FRI', ['2026-03-02T08:30', '2026-03-03T08:30', '2026-03-04T08:30']],
  ['either of two days', '0 0 13 * FRI', ['2026-03-06T00:00', '2026-03-13T00:00', '2026-03-20T00:00']],
  ['a rare day', '0 0 29 2 *', ['2028-02-29T00:00']],
  ['a day that never comes', '0 0 30 2 *', []],
  ['from a value on, in steps', '0 20/2 * * *', ['2026-03-01T20:00', '2026-03-01T22:00', '2026-03-02T20:00']],
])('the next runs of %s', (_, schedule, expected) => {
  expect(runs(schedule, '2026-03-01T10:07:00Z')).toEqual(expected)
})

test('a time zone’s clock counts, also when it is put forward', () => {
  expect(runs('30 2 * * *', '2026-03-28T12:00:00Z', 'Europe/Berlin', 2)).toEqual([
    '2026-03-30T00:30',
    '2026-03-31T00:30',
  ])
  expect(runs('0 9 * * *', '2026-01-01T00:00:00Z', 'Asia/Shanghai', 1)).toEqual(['2026-01-01T01:00'])
  expect(runs('0 9 * * *', '2026-01-01T00:00:00Z', 'Nowhere/Town')).toBeUndefined()
})

test.each([
  '',
  '* * * *',
  '60 * * * *',
  '* * * * 7',
  '*/0 * * * *',
  '5-1 * * * *',
  'a b c d e',
  '@every 1h',
  '1-2-3 * * * *',
])('%j is no schedule', schedule => {
  expect(parseCron(schedule)).toBeNull()
})
