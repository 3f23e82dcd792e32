import { defineConfig } from '@playwright/test'

// What a test machine without a desktop, a sound card or a network wants of a browser.
const flags = [
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // What takes a person seconds; a machine that does much else may take five times as long.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  retries: 0,
  workers: 2,
  use: {
    browserName: 'chromium',
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
    // What is looked at, or measured for its contrast, stands still.
    contextOptions: { reducedMotion: 'reduce' },
    // A trace (`--trace on`) costs half as much again as the test itself; a failure comes with its page in words and a picture.
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.PATCHBAY_CHROMIUM ?? '/usr/bin/chromium',
      // Chromium's own sandbox refuses root.
      args: process.getuid?.() === 0 ? [...flags, '--no-sandbox'] : flags,
    },
  },
})
