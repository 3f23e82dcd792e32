import { type Browser, type CDPSession, chromium, type Locator, type Page } from '@playwright/test'
import type { Row } from '../../contract/browse.ts'
import { type App, startApp } from '../../tests/e2e/app.ts'
import { type Client, openSocket } from '../soak/host-alone.ts'
import { ensureChromium } from '../test/chromium.ts'
import { type Look, measureInPage, type Smoothness } from './in-page.ts'

/** The app as `npm start` runs it, with its production page, in Chromium: host, browser and bench are three processes. */
export type Measured = {
  readonly page: Page
  /** The list on screen. */
  readonly list: Locator
  /** The process of the host. */
  readonly pid: number
  /** Does it; for each look the milliseconds from the last input that it made until a frame shows that. */
  readonly until: (act: () => Promise<void>, ...looks: readonly Look[]) => Promise<readonly number[]>
  /** Frames and long tasks while it is done. */
  readonly during: (act: () => Promise<void>) => Promise<Smoothness>
  /** What the page's own objects take after a collection, in megabytes. */
  readonly heap: () => Promise<number>
  readonly session: CDPSession
  /** All rows of the list that the page has open, as the host holds them. */
  readonly rows: () => Promise<readonly Row[]>
  /** Asks the host as the page does. */
  readonly ask: <T>(work: (client: Client) => Promise<T>) => Promise<T>
  readonly end: () => Promise<void>
}

/** Starts both and opens an address of the app. `flags` are further ones of Chromium's. */
export async function openApp(kubeconfig: string, address: string, flags: readonly string[] = []): Promise<Measured> {
  const app = await startApp(kubeconfig)
  const browser = await launch(flags).catch(async (error: unknown) => {
    await app.end()
    throw error
  })
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.addInitScript(measureInPage)
  const view = followView(page)
  await page.goto(app.address)
  await page.goto(`${app.origin}${address}`)
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  const ask: Measured['ask'] = async work => {
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const { client, socket } = await openSocket(app.origin, cookie)
    try {
      return await work(client)
    } finally {
      socket.terminate()
    }
  }
  return {
    page,
    // The sidebar has grids too; only the list's tells its rows.
    list: page.locator('[role=grid][aria-rowcount]'),
    pid: app.pid,
    session,
    async until(act, ...looks) {
      const questions = await page.evaluate(looks => looks.map(window.bench.ask), looks)
      await act()
      return page.evaluate(questions => Promise.all(questions.map(window.bench.answer)), questions)
    },
    async during(act) {
      await page.evaluate(() => window.bench.startFrames())
      await act()
      return page.evaluate(() => window.bench.stopFrames())
    },
    async heap() {
      await session.send('HeapProfiler.collectGarbage')
      const { metrics } = await session.send('Performance.getMetrics')
      return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 2 ** 20
    },
    rows: () => ask(client => rowsOf(client, view())),
    ask,
    end: () => endBoth(browser, app),
  }
}

/** The newest list's id, as the page tells the host. */
function followView(page: Page): () => string {
  let view = ''
  page.on('websocket', socket =>
    socket.on('framesent', ({ payload }) => {
      view = /"view":"([^"]+)","scope"/.exec(payload.toString())?.[1] ?? view
    }),
  )
  return () => view
}

async function rowsOf(client: Client, view: string): Promise<readonly Row[]> {
  const rows: Row[] = []
  for await (const piece of await client.browse.rows({ view, keys: null })) rows.push(...piece)
  return rows
}

async function endBoth(browser: Browser, app: App): Promise<void> {
  await browser.close()
  await app.end()
}

async function launch(more: readonly string[]): Promise<Browser> {
  const found = await ensureChromium(new AbortController().signal)
  if (!found.ok) throw new Error(found.reason)
  const flags = ['--headless', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync']
  const args = [...flags, ...more, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  return chromium.launch({ executablePath: found.path, args })
}
