import { join } from 'node:path'
import { root } from '../../scripts/bootstrap/root.mjs'
import { EditorPage, secrets } from './editor.ts'
import { expect, test } from './fixtures.ts'

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
