import { join } from 'node:path'
import { root } from './bootstrap/root.mjs'
import { say } from './bootstrap/say.mjs'
import { buildLibrary } from './build-library.ts'
import { buildPage } from './build-page.ts'
import { buildShell } from './build-shell.ts'

// `npm run build`: the page, Electron's main, preload and host, and the patch library.
const built = await buildPage(() => say('Building the page …'))
if (!built) say('The page is built already.')
await buildShell(() => say('Building the shell …'))
say('Building the patch library …')
buildLibrary(join(root, 'dist', 'library'))
