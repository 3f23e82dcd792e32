import { join } from 'node:path'
import { defineConfig } from 'electron-vite'

const from = (path: string) => join(import.meta.dirname, path)

/**
 * Builds Electron's side: the main process, the host's process and its worker as modules, the preload as the one script that a
 * sandboxed preload may be. The page is built by vite.config.ts, for both hosts alike.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          main: from('electron/main.ts'),
          host: from('electron/host-process.ts'),
          worker: from('electron/host/worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { preload: from('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
})
