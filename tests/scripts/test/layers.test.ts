import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../../../scripts/bootstrap/root.mjs'

// A little project that breaks each rule once; the last column is the rule.
const breaches = [
  ['core/a.ts', "import type { x } from '../contract/b.ts'", 'core-alone'],
  ['core/b.ts', "import 'node:fs'", 'core-pure'],
  ['core/c.ts', "import 'zod'", 'core-pure'],
  ['core/d.ts', "import 'yaml'", 'core-pure'],
  ['contract/c.ts', "import '../electron/host/a.ts'", 'contract-on-core'],
  ['renderer/a.ts', "import type { x } from '../electron/host/a.ts'", 'renderer-on-contract'],
  ['renderer/b.ts', "import 'node:path'", 'page-without-node'],
  ['electron/host/b.ts', "import '../loopback/a.ts'", 'host-on-contract'],
  ['electron/host/c.ts', "import type { App } from 'electron'", 'electron-in-shell'],
  ['electron/loopback/b.ts', "import '../shell/a.ts'", 'loopback-without-shell'],
  ['electron/shell/b.ts', "import '../loopback/a.ts'", 'shell-without-loopback'],
  ['electron/pages/a.ts', "import '../shell/a.ts'", 'pages-alone'],
  ['scripts/a.ts', "import './b.ts'", 'no-circle'],
  ['tests/a.ts', "import './nowhere.ts'", 'resolvable'],
] as const
const fine = [
  ['core/d/f.ts', "import '../e.ts'"],
  ['core/e.ts', 'export const x = 1'],
  ['contract/b.ts', "import '../core/e.ts'\nimport 'zod'\nexport type x = 1"],
  ['renderer/c.ts', "import '../contract/b.ts'\nimport '../core/e.ts'"],
  ['electron/host/a.ts', "import '../../contract/b.ts'\nimport 'node:fs'\nexport type x = 1"],
  ['electron/shell/a.ts', "import '../host/a.ts'\nimport type { App } from 'electron'"],
  ['electron/loopback/a.ts', "import '../host/a.ts'"],
  ['scripts/b.ts', "import './a.ts'"],
] as const

test('each rule on layers fires, type imports included, and nothing else does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, source] of [...breaches, ...fine]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), `${source}\n`)
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  symlinkSync(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'))
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const folders = ['core', 'contract', 'electron', 'renderer', 'scripts', 'tests']
  const args = [tool, ...folders, '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json']
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 64 << 20 })
  const found: { from: string; rule: { name: string } }[] = JSON.parse(stdout).summary.violations
  const told = new Set(found.map(({ from, rule }) => `${from} ${rule.name}`))
  const expected = new Set(breaches.map(([path, , rule]) => `${path} ${rule}`))
  // The circle is told from whichever of its two files comes first.
  told.delete('scripts/b.ts no-circle')
  expect([...told].sort()).toEqual([...expected].sort())
})
