import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { defaultSettings } from '../../contract/app.ts'
import type { Access } from '../../scripts/practice/access.ts'
import { startPractice } from '../../scripts/practice/cluster.ts'
import { handedOver } from '../../scripts/practice/handover.ts'
import { type KubectlOptions, kubectl } from '../../scripts/practice/kubectl.ts'
import { seedNamespace } from '../../scripts/practice/seed.ts'
import { openSocket } from '../../scripts/soak/host-alone.ts'
import { type App, startApp } from './app.ts'

type WorkerFixtures = {
  /** The practice clusters of this run. */
  practice: Access
  /** The real app on the practice clusters: one a worker, with a profile of its own. */
  app: App
  /** What signs a browser in to the app. */
  cookie: { readonly name: string; readonly value: string }
}

type TestFixtures = {
  /** Settings as a new profile has them: the tests of a worker share its app. */
  settings: undefined
  /** A namespace of the test's own, with the seeds in it. */
  namespace: string
  /** kubectl as the practice cluster's admin; gives what it printed, throws where it fails. */
  kubectl: (args: readonly string[], options?: KubectlOptions) => Promise<string>
}

let serial = 0

/** Playwright's `test` with the real app behind it: `page` is signed in, and `page.goto('/edit/…')` opens an address. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  practice: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern.
    async ({}, use) => {
      const handed = handedOver()
      if (handed !== null) return use(handed)
      const practice = await startPractice({ folder: mkdtempSync(join(tmpdir(), 'patchbay-practice-')), count: 2 })
      await use(practice)
      await practice.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  app: [
    async ({ practice }, use) => {
      const app = await startApp(practice.kubeconfigPath)
      await use(app)
      await app.end()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  cookie: [
    async ({ app }, use) => {
      const response = await fetch(app.address, { redirect: 'manual' })
      const [pair = ''] = (response.headers.get('set-cookie') ?? '').split(';', 1)
      const [name = '', value = ''] = pair.split('=', 2)
      await use({ name, value })
    },
    { scope: 'worker' },
  ],
  settings: [
    async ({ app, cookie }, use) => {
      const { client, socket } = await openSocket(app.origin, `${cookie.name}=${cookie.value}`)
      await client.app.saveSettings(defaultSettings)
      socket.terminate()
      await use(undefined)
    },
    { auto: true },
  ],
  baseURL: async ({ app }, use) => use(app.origin),
  context: async ({ context, app, cookie }, use) => {
    await context.addCookies([{ ...cookie, url: app.origin, httpOnly: true, sameSite: 'Strict' }])
    await use(context)
  },
  kubectl: async ({ practice }, use) => use((args, options) => kubectl(practice, args, options)),
  namespace: async ({ practice }, use, info) => {
    const name = `e2e-${info.workerIndex}-${Date.now().toString(36)}-${++serial}`
    await seedNamespace(practice, name)
    await use(name)
    await kubectl(practice, ['delete', 'namespace', name, '--wait=false'])
  },
})

export { expect } from '@playwright/test'
