import { expect, test } from 'vitest'
import { isFromElsewhere, readCookie, refuse } from '../../../electron/loopback/guard.ts'

const hosts = ['127.0.0.1:4000', 'localhost:4000', 'tunnel.example', 'fixed.example:80']

test.each([
  ['127.0.0.1:4000', undefined, null],
  ['LOCALHOST:4000', undefined, null],
  ['localhost:4000', 'http://localhost:4000', null],
  ['localhost:4000', 'http://127.0.0.1:4000', 'origin'],
  ['localhost:4001', undefined, 'host'],
  ['tunnel.example', 'http://tunnel.example', null],
  ['tunnel.example:9', 'https://tunnel.example:9', null],
  ['fixed.example:80', undefined, null],
  ['fixed.example:81', undefined, 'host'],
  ['xtunnel.example', undefined, 'host'],
  [undefined, undefined, 'host'],
  ['127.0.0.1:4000', 'null', 'origin'],
  ['127.0.0.1:4000', 'http://127.0.0.1:4000.evil.example', 'origin'],
])('Host %s with Origin %s: %s', (host, origin, expected) => {
  expect(refuse({ host, origin }, hosts)).toBe(expected)
})

test('an upgrade needs an Origin', () => {
  expect(refuse({ host: 'localhost:4000' }, hosts, true)).toBe('origin')
  expect(refuse({ host: 'localhost:4000', origin: 'http://localhost:4000' }, hosts, true)).toBeNull()
})

test.each([
  ['same-origin', 'cors', 'empty', null],
  ['none', 'navigate', 'document', null],
  ['cross-site', 'navigate', 'document', null],
  ['cross-site', 'navigate', 'iframe', 'site'],
  ['cross-site', 'no-cors', 'script', 'site'],
  ['same-site', 'websocket', 'empty', 'site'],
])('from %s by %s for %s: %s', (site, mode, dest, expected) => {
  const headers = { host: 'localhost:4000', 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest }
  expect(refuse(headers, hosts)).toBe(expected)
})

test.each([
  ['a=1; patchbay-4000=xyz; b=2', 'xyz'],
  ['patchbay-4000=xyz', 'xyz'],
  ['patchbay-40000=no', null],
  ['xpatchbay-4000=no', null],
  [undefined, null],
])('the cookie in %s', (cookie, expected) => {
  expect(readCookie({ cookie }, 'patchbay-4000')).toBe(expected)
})

test('a navigation that another site began', () => {
  expect(isFromElsewhere({ 'sec-fetch-site': 'cross-site' })).toBe(true)
  expect(isFromElsewhere({ 'sec-fetch-site': 'same-site' })).toBe(true)
  expect(isFromElsewhere({ 'sec-fetch-site': 'none' })).toBe(false)
  expect(isFromElsewhere({})).toBe(false)
})
