import { join } from 'node:path'
import { runToEnd } from './bootstrap/child.mjs'
import { findNode24 } from './bootstrap/node24.mjs'
import { ensurePackages } from './bootstrap/packages.mjs'
import { root } from './bootstrap/root.mjs'
import { runMain } from './bootstrap/say.mjs'

// `npm test`: makes sure that what the tests need is there, then runs them on Node 24. Words are parts of test files' paths.
await runMain(async () => {
  await ensurePackages()
  return runToEnd(findNode24(), [join(root, 'scripts', 'test', 'main.ts'), ...process.argv.slice(2)], { leash: true })
})
