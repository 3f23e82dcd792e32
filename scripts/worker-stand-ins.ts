import { join } from 'node:path'
import type { Plugin } from 'vite'
import { root } from './bootstrap/root.mjs'

/** What workers get in the place of packages that yaml-language-server imports and they have no use for, or that are Node's. */
export function workerStandIns(): Plugin {
  const own = (name: string) => join(root, 'renderer/schema/stand-ins', name)
  const places: readonly (readonly [RegExp, string])[] = [
    [/^ajv(-draft-04|-i18n|\/dist\/20\d\d\.js)?$/, own('ajv.ts')],
    [/^prettier\//, own('prettier.ts')],
    [/^path$/, 'path-browserify'],
  ]
  return {
    name: 'worker-stand-ins',
    enforce: 'pre',
    resolveId(id, importer) {
      const place = places.find(([name]) => name.test(id))?.[1]
      return place === undefined ? null : this.resolve(place, importer, { skipSelf: true })
    },
  }
}
