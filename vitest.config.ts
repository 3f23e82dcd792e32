import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // Importing the real one begins to download a runtime.
    alias: [{ find: /^electron$/, replacement: join(import.meta.dirname, 'tests/electron/shell/stand-in.ts') }],
  },
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // A property that fails prints its seed; a test that waits for a real server has its own limit.
    pool: 'forks',
  },
})
