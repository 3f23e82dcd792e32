import { describe, expect as expectValue, test } from 'vitest'
import { axeFindings, button, changeImage, expect, open, page, region, replace, review } from './on-page.ts'

describe('axe finds nothing', () => {
  const check = async () => expectValue(await axeFindings()).toEqual([])

  test.each([
    ['plain', 'light'],
    ['others', 'light'],
    ['read-only', 'dark'],
    ['gone', 'dark'],
  ])('in the text of %s, %s', async (scene, theme) => {
    await open(scene, `&theme=${theme}`)
    await check()
  })

  test.each([
    ['conflict', 'light'],
    ['conflict', 'dark'],
    ['unknown-field', 'dark'],
  ])('in the refusal of %s, %s', async (scene, theme) => {
    await open(scene, `&theme=${theme}`)
    await changeImage()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').waitFor()
    await check()
  })

  test.each([
    ['notes', 'light'],
    ['notes', 'dark'],
    ['untaken', 'light'],
    ['nothing', 'dark'],
  ])('in the review of %s, %s, and after it', async (scene, theme) => {
    await open(scene, `&theme=${theme}`)
    await review()
    await check()
    if (scene !== 'notes') return
    await page.getByRole('radio', { name: 'Side by side' }).click()
    await check()
    await page.locator('.acknowledge').getByRole('checkbox').check()
    await button('Submit').click()
    await page.getByRole('status').filter({ hasText: 'Saved:' }).waitFor()
    await check()
  })

  test.each(['light', 'dark'])('in the choice of a strategy, refused and forced, %s', async theme => {
    await open('strategies', `&theme=${theme}`)
    await review()
    await button('Change how it is written').click()
    await page.locator('.strategy-radio').nth(3).click()
    await page.getByRole('alert').waitFor()
    await check()
    await button('Take over these 2 fields').click()
    await region('Takes fields over by force').waitFor()
    await check()
  })

  test('in a broken text and its dialog', async () => {
    await open('plain')
    await replace('  replicas: 3', '  replicas: [3')
    await expect(page.locator('.problems li').first()).toBeVisible()
    await check()
    await button('Discard').click()
    await page.getByRole('alertdialog').waitFor()
    await check()
  })
})

test('in Chinese every word is Chinese, but the object and the server speak as they do', async () => {
  await open('notes', '&lang=zh-CN')
  await page.keyboard.press('Control+Enter')
  await page.locator('.changes').waitFor()
  const latin = await page.evaluate(() => {
    const words: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.parentElement
      if (at?.closest('code, pre, [lang=en], .cm-editor, h1, script') !== null) continue
      const text = node.textContent?.trim() ?? ''
      if (/[A-Za-z]{3}/.test(text) && !/[\u4e00-\u9fff]/.test(text)) words.push(text)
    }
    return words
  })
  expectValue(latin).toEqual([
    ...['Deployment', 'nginx-deployment', 'practice', 'default'],
    ...['Argo CD（argocd-controller）', 'POSIX shell', 'PowerShell'],
  ])
})
