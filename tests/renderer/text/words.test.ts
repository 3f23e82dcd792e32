import { expect, test } from 'vitest'
import type { IndexPath } from '../../../core/path.ts'
import { createMessages, type Language } from '../../../renderer/app/i18n.ts'
import { meaningOf, type Value } from '../../../renderer/text/words/recognise.ts'
import { wordsOf } from '../../../renderer/text/words/say.ts'

const now = new Date('2026-03-01T10:00:00Z')

function said(path: string, text: string, more: Partial<Value> = {}, language: Language = 'en'): readonly string[] {
  const steps: IndexPath = path.split('/').map(step => (/^\d+$/.test(step) ? Number(step) : step))
  const meaning = meaningOf({ path: steps, text, kind: 'Pod', secret: false, timeZone: null, ...more })
  return meaning === null ? [] : wordsOf(meaning, createMessages(language), now)
}

const resources = 'spec/containers/0/resources/limits'

test.each([
  [`${resources}/cpu`, '1500m', ['1.5 cores']],
  [`${resources}/cpu`, '1', ['1 core']],
  [`${resources}/memory`, '256Mi', ['268,435,456 bytes (256 MiB)']],
  [
    `${resources}/memory`,
    '1500m',
    ['2 bytes (2 B)', '“m” is a thousandth of a byte here. Mi and Gi are mebibytes and gibibytes.'],
  ],
  ['spec/hard/requests.memory', '1G', ['1,000,000,000 bytes (953.67 MiB)']],
  ['spec/hard/pods', '10', []],
  ['spec/hard/services', '1k', ['1,000']],
  ['spec/template/spec/terminationGracePeriodSeconds', '3600', ['1 hour']],
  ['spec/terminationGracePeriodSeconds', '90061', ['1 day, 1 hour, 1 minute, 1 second']],
  ['spec/terminationGracePeriodSeconds', '30', []],
  ['spec/volumes/0/secret/defaultMode', '0400', ['r-------- (0400 octal, 256 decimal)']],
  ['spec/volumes/0/secret/defaultMode', '420', ['rw-r--r-- (0644 octal, 420 decimal)']],
  [
    'spec/containers/0/image',
    'nginx',
    [
      'Registry: docker.io',
      'Repository: library/nginx',
      'Without a tag or digest: whatever latest is when it is pulled',
    ],
  ],
  [
    'spec/containers/0/image',
    'localhost:5000/team/app:1.2',
    ['Registry: localhost:5000', 'Repository: team/app', 'Tag: 1.2'],
  ],
  ['metadata/name', '1500m', []],
])('%s: %s is said as %j', (path, text, expected) => {
  expect(said(path, text)).toEqual(expected)
})

test('a moment is said from now, and by the clock here', () => {
  const [ago, local] = said('metadata/creationTimestamp', '2026-02-26T10:00:00Z')
  expect(ago).toBe('3 days ago')
  expect(local).toContain('2026')
})

test('a schedule is said with its next runs, in both languages', () => {
  const path = 'spec/schedule'
  expect(said(path, '0 3 * * 1-5', { timeZone: 'Asia/Shanghai' }).slice(0, 3)).toEqual([
    'At 03:00, Monday through Friday',
    'Next runs, in Asia/Shanghai:',
    '· Mon, Mar 2, 03:00',
  ])
  expect(said(path, '0 3 * * 1-5', {}, 'zh-CN')[0]).toBe('在03:00, 星期一至星期五')
  expect(said(path, '0 3 * * 1-5', { timeZone: 'Mars/Base' })[1]).toBe('There is no time zone Mars/Base.')
  expect(said(path, '0 0 30 2 *').at(-1)).toBe('It never runs.')
  expect(said(path, 'now and then')).toEqual([])
})

test('of a Secret’s value nothing is said but its size', () => {
  const pem = btoa('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')
  expect(said('data/tls.crt', pem, { kind: 'Secret', secret: true })).toEqual(['base64 of 58 bytes'])
  expect(said('data/cpu', btoa('12'), { kind: 'Secret', secret: true })).toEqual(['base64 of 2 bytes'])
})
