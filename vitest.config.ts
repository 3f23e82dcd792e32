import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { folders } from './scripts/test/files.ts'

const filesIn = (paths: readonly string[]) => paths.map(path => `${path}/**/*.test.{ts,tsx}`)
const [inPage, inCluster] = [filesIn(folders.page), filesIn(folders.cluster)]

export default defineConfig({
  resolve: {
    // Importing the real one begins to download a runtime.
    alias: [{ find: /^electron(\/.*)?$/, replacement: join(import.meta.dirname, 'tests/electron/shell/stand-in.ts') }],
  },
  test: {
    // What takes this long is stuck; a machine that does much else may take five times as long as an idle one.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
    // Its own choice leaves one processor idle: of two that is half of them.
    maxWorkers: availableParallelism(),
    setupFiles: 'tests/random.ts',
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: [...inPage, ...inCluster] } },
      {
        extends: true,
        test: { name: 'page', include: inPage, globalSetup: 'tests/renderer/edit/page/serve.ts' },
      },
      // Each file has its own namespace on clusters that the run shares.
      { extends: true, test: { name: 'cluster', include: inCluster } },
    ],
  },
})
