import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../bootstrap/root.mjs'

/** Which suite a test file belongs to: `page` are those that use a browser, `cluster` the practice clusters, `e2e` both. */
export type SuiteName = 'unit' | 'page' | 'cluster' | 'e2e'

/** The test files whose paths hold one of the words (none: all), a list a suite. */
export function findTests(words: readonly string[]): Readonly<Record<SuiteName, readonly string[]>> {
  const files = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .map(file => `tests/${file.replaceAll('\\', '/')}`)
    .filter(file => /\.(test|spec)\.ts$/.test(file))
    .filter(file => words.length === 0 || words.some(word => file.includes(word)))
    .sort()
  const of = (suite: SuiteName) => files.filter(file => suiteOf(file) === suite)
  return { unit: of('unit'), page: of('page'), cluster: of('cluster'), e2e: of('e2e') }
}

/** The folders of the suites that need more than Node. vitest's configuration reads them too. */
export const folders = {
  page: ['tests/renderer'],
  cluster: ['tests/electron/host', 'tests/practice', 'tests/oracle/server'],
  e2e: ['tests/e2e'],
}

function suiteOf(file: string): SuiteName {
  const isIn = (suite: keyof typeof folders) => folders[suite].some(folder => file.startsWith(`${folder}/`))
  return (['page', 'cluster', 'e2e'] as const).find(isIn) ?? 'unit'
}
