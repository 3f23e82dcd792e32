import type { Page } from '@playwright/test'
import { configMaps, deployments, EditorPage, pointAt } from './editor.ts'
import { expect, test } from './fixtures.ts'

test('what may go wrong is marked while typing, put right at its mark, and told no more where it is not wanted', async ({
  page,
  namespace,
}) => {
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  const marks = page.locator('.cm-lintRange-warning, .cm-lintRange-info')
  const words = page.locator('.cm-tooltip-lint')

  await editor.replace('replicas: 3', 'replicas: 0')
  await expect(marks).toHaveText('0')
  await pointAt(marks, words.filter({ hasText: 'Nothing is left running (now 3).' }))
  await words.getByRole('button', { name: 'Put it back' }).click()
  await expect(editor.text).toContainText('replicas: 3')
  await expect(marks).toHaveCount(0)

  // By keyboard: a Cyrillic і, then a space of no width.
  for (const name of ['adminіstrator', 'admin\u200bistrator']) {
    await editor.replace('  annotations:\n', `  annotations:\n    team: ${name}\n`)
    await expect(marks).toHaveCount(1)
    await page.keyboard.press('ControlOrMeta+F9')
    await page.keyboard.press('ControlOrMeta+.')
    await expect(marks).toHaveCount(0)
    await editor.replace('    team: administrator\n', '')
  }

  await editor.replace('replicas: 3', 'replicas: 0')
  await expect(marks).toHaveCount(1)
  await command(page, 'Do not tell of dangers')
  await expect(marks).toHaveCount(0)
  await turnOn(page, 'Scaled to zero')
  await expect(marks).toHaveCount(1)
})

/** A command of the palette, by how its name begins. */
async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type(`>${name}`)
  await expect(page.getByRole('option').first()).toContainText(name)
  await page.keyboard.press('Enter')
}

/** Turns a sort of danger on again in the settings, where it must be off. */
async function turnOn(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByText('What may go wrong').click()
  const choice = dialog.getByRole('checkbox', { name })
  await expect(choice).not.toBeChecked()
  await choice.click()
  await expect(choice).toBeChecked()
  await page.keyboard.press('Escape')
}

test('before Submit it is told what may go wrong and whom it touches; what is grave wants a word', async ({
  page,
  namespace,
  kubectl,
}) => {
  await kubectl(['-n', namespace, 'patch', 'configmap', 'backup-script', '--type=merge', '-p', held])
  const editor = new EditorPage(page)
  await editor.open(configMaps, namespace, 'backup-script')
  await editor.replace('  finalizers:\n  - tests.example/hold\n', '')
  await editor.toReview()
  const region = page.getByRole('region', { name: 'Before you submit' })
  await expect(region).toContainText('Whoever set tests.example/hold is no longer waited for')
  await expect(editor.submit).toBeDisabled()
  await page.getByRole('checkbox', { name: 'I have seen what may go wrong' }).check()
  await editor.save()

  await editor.open(deployments, namespace, 'nginx-deployment')
  await editor.replace('imagePullPolicy', 'securityContext: {runAsUser: 0}\n        imagePullPolicy')
  await editor.replace('replicas: 3', 'replicas: 1')
  await command(page, 'What this text would do')
  await expect(page.getByRole('dialog', { name: 'What else it touches' })).toContainText('2 pods end (3 → 1).')
  await page.keyboard.press('Escape')
  await editor.toReview()
  await expect(region).toContainText('Runs as root')
  await expect(region.getByRole('list', { name: 'What else it touches' })).toContainText('2 pods end (3 → 1).')
  await region.getByRole('button', { name: /^Line \d+$/ }).click()
  await expect(page.locator('.cm-activeLine')).toContainText('runAsUser: 0')
  await expect(editor.text).toBeFocused()
})

const held = JSON.stringify({ metadata: { finalizers: ['tests.example/hold'] } })
