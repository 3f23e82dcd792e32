import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { workerStandIns } from './scripts/worker-stand-ins.ts'

/** The one production build of the page, for both hosts and all tests: `dist/renderer`. */
export default defineConfig({
  root: 'renderer',
  base: '/',
  publicDir: false,
  plugins: [react()],
  // Each answer with the page carries a nonce of its own in this place: `electron/pages/security.ts`.
  html: { cspNonce: '__PATCHBAY_NONCE__' },
  worker: { format: 'es', plugins: () => [workerStandIns()] },
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
