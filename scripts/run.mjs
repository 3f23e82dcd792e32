import { resolve } from 'node:path'
import { runToEnd } from './bootstrap/child.mjs'
import { findNode24 } from './bootstrap/node24.mjs'
import { ensurePackages } from './bootstrap/packages.mjs'
import { root } from './bootstrap/root.mjs'
import { runMain } from './bootstrap/say.mjs'

// `node scripts/run.mjs SCRIPT ARGS`: runs a script of the project on Node 24, whatever Node npm came with.
await runMain(async () => {
  const [script = '', ...args] = process.argv.slice(2)
  await ensurePackages()
  return runToEnd(findNode24(), [resolve(root, script), ...args], { leash: true })
})
