import { chromium } from '@playwright/test'
import { servePage } from './page/serve.ts'

const page0 = await servePage()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
page.setDefaultTimeout(6000)
page.on('console', m => console.log('console', m.type(), m.text()))
page.on('pageerror', e => console.log('pageerror', e.message, e.stack?.slice(0, 600)))
const which = process.argv[2]?.split(',') ?? []
const open = async (scene: string, q = '') => {
  await page.goto(`${page0.origin}/?scene=${scene}${q}`)
  await page.getByRole('textbox').first().waitFor()
}
const shot = async (name: string) => {
  await page.waitForTimeout(350)
  await page.screenshot({ path: `/tmp/shots/${name}.png` })
}
const edit = async () => {
  await page.evaluate(() => {
    const d =
      (document.querySelector('.cm-content') as any).cmTile?.view ??
      (document.querySelector('.cm-content') as any).cmView?.view
    const t = d.state.doc.toString()
    const at = t.indexOf('nginx:1.14.2')
    d.dispatch({ changes: { from: at, to: at + 12, insert: 'nginx:1.16.1' } })
  })
}
const steps: Record<string, () => Promise<void>> = {
  plain: async () => {
    await open('plain')
    await shot('plain')
  },
  dark: async () => {
    await open('plain', '&theme=dark')
    await edit()
    await shot('dark')
  },
  broken: async () => {
    await open('plain')
    await page.evaluate(() => {
      const d =
        (document.querySelector('.cm-content') as any).cmTile?.view ??
        (document.querySelector('.cm-content') as any).cmView?.view
      const t = d.state.doc.toString()
      const at = t.indexOf('name: nginx-deployment')
      d.dispatch({
        changes: [
          { from: at, to: at + 22, insert: 'name: other' },
          { from: t.indexOf('kind:'), to: t.indexOf('kind:') + 16, insert: 'kind: Pod' },
        ],
      })
    })
    await shot('identity')
    await page.evaluate(() => {
      const d =
        (document.querySelector('.cm-content') as any).cmTile?.view ??
        (document.querySelector('.cm-content') as any).cmView?.view
      const t = d.state.doc.toString()
      const at = t.indexOf('  replicas')
      d.dispatch({ changes: [{ from: at, insert: '  replicas: [1\n  replicas: 4\n' }] })
    })
    await shot('broken')
  },
  review: async () => {
    await open('plain')
    await edit()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('region', { name: 'Changes' }).waitFor()
    await shot('review')
    await page.getByRole('radio', { name: 'Side by side' }).click()
    await shot('review-split')
    await page.locator('.review-scroll').evaluate(e => e.scrollTo(0, 9999))
    await shot('review-bottom')
  },
  reviewdark: async () => {
    await open('plain', '&theme=dark')
    await edit()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('region', { name: 'Changes' }).waitFor()
    await shot('review-dark')
  },
  zh: async () => {
    await open('notes', '&lang=zh-CN')
    await edit()
    await page.keyboard.press('Control+Enter')
    await page.locator('.changes').waitFor()
    await shot('review-zh')
    await page.keyboard.press('Control+Enter')
    await page.locator('.notice.good').waitFor()
    await shot('saved-zh')
  },
  notes: async () => {
    await open('notes')
    await edit()
    await page.keyboard.press('Control+Enter')
    await page.locator('.changes').waitFor()
    await shot('review-notes')
    await page.keyboard.press('Control+Enter')
    await page.locator('.notice.good').waitFor()
    await shot('saved-notes')
  },
  untaken: async () => {
    await open('untaken')
    await edit()
    await page.keyboard.press('Control+Enter')
    await page.locator('.changes').waitFor()
    await shot('untaken')
  },
  states: async () => {
    for (const s of ['read-only', 'others', 'gone']) {
      await open(s)
      await shot(s)
    }
    await open('others')
    await page.locator('summary').click()
    await shot('others-open')
  },
  refusals: async () => {
    for (const s of ['conflict', 'unknown-field', 'policy', 'slow']) {
      await open(s)
      await edit()
      await page.keyboard.press('Control+Enter')
      await page.locator('.notice, .waiting').first().waitFor()
      await shot(s)
    }
  },
  others2: async () => {
    for (const s of ['prediction', 'nothing']) {
      await open(s)
      await edit()
      await page.keyboard.press('Control+Enter')
      await page.locator('.changes').first().waitFor()
      await shot(s)
    }
    for (const s of ['review-again', 'outcome-unknown']) {
      await open(s)
      await edit()
      await page.keyboard.press('Control+Enter')
      await page.locator('.changes').first().waitFor()
      await page.keyboard.press('Control+Enter')
      await page.locator('.review .notice').first().waitFor()
      await shot(s)
    }
  },
  discard: async () => {
    await open('plain')
    await edit()
    await page.waitForTimeout(300)
    await page.getByRole('button', { name: 'Discard' }).click()
    await shot('discard')
  },
  find: async () => {
    await open('plain', '&lang=zh-CN')
    await page.locator('.cm-content').focus()
    await page.keyboard.press('Control+f')
    await shot('find-zh')
  },
}
for (const name of Object.keys(steps))
  if (which.length === 0 || which.includes(name)) {
    try {
      await steps[name]!()
    } catch (e) {
      console.log('FAILED', name, String(e).slice(0, 500))
      await page.screenshot({ path: `/tmp/shots/failed-${name}.png` })
    }
  }
await browser.close()
await page0.end()
