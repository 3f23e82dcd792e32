import { expect, it } from 'vitest'
import { proxyFromEnvironment } from '../../../../electron/host/clusters/proxy.ts'

const https = { HTTPS_PROXY: 'http://proxy:3128' }

it.each([
  ['https://a.example.com', {}, null],
  ['https://a.example.com', https, 'http://proxy:3128'],
  ['https://a.example.com', { https_proxy: 'proxy:3128' }, 'http://proxy:3128'],
  ['http://a.example.com', https, null],
  ['http://a.example.com', { HTTP_PROXY: 'http://proxy' }, 'http://proxy'],
  ['https://localhost:6443', https, null],
  ['https://127.8.9.1:6443', https, null],
  ['https://[::1]:6443', https, null],
  ['https://a.example.com', { ...https, NO_PROXY: '*' }, null],
  ['https://a.example.com', { ...https, NO_PROXY: 'example.com' }, null],
  ['https://example.com', { ...https, NO_PROXY: 'example.com' }, null],
  ['https://example.com', { ...https, NO_PROXY: '.example.com' }, 'http://proxy:3128'],
  ['https://notexample.com', { ...https, NO_PROXY: 'example.com' }, 'http://proxy:3128'],
  ['https://a.example.com:6443', { ...https, NO_PROXY: 'x, a.example.com:6443' }, null],
  ['https://a.example.com:6443', { ...https, NO_PROXY: 'a.example.com:443' }, 'http://proxy:3128'],
  ['https://10.1.2.3:6443', { ...https, no_proxy: '10.0.0.0/8' }, null],
  ['https://11.1.2.3:6443', { ...https, no_proxy: '10.0.0.0/8,192.168.0.1' }, 'http://proxy:3128'],
  ['https://10.1.2.3', { ...https, NO_PROXY: '10.1.2.3' }, null],
  ['https://[fd00::1]:6443', { ...https, NO_PROXY: 'fd00::/8' }, null],
])('%s with %o goes through %s', (server, environment, proxy) => {
  expect(proxyFromEnvironment(server, environment)).toBe(proxy)
})
