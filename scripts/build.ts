import { say } from './bootstrap/say.mjs'
import { buildPage } from './build-page.ts'
import { buildShell } from './build-shell.ts'

// `npm run build`: the page, and Electron's main, preload and host.
const built = await buildPage(() => say('Building the page …'))
if (!built) say('The page is built already.')
await buildShell(() => say('Building the shell …'))
