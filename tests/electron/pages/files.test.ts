import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isAppPath, readPageFiles, withNonce } from '../../../electron/pages/files.ts'
import { contentSecurityPolicy, filePolicy, makeNonce, noncePlaceholder } from '../../../electron/pages/security.ts'
import viteConfig from '../../../vite.config.ts'

test('the build writes the placeholder that the hosts replace', () => {
  expect(viteConfig).toMatchObject({ html: { cspNonce: noncePlaceholder } })
})

test('each placeholder becomes the nonce, and the meta element is there once', () => {
  const built = `<html><head><meta property="csp-nonce" nonce="${noncePlaceholder}"><script nonce="${noncePlaceholder}"></script></head></html>`
  expect(withNonce(built, 'abc')).toBe(
    '<html><head><meta property="csp-nonce" nonce="abc"><script nonce="abc"></script></head></html>',
  )
  expect(withNonce('<html><head></head></html>', 'abc')).toBe(
    '<html><head><meta property="csp-nonce" nonce="abc"></head></html>',
  )
})

test('the schema’s worker may run its own scripts and reach nothing; any other file has the page’s policy', () => {
  expect(filePolicy('/assets/server-worker-1a2b.js', ['ws://127.0.0.1:1'])).toBe(
    "default-src 'none'; script-src 'self'",
  )
  for (const path of ['/assets/index-1a2b.js', '/assets/worker-1a2b.js', '/assets/x/server-worker-1a2b.js/y']) {
    expect(filePolicy(path, ['ws://127.0.0.1:1'])).toContain("script-src 'self'; style-src 'self' 'nonce-")
    expect(filePolicy(path, ['ws://127.0.0.1:1'])).toContain('connect-src')
  }
})

test('nonces are long, never the same, and need no quoting', () => {
  const nonces = new Set(Array.from({ length: 100 }, makeNonce))
  expect(nonces.size).toBe(100)
  for (const nonce of nonces) expect(nonce).toMatch(/^[\w-]{24}$/)
})

test('the policy allows no inline code, no eval, no frame and no foreign origin', () => {
  const directives = new Map(
    contentSecurityPolicy('abc', ['ws://127.0.0.1:1'])
      .split('; ')
      .map(directive => {
        const [name = '', ...values] = directive.split(' ')
        return [name, values.join(' ')] as const
      }),
  )
  expect(Object.fromEntries(directives)).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'nonce-abc'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'worker-src': "'self'",
    'connect-src': "'self' ws://127.0.0.1:1",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  })
})

test.each([
  ['/', true],
  ['/edit/c/core/v1/pods/ns/n', true],
  ['/edit/anything', true],
  ['/list/_all/core/v1/pods/_all', true],
  ['/explain/practice/apps/v1/deployments', true],
  ['/create/7', true],
  ['/history', true],
  ['/search', true],
  ['/history/an-id', true],
  ['/histories', false],
  ['/edit/', false],
  ['/editor', false],
  ['/assets/main.js', false],
  ['//edit/x', false],
])('%s is an address of the app: %s', (path, expected) => {
  expect(isAppPath(path)).toBe(expected)
})

test('a built folder is served from memory, its index only with a nonce', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  expect(() => readPageFiles(folder)).toThrow('No built page')
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), `<head></head>${noncePlaceholder}`)
  writeFileSync(join(folder, 'assets', 'a.css'), 'p{}')
  const files = readPageFiles(folder)
  rmSync(join(folder, 'assets'), { recursive: true })
  expect(files.get('/assets/a.css')).toEqual({ body: Buffer.from('p{}'), type: 'text/css; charset=utf-8' })
  expect(files.get('/index.html')).toBeUndefined()
  expect(files.index('n1')).toContain('</head>n1')
})
