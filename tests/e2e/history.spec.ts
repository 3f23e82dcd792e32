import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { configMaps, EditorPage, secrets } from './editor.ts'
import { expect, test } from './fixtures.ts'

/** Both themes, for a person to look at, and that everybody can read it. */
async function picture(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.locator('html').evaluate((html, theme) => html.setAttribute('data-theme', theme), theme)
    await page.screenshot({ path: test.info().outputPath(`${name}-${theme}.png`) })
    const { violations } = await new AxeBuilder({ page }).include('.history:not([hidden])').analyze()
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(node => node.html)])).toEqual([])
  }
}

const list = (page: Page) => page.getByRole('listbox', { name: 'Submits, newest first' })
const why = (page: Page) => page.getByRole('textbox', { name: 'Why (kept in the history)' })

// A person's whole way, on a machine that does much else.
test.slow()

test('a change is found again by its reason, looked at, and undone while others keep theirs', async ({
  page,
  namespace,
  kubectl,
}) => {
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'backup-script')
  await editor.replace('0 3 * * *', '0 5 * * *')
  await editor.toReview()
  await why(page).fill(`OPS-31 in ${namespace}`)
  await page.getByRole('checkbox', { name: 'Also write it into kubernetes.io/change-cause' }).click()
  // The annotation is a part of the change: it is reviewed before it is sent.
  await expect(editor.request).toContainText(`OPS-31 in ${namespace}`)
  await expect(editor.changes).toContainText('kubernetes.io/change-cause')
  await editor.save()
  const shown = await kubectl(['get', 'configmap', 'backup-script', `--namespace=${namespace}`, '--output=json'])
  expect(JSON.parse(shown).metadata.annotations['kubernetes.io/change-cause']).toBe(`OPS-31 in ${namespace}`)
  const theirs = ['--type=merge', '--patch={"data":{"added":"by a colleague"}}']
  await kubectl(['patch', 'configmap', 'backup-script', `--namespace=${namespace}`, ...theirs])

  await page.getByRole('link', { name: 'History of this object' }).click()
  await expect(list(page).getByRole('option')).toHaveCount(1)
  await page.getByRole('button', { name: 'Show all objects' }).click()
  await page.getByRole('searchbox', { name: 'Filter the history' }).fill(`ops-31 ${namespace}`)
  await expect(list(page)).toHaveAttribute('aria-busy', 'false')
  await expect(list(page).getByRole('option')).toHaveCount(1)
  await expect(list(page).getByRole('option')).toContainText('data.schedule')
  await picture(page, 'list')
  await list(page).focus()
  await page.keyboard.press('Enter')
  const entry = page.getByRole('region', { name: 'ConfigMap backup-script', exact: true })
  await expect(entry).toContainText(`OPS-31 in ${namespace}`)
  await expect(entry.getByRole('region', { name: 'What changed' })).toContainText('0 3 * * *')
  await expect(entry.getByRole('region', { name: 'Request' })).toContainText('PATCH')
  await picture(page, 'entry')

  await entry.getByRole('button', { name: 'Undo…' }).click()
  await expect(editor.text).toContainText('0 3 * * *')
  // The entry's own changes are beside it otherwise.
  await page.getByRole('button', { name: 'Edit in the whole window' }).click()
  await editor.toReview()
  await editor.save()
  const stored = JSON.parse(
    await kubectl(['get', 'configmap', 'backup-script', `--namespace=${namespace}`, '--output=json']),
  )
  expect(stored.data).toMatchObject({ schedule: '0 3 * * *', added: 'by a colleague' })
  expect(stored.metadata.annotations ?? {}).not.toHaveProperty('kubernetes.io/change-cause')
})

test("of a Secret's change nothing is readable: in the history, its export, or on disk", async ({
  page,
  namespace,
  kubectl,
  app,
}) => {
  const planted = ['planted-history-before', 'planted-history-after'] as const
  await kubectl([
    'create',
    'secret',
    'generic',
    'planted',
    `--namespace=${namespace}`,
    `--from-literal=one=${planted[0]}`,
  ])
  const encoded = planted.map(value => Buffer.from(value).toString('base64'))
  const editor = new EditorPage(page)
  await editor.open(secrets, namespace, 'planted')
  const isDecoded = ((await editor.text.textContent()) ?? '').includes(planted[0])
  const [from = '', to = ''] = isDecoded ? planted : encoded
  await editor.replace(from, to)
  await editor.toReview()
  await why(page).fill('rotated')
  await editor.save()

  await page.goto(`/history?filter=${namespace}+secret`)
  await expect(list(page).getByRole('option')).toContainText('rotated')
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Save as JSON lines' }).click()
  const text = readFileSync(await (await saved).path(), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ kind: 'Secret', name: 'planted', reason: 'rotated' })
  await list(page).focus()
  await page.keyboard.press('Enter')
  const entry = page.getByRole('region', { name: 'Secret planted', exact: true })
  await expect(entry).toContainText('*** (after)')
  const screen = (await entry.textContent()) ?? ''
  const forms = [...planted, ...encoded.map(form => form.replace(/=+$/, ''))]
  for (const form of forms) {
    expect(text).not.toContain(form)
    expect(screen).not.toContain(form)
    for (const file of readdirSync(app.profile, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const bytes = readFileSync(join(file.parentPath, file.name))
      expect(bytes.includes(form), `${form} in ${file.name}`).toBe(false)
    }
  }

  await entry.getByRole('button', { name: 'Delete this entry' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText(/^(No submit matches the filter|Nothing has been submitted yet)\.$/)).toBeVisible()
})

test('the history in Chinese', async ({ page, namespace }) => {
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'backup-script')
  await editor.replace('0 3 * * *', '0 6 * * *')
  await editor.toReview()
  await why(page).fill('工单 42')
  await editor.save()
  await page.keyboard.press('Alt+h')
  await page.keyboard.press('ControlOrMeta+,')
  await page.getByText('简体中文', { exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox', { name: '提交，最新在前' }).getByRole('option')).toContainText('工单 42')
  await picture(page, 'chinese')
  await page.keyboard.press('ControlOrMeta+,')
  await page.getByText('English', { exact: true }).click()
})
