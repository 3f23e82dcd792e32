import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, expect as expectPage, type Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, expect as expectValue, inject, vi } from 'vitest'

// Each file that imports this has a browser of its own, on the page that `page/serve.ts` built for the run.

// The browser shares its cores with everything else that is tested.
vi.setConfig({ testTimeout: 90_000 })
export const expect = expectPage.configure({ timeout: 20_000 })

let browser: Browser
/** The page of the test that runs. */
export let page: Page
/** What the browser complained about: broken rules of the content security policy, thrown errors. */
let complaints: string[] = []

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.PATCHBAY_CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
  })
})

afterAll(() => browser.close())

afterEach(async () => {
  await page.context().close()
  expectValue(complaints).toEqual([])
})

/** Opens a scene of `page/scenes.ts`; `query` begins with `&`. */
export async function open(scene: string, query = ''): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  complaints = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text())
  })
  await page.goto(`${inject('editPage')}/?scene=${scene}${query}`)
  await text().waitFor()
}

/** The editor's text. */
export const text = () => page.getByRole('textbox', { name: /YAML$/ })
/** The button of just this name. */
export const button = (name: string) => page.getByRole('button', { name, exact: true })
/** The region of just this name. */
export const region = (name: string) => page.getByRole('region', { name, exact: true })

/** Finds and replaces as a person would, by keys. */
export async function replace(what: string, by: string): Promise<void> {
  await text().focus()
  await page.keyboard.press('Control+f')
  const find = page.getByRole('textbox', { name: 'Find' })
  await find.fill(what)
  await page.getByRole('textbox', { name: 'Replace' }).fill(by)
  await page.getByRole('button', { name: 'replace all' }).click()
  await find.press('Escape')
}

/** The edit that most scenes are about. */
export const changeImage = () => replace('nginx:1.14.2', 'nginx:1.16.1')

/** The text as the host has it. */
export const heldText = () => page.evaluate(() => window.standIn.session().text)

/** Changes the image and asks for the review. */
export async function review(): Promise<void> {
  await changeImage()
  await page.keyboard.press('Control+Enter')
  await region('Changes').waitFor()
}

/** What axe finds: each rule, with the elements that break it. */
export async function axeFindings(): Promise<readonly (readonly [string, readonly string[]])[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => [id, nodes.map(node => node.html.slice(0, 200))])
}
