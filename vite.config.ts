import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** The one production build of the page, for both hosts and all tests: `dist/renderer`. */
export default defineConfig({
  root: 'renderer',
  base: '/',
  publicDir: false,
  plugins: [react()],
  // Each answer with the page carries a nonce of its own in this place: `electron/pages/security.ts`.
  html: { cspNonce: '__PATCHBAY_NONCE__' },
  worker: { format: 'es', plugins: () => [standIns()] },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2024',
    // A data: address would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
})

/** What workers get in the place of packages that yaml-language-server imports and they have no use for, or that are Node's. */
function standIns(): Plugin {
  const own = (name: string) => join(import.meta.dirname, 'renderer/schema/stand-ins', name)
  const places: readonly (readonly [RegExp, string])[] = [
    [/^ajv(-draft-04|-i18n|\/dist\/20\d\d\.js)?$/, own('ajv.ts')],
    [/^prettier\//, own('prettier.ts')],
    [/^path$/, 'path-browserify'],
  ]
  return {
    name: 'stand-ins',
    enforce: 'pre',
    resolveId(id, importer) {
      const place = places.find(([name]) => name.test(id))?.[1]
      return place === undefined ? null : this.resolve(place, importer, { skipSelf: true })
    },
  }
}
