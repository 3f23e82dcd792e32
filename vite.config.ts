import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * The one production build of the page, for both hosts and all tests: `dist/renderer`.
 * The host puts a fresh nonce in the place of `CSP_NONCE_PLACE` in every answer with the page.
 */
export const CSP_NONCE_PLACE = 'patchbay-csp-nonce-place'

export default defineConfig({
  root: 'renderer',
  base: '/',
  publicDir: false,
  plugins: [react()],
  html: { cspNonce: CSP_NONCE_PLACE },
  worker: { format: 'es' },
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
