import { describe, expect as expectValue, test } from 'vitest'
import { button, changeImage, expect, heldText, open, page, region, replace, text } from './on-page.ts'

describe('the text', () => {
  test('opens with status folded, unchanged, under its stable name', async () => {
    await open('plain')
    await expect(page.getByRole('textbox', { name: 'Object YAML', exact: true })).toBeFocused()
    await expect(page.getByText('Unchanged')).toBeVisible()
    await page.keyboard.press('Control+End')
    await expect(page.getByText('… 7 lines')).toBeVisible()
    await expect(text()).not.toContainText('observedGeneration')
  })

  test('every change reaches the host, by itself', async () => {
    await open('plain')
    await changeImage()
    await expect.poll(heldText).toContain('nginx:1.16.1')
    await expect(page.getByText('Kept on disk')).toBeVisible()
    await expect(page.locator('main')).toHaveAttribute('data-changed', 'true')
    await expect(page.locator('.cm-changeGutter .change-changed')).toHaveCount(1)
  })

  test('a change back to what it was counts as unchanged', async () => {
    await open('plain')
    await changeImage()
    await expect(page.getByText('Changed', { exact: true })).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(page.getByText('Unchanged')).toBeVisible()
  })

  test('another kind and name are refused on their lines, before any request', async () => {
    await open('plain')
    await page.evaluate(() => {
      window.standIn.script.review = () => {
        throw new Error('a review was asked for')
      }
    })
    await replace('kind: Deployment', 'kind: Pod')
    await replace('name: nginx-deployment', 'name: other')
    const problems = region('Problems').getByRole('listitem')
    await expect(problems.nth(0)).toContainText(
      'Line 2kind says what this object is: it must stay Deployment, not Pod.',
    )
    await expect(problems.nth(1)).toContainText('Line 11An object cannot be renamed')
    await expect(button('Review')).toBeDisabled()
    await expect(button('Review')).toHaveAccessibleDescription(/2 are left/)
    await page.keyboard.press('Control+Enter')
    await expect(region('Changes')).toHaveCount(0)
  })

  test('each slip of YAML is on its line; F8 walks from one to the next', async () => {
    await open('plain')
    await replace('  replicas: 3', '  replicas: 3\\n  replicas: 4')
    await replace('dnsPolicy: ClusterFirst', 'dnsPolicy: .inf')
    await expect(page.locator('.cm-lint-marker-error')).toHaveCount(2)
    await page.keyboard.press('F8')
    await expect(page.locator('.cm-activeLine')).toHaveText('  replicas: 4')
    await page.keyboard.press('F8')
    await expect(page.locator('.cm-activeLine')).toContainText('dnsPolicy')
  })

  test('Tab indents, Escape and Tab leaves', async () => {
    await open('plain')
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Tab')
    await expect(page.locator('.cm-line').first()).toHaveText('  apiVersion: apps/v1')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    await expect(text()).not.toBeFocused()
  })

  test('what is typed while the host is away is kept, said, and handed over', async () => {
    await open('plain')
    await page.evaluate(() => {
      window.standIn.connect(false)
      window.standIn.script.report = () => ({ ok: false, problem: { code: 'host-gone' } })
    })
    await changeImage()
    await expect(page.getByText('what you type is kept in this window')).toBeVisible()
    await expect(button('Review')).toBeDisabled()
    await page.evaluate(() => {
      window.standIn.script.report = () => null
      window.standIn.connect(true)
    })
    await expect.poll(heldText).toContain('nginx:1.16.1')
    await expect(button('Review')).toBeEnabled()
  })

  test('who may not patch reads the reason and cannot type', async () => {
    await open('read-only')
    await expect(
      page.getByText('You may not patch deployments.apps “nginx-deployment” in the namespace default.'),
    ).toBeVisible()
    await expect(text()).toHaveAttribute('aria-readonly', 'true')
    await text().press('x')
    await expect(text()).not.toContainText('xapiVersion')
    await expect(button('Review')).toBeDisabled()
  })

  test('a page that another one took the edit from follows read-only, and can take it back', async () => {
    await open('plain')
    await page.evaluate(() => window.standIn.host.client.edit.resume({ edit: 'edit-1' }))
    await expect(
      page.getByText('Another window is editing this object; this one shows the text as it was.'),
    ).toBeVisible()
    await expect(text()).toHaveAttribute('aria-readonly', 'true')
    await button('Edit here').click()
    await expect(text()).toHaveAttribute('aria-readonly', 'false')
    await changeImage()
    await expect.poll(heldText).toContain('nginx:1.16.1')
  })

  test('Discard asks only when something would be lost', async () => {
    await open('plain')
    await changeImage()
    await expect(page.getByText('Changed', { exact: true })).toBeVisible()
    await button('Discard').click()
    await page
      .getByRole('alertdialog', { name: 'Discard your changes?' })
      .getByRole('button', { name: 'Keep editing' })
      .click()
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
    await text().focus()
    await page.keyboard.press('Control+z')
    await expect(page.getByText('Unchanged')).toBeVisible()
    await button('Discard').click()
    await expect(page.getByText('closed')).toBeVisible()
    expectValue(await page.evaluate(() => window.standIn.discarded())).toBe(true)
  })
})

describe('the object meanwhile', () => {
  test('what others changed is marked, with who it was', async () => {
    await open('others')
    await page.getByText('kube-controller-manager changed spec.replicas and 1 more').click()
    await expect(page.getByRole('row', { name: /team.example.org.owner.*an unknown writer/ })).toBeVisible()
  })

  test('a deleted object can be created again from the text', async () => {
    await open('gone')
    await button('Create again').click()
    await expect(page.getByText('New object')).toBeVisible()
  })
})
