import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../bootstrap/root.mjs'

/** Which suite a test file belongs to; `cluster` are those that use the practice clusters. */
export type SuiteName = 'unit' | 'cluster' | 'e2e'

/** The test files whose paths hold one of the words (none: all), a list a suite. */
export function findTests(words: readonly string[]): Readonly<Record<SuiteName, readonly string[]>> {
  const files = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .map(file => `tests/${file.replaceAll('\\', '/')}`)
    .filter(file => /\.(test|spec)\.ts$/.test(file))
    .filter(file => words.length === 0 || words.some(word => file.includes(word)))
    .sort()
  const of = (suite: SuiteName) => files.filter(file => suiteOf(file) === suite)
  return { unit: of('unit'), cluster: of('cluster'), e2e: of('e2e') }
}

/** The folders whose tests use the practice clusters. vitest's configuration reads them too. */
export const clusterFolders = ['tests/electron/host', 'tests/practice']

function suiteOf(file: string): SuiteName {
  if (file.startsWith('tests/e2e/')) return 'e2e'
  return clusterFolders.some(folder => file.startsWith(`${folder}/`)) ? 'cluster' : 'unit'
}
