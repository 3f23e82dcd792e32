import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { createProgressLines } from '../../../scripts/practice-lines.ts'
import { findChromium, whyNoBrowser } from '../../../scripts/start/browsers.ts'
import { findElectron } from '../../../scripts/start/electron-runtime.ts'
import { chooseSource } from '../../../scripts/start/kubeconfig.ts'
import { writeLaunchFile } from '../../../scripts/start/launch-file.ts'

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('which clusters to start on', () => {
  const home = makeFolder()
  const config = join(home, '.kube', 'config')
  const none = { practice: false, kubeconfig: null }
  expect(chooseSource(none, {}, home)).toEqual({ kind: 'practice', asked: false })
  expect(chooseSource(none, { KUBECONFIG: join(home, 'missing') }, home)).toEqual({ kind: 'practice', asked: false })
  mkdirSync(join(home, '.kube'))
  writeFileSync(config, '')
  expect(chooseSource(none, {}, home)).toEqual({ kind: 'own', files: null })
  expect(chooseSource(none, { KUBECONFIG: `${join(home, 'missing')}:${config}` }, home)).toEqual({
    kind: 'own',
    files: null,
  })
  expect(chooseSource({ practice: true, kubeconfig: null }, {}, home)).toEqual({ kind: 'practice', asked: true })
  expect(chooseSource({ practice: false, kubeconfig: 'config' }, { INIT_CWD: join(home, '.kube') }, home)).toEqual({
    kind: 'own',
    files: [config],
  })
  expect(chooseSource({ practice: false, kubeconfig: '/nowhere' }, {}, home)).toMatchObject({ kind: 'missing' })
})

test('a launch file leads to the address, is this user’s alone, and old ones go', () => {
  const folder = makeFolder()
  const address = 'http://127.0.0.1:4000/list/a?filter="x"&token=abc'
  const first = fileURLToPath(writeLaunchFile(folder, address))
  expect(statSync(first).mode & 0o777).toBe(0o600)
  expect(readFileSync(first, 'utf8')).toContain(
    'content="0;url=http://127.0.0.1:4000/list/a?filter=&quot;x&quot;&amp;token=abc"',
  )
  utimesSync(first, 1, 1)
  const second = fileURLToPath(writeLaunchFile(folder, address))
  expect(readdirSync(folder).map(name => join(folder, name))).toEqual([second])
})

test('a Chromium in PATH is found, whatever it is called', () => {
  const folder = makeFolder()
  expect(findChromium('linux', { PATH: folder })).toBeNull()
  const path = join(folder, 'microsoft-edge')
  writeFileSync(path, '')
  chmodSync(path, 0o755)
  expect(findChromium('linux', { PATH: `/nowhere:${folder}` })).toBe(path)
})

test.each([
  ['linux', { DISPLAY: ':0' }, 1000, null],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, null],
  ['linux', {}, 1000, 'there is no display here'],
  ['linux', { DISPLAY: ':0' }, 0, 'as root no browser is opened'],
  ['darwin', {}, 501, null],
] as const)('on %s with %j as user %i: %s', (platform, env, uid, expected) => {
  expect(whyNoBrowser(platform, env, uid)).toBe(expected)
})

test('Electron’s runtime is told by its files', () => {
  const folder = makeFolder()
  expect(findElectron(folder)).toBeNull()
  writeFileSync(join(folder, 'path.txt'), 'electron')
  expect(findElectron(folder)).toBeNull()
  mkdirSync(join(folder, 'dist'))
  writeFileSync(join(folder, 'dist', 'electron'), '')
  expect(findElectron(folder)).toBe(join(folder, 'dist', 'electron'))
})

test('a build says each tenth, other steps each once', () => {
  const lines: string[] = []
  const onProgress = createProgressLines(line => lines.push(line))
  for (let done = 1; done <= 30; done++) onProgress({ step: 'build', what: `package ${done}`, done, total: 30 })
  onProgress({ step: 'start', what: 'etcd' })
  onProgress({ step: 'start', what: 'kube-apiserver' })
  expect(lines).toHaveLength(12)
  expect(lines[0]).toBe('Building the practice cluster (once, some minutes): 0% (package 1)')
  expect(lines.at(-2)).toContain('100%')
})
