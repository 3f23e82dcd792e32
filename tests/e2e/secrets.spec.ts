import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { root } from '../../scripts/bootstrap/root.mjs'
import { type App, startApp } from './app.ts'
import { EditorPage, secrets } from './editor.ts'
import { expect, test } from './fixtures.ts'
import { findIn, findInText, processTexts } from './planted.ts'

const picture = (name: string) => join(root, 'test-results', 'pictures', `${name}.png`)
const base64 = (text: string) => Buffer.from(text).toString('base64')

test('a Secret is edited as text, is shown as base64 at a key, and undo goes across', async ({
  page,
  namespace,
  kubectl,
}) => {
  const patch = (data: Record<string, string>) =>
    kubectl([
      'patch',
      'secret',
      'database-credentials',
      '-n',
      namespace,
      '--type=merge',
      '-p',
      JSON.stringify({ data }),
    ])
  const editor = new EditorPage(page)
  await editor.open(secrets, namespace, 'database-credentials')
  const state = page.locator('.edit-state').first()
  await expect(page.getByText('Values shown as text')).toBeVisible()
  await expect(editor.text).toContainText('password: correct-horse-battery-staple')
  await editor.replace('  password: correct-horse-battery-staple', '  # ours\n  password: typed-by-me')
  await expect(state).toHaveText('Changed')

  await page.keyboard.press('Alt+F8')
  await expect(page.getByText('Values shown as base64')).toBeVisible()
  await expect(editor.text).toContainText(`password: ${base64('typed-by-me')}`)
  await expect(editor.text).toContainText('# ours')
  await expect(editor.text).toContainText('data:')
  await expect(editor.text).not.toContainText('typed-by-me')
  await expect(state).toHaveText('Changed')

  // Undo takes both back in one: the text, and how it is read.
  await editor.text.press('ControlOrMeta+z')
  await expect(page.getByText('Values shown as text')).toBeVisible()
  await expect(editor.text).toContainText('password: typed-by-me')
  await editor.text.press('ControlOrMeta+y')
  await expect(editor.text).toContainText(`password: ${base64('typed-by-me')}`)

  // What others wrote meanwhile is not undone with it.
  await patch({ username: base64('written-by-them') })
  await page.getByText('changed data.username').click()
  await page.getByRole('button', { name: 'Take in' }).click()
  await expect(editor.text).toContainText(`username: ${base64('written-by-them')}`)
  await editor.text.press('ControlOrMeta+z')
  await expect(editor.text).toContainText('password: typed-by-me')
  await expect(editor.text).toContainText('username: written-by-them')

  // It comes back as it was shown.
  await page.getByRole('button', { name: 'Show as base64' }).click()
  await expect(editor.text).toContainText(base64('written-by-them'))
  await page.reload()
  await expect(editor.text).toContainText(`password: ${base64('typed-by-me')}`)
  await page.getByRole('button', { name: 'Show as text' }).click()
  await expect(page.getByText('Values shown as text')).toBeVisible()
  await expect(editor.text).toContainText('# ours')
  await editor.toReview()
  await expect(editor.request).not.toContainText('username')
  await editor.save()
  await expect(state).toHaveText('Unchanged')
  const stored = JSON.parse(await kubectl(['get', 'secret', 'database-credentials', '-n', namespace, '-o', 'json']))
  expect(stored.data).toMatchObject({ password: base64('typed-by-me'), username: base64('written-by-them') })
})

test('a key with two values is said at its line before anything is asked of the server', async ({
  page,
  namespace,
}) => {
  const editor = new EditorPage(page)
  await editor.open(secrets, namespace, 'database-credentials')
  await editor.replace('  session.key', '  password: aGk=\n  session.key')
  await expect(page.getByText('The key password has a value under “data” and one under “stringData”.')).toBeVisible()
  await expect(editor.review).toBeDisabled()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('a masked value of a review is revealed at a key, for a while', async ({ page, namespace }) => {
      await page.clock.install()
      const value = 'correct-horse-battery-staple'
      const editor = new EditorPage(page)
      await editor.open(secrets, namespace, 'database-credentials')
      await page.screenshot({ path: picture(`secret-${colorScheme}`) })
      await editor.replace(value, 'typed-by-me')
      await editor.toReview()
      const reveal = editor.changes.getByRole('button', { name: 'Reveal data.password for 30 seconds' })
      await expect(reveal).toHaveCount(2)
      await reveal.first().press('Enter')
      const shown = editor.changes.getByRole('status')
      await expect(shown).toHaveText(value)
      await reveal.click()
      await expect(shown).toHaveText([value, 'typed-by-me'])
      await page.screenshot({ path: picture(`secret-revealed-${colorScheme}`) })
      // Escape takes one away and stays; the others go by themselves.
      await editor.changes.getByRole('button', { name: 'Hide data.password' }).last().press('Escape')
      await expect(shown).toHaveText([value])
      await page.clock.fastForward(31_000)
      await expect(shown).toHaveCount(0)
      expect(await page.locator('.review').evaluate(review => review.innerHTML)).not.toContain(value)
      await reveal.first().click()
      await expect(shown).toHaveText(value)
      await page.getByRole('button', { name: 'Back to editing' }).click()
      await editor.toReview()
      await expect(shown).toHaveCount(0)
    })
  })
}

test('after every feature was used, no planted value is in any file, log, storage or process', async ({
  practice,
  kubectl,
  namespace,
}, info) => {
  test.setTimeout(240_000)
  const plain = (what: string) => `plänted "${what}" & <ß> ${namespace}`
  const old = plain('old')
  const typed = plain('typed')
  const theirs = plain('theirs')
  const drafted = plain('drafted')
  const values = [old, typed, theirs, drafted]
  const secret = (stringData: Record<string, string>) =>
    JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'planted', namespace }, stringData })
  // Client-side apply also leaves the values in an annotation.
  await kubectl(['apply', '-f', '-'], { input: secret({ password: old, token: `two\nlines of ${old}` }) })
  const profile = mkdtempSync(join(tmpdir(), 'patchbay-planted-'))
  const browserFolder = mkdtempSync(join(tmpdir(), 'patchbay-browser-'))
  const { launchOptions } = info.project.use
  const said: string[] = []
  const storages: string[] = []

  const searched = (app: App) => {
    said.push(...app.lines, ...app.said)
    const processes = processTexts((pid, command) => pid === app.pid || command.includes(browserFolder))
    expect(processes.length).toBeGreaterThan(1)
    expect(processes.flatMap(text => findInText(text, values))).toEqual([])
    expect(findIn(profile, values)).toEqual([])
    expect(findIn(browserFolder, values)).toEqual([])
  }

  const browse = async (app: App, use: (page: Page) => Promise<void>) => {
    const context = await chromium.launchPersistentContext(browserFolder, {
      ...launchOptions,
      locale: 'en-US',
      permissions: ['clipboard-read', 'clipboard-write'],
      baseURL: app.origin,
    })
    const page = await context.newPage()
    page.on('console', message => said.push(message.text()))
    await page.goto(app.address)
    // An app just started has its clusters to ask first.
    await page.goto(`/list/practice/core/v1/secrets/${namespace}`)
    await expect(page.getByRole('row').filter({ hasText: 'planted' })).toBeVisible({ timeout: 60_000 })
    await use(page)
    storages.push(await page.evaluate(storageText))
    searched(app)
    await context.close()
  }

  let app = await startApp(practice.kubeconfigPath, [], profile)
  await browse(app, async page => {
    const editor = new EditorPage(page)
    await editor.open(secrets, namespace, 'planted')
    const retype = async (value: string) => {
      await editor.select('password: ')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Shift+End')
      await page.keyboard.insertText(value)
    }
    await retype(JSON.stringify(typed))
    // Both ways, and what the server refuses.
    await page.keyboard.press('Alt+F8')
    await expect(page.getByText('Values shown as base64')).toBeVisible()
    await retype(JSON.stringify(`no base64, ${typed}`))
    await editor.review.click()
    await expect(page.getByRole('alert').first()).toBeVisible()
    await editor.text.press('ControlOrMeta+z')
    await page.getByRole('button', { name: 'Show as text' }).click()
    await expect(page.getByText('Values shown as text')).toBeVisible()
    // A conflict, found by the submit, decided for mine.
    await editor.toReview()
    await kubectl(['patch', 'secret', 'planted', '-n', namespace, '--type=merge', '-p', secret({ password: theirs })])
    await editor.submit.click()
    await page.getByRole('group', { name: 'data.password' }).getByRole('button', { name: 'Keep mine' }).click()
    await page.getByRole('button', { name: 'Put into the text' }).click()
    await editor.toReview()
    await editor.changes
      .getByRole('button', { name: /Reveal data.password/ })
      .first()
      .click()
    await expect(editor.changes.getByRole('status')).toHaveText(theirs)
    await page.getByRole('button', { name: 'Copy with values…' }).click()
    await page.getByRole('button', { name: 'Copy with values', exact: true }).click()
    await expect(page.getByText('Copied, with the Secret values in it')).toBeVisible()
    await page.evaluate(() => navigator.clipboard.writeText(''))
    await editor.save()
    // What is typed and not submitted is a draft.
    await retype(JSON.stringify(drafted))
    await expect(page.getByText('Kept on disk')).toBeVisible()
  })
  // The app dies; what it was keeping comes back in the next one.
  await app.kill()
  expect(findIn(browserFolder, values)).toEqual([])
  app = await startApp(practice.kubeconfigPath, [], profile)
  await browse(app, async page => {
    const editor = new EditorPage(page)
    await editor.open(secrets, namespace, 'planted')
    await expect(editor.text).toContainText('drafted')
    await page.goto(`/history?filter=${namespace}`)
    await expect(page.getByText('planted').first()).toBeVisible()
  })
  process.kill(app.pid, 'SIGTERM')
  await app.ended
  expect(findIn(profile, values)).toEqual([])
  expect(findIn(browserFolder, values)).toEqual([])
  expect(findInText([...said, ...storages].join('\n'), values)).toEqual([])
  // The search finds what is there.
  writeFileSync(join(profile, 'found'), `a ${Buffer.from(`x${typed}`).toString('base64')}`)
  expect(findIn(profile, values)).toHaveLength(1)
  for (const folder of [profile, browserFolder]) rmSync(folder, { recursive: true, force: true })
})

/** Everything that a page has stored in its browser, as text. Runs in the page. */
async function storageText(): Promise<string> {
  const databases = await indexedDB.databases()
  const cached = await caches.keys()
  const stored = [localStorage, sessionStorage].map(storage => JSON.stringify({ ...storage }))
  return JSON.stringify([...stored, databases, cached, document.cookie, location.href, history.state, document.title])
}
