import { join } from 'node:path'
import { parseCommandLine, usage } from '../electron/command-line.mjs'
import { runToEnd } from './bootstrap/child.mjs'
import { findNode24 } from './bootstrap/node24.mjs'
import { ensurePackages } from './bootstrap/packages.mjs'
import { root } from './bootstrap/root.mjs'
import { runMain, say } from './bootstrap/say.mjs'

// `npm start`: makes sure that what the app needs is there, then runs it on Node 24.
await runMain(async () => {
  const words = process.argv.slice(2)
  const commandLine = parseCommandLine(words)
  if (typeof commandLine === 'string') {
    say(`${commandLine}\n\n${usage}`)
    return 2
  }
  if (commandLine.help) {
    process.stdout.write(usage)
    return 0
  }
  await ensurePackages()
  const compiled = ['--import', new URL('bootstrap/compiled.mjs', import.meta.url).href]
  return runToEnd(findNode24(), [...compiled, join(root, 'scripts', 'start', 'app.ts'), ...words], { leash: true })
})
