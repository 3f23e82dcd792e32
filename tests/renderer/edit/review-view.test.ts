import { describe, expect as expectValue, test } from 'vitest'
import { button, changeImage, expect, heldText, open, page, region, review, text } from './on-page.ts'

describe('the review', () => {
  test('shows live against the answer, the layer of each line, and the request', async () => {
    await open('plain')
    await review()
    const changes = region('Changes')
    await expect(changes.getByRole('row', { name: /removed: .*nginx:1.14.2 My edit/ })).toBeVisible()
    await expect(changes.getByRole('row', { name: /added: .*nginx:1.16.1 My edit/ })).toBeVisible()
    await expect(changes.getByRole('row', { name: /added: .*image-tag: 1.16.1 Server adds/ })).toBeVisible()
    await expect(changes.getByRole('row', { name: /added: .*generation: 2 Any write causes/ })).toBeVisible()
    const request = region('Request')
    await expect(request).toContainText('PATCH /apis/apps/v1/namespaces/default/deployments/nginx-deployment')
    await expect(request).toContainText('application/strategic-merge-patch+json')
    await expect(request).toContainText('kubectl --context practice patch')
  })

  test('layers can be left out, folds opened, sides put beside each other', async () => {
    await open('plain')
    await review()
    const changes = region('Changes')
    await changes.getByRole('button', { name: 'Any write causes' }).click()
    await expect(changes.getByRole('row', { name: /generation: 2/ })).toHaveCount(0)
    await expect(changes.getByRole('row', { name: /nginx:1.16.1/ })).toBeVisible()
    await changes.getByRole('button', { name: 'Show all lines' }).click()
    await expect(changes.getByRole('row', { name: /generation: 2/ })).toBeVisible()
    await expect(changes.getByRole('row', { name: /apiVersion: apps.v1/ })).toBeVisible()
    await changes.getByRole('radio', { name: 'Side by side' }).click()
    await expect(changes.getByRole('row', { name: /nginx:1.14.2 .*nginx:1.16.1 My edit/ })).toBeVisible()
  })

  test('Escape goes back to the text, which is as it was', async () => {
    await open('plain')
    await review()
    await page.keyboard.press('Escape')
    await expect(text()).toBeFocused()
    await expect(text()).toContainText('nginx:1.16.1')
  })

  test('fields that will not be taken must be acknowledged before Submit', async () => {
    await open('untaken')
    await review()
    await expect(button('Submit')).toBeDisabled()
    await expect(
      page.getByRole('row', { name: /status.replicas .*ignored.*subresource “status” would take it/ }),
    ).toBeVisible()
    await page.getByRole('checkbox', { name: 'I have seen that 2 of my fields will not be as I wrote them.' }).check()
    await expect(button('Submit')).toBeEnabled()
  })

  test('a prediction is called one', async () => {
    await open('prediction')
    await review()
    await expect(page.getByText(/^Prediction: this resource cannot be dry-run/)).toBeVisible()
  })

  test('nothing to send has no Submit', async () => {
    await open('nothing')
    await review()
    await expect(page.getByRole('heading', { name: 'Nothing to send' })).toBeVisible()
    await expect(button('Submit')).toHaveCount(0)
  })

  test('a slow server can be left', async () => {
    await open('slow')
    await changeImage()
    await page.keyboard.press('Control+Enter')
    await button('Cancel').click()
    await expect(text()).toHaveAttribute('aria-readonly', 'false')
    await expect(button('Review')).toBeEnabled()
  })

  test('the refusal of an unknown field is on its line', async () => {
    await open('unknown-field')
    await changeImage()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('alert')).toContainText('The server does not know the field spec.replica.')
    await expect(page.locator('.cm-lintRange-error')).toHaveText('replicas')
    await page.getByRole('button', { name: /^Line 17/ }).click()
    await expect(page.locator('.cm-activeLine')).toHaveText('  replicas: 3')
  })

  test('the refusal of a policy names it and quotes it in its language', async () => {
    await open('policy')
    await changeImage()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('alert')).toContainText('The policy no-latest-images refused the change.')
    await expect(page.getByRole('alert').locator('[lang=en]')).toHaveText(
      'images need a version: nginx:latest has none',
    )
  })

  test('an overlap shows both sides and leaves the text alone', async () => {
    await open('conflict')
    await changeImage()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('alert').getByRole('row', { name: /^spec.replicas 3 4 5/ })).toBeVisible()
    await expect(text()).toContainText('nginx:1.16.1')
  })
})

test('a mebibyte with 10,000 changes is drawn only where it is looked at', async () => {
  await open('large')
  await text().focus()
  await page.keyboard.type('# typed\n')
  await expect.poll(heldText).toMatch(/^# typed\n/)
  await page.keyboard.press('Control+Enter')
  const changes = region('Changes')
  await expect(changes).toContainText('10,000 added, 10,000 removed')
  await expect(changes.getByText('other 0 ')).toBeVisible()
  expectValue(await changes.getByRole('row').count()).toBeLessThan(1000)
  await page.locator('.review-scroll').evaluate(element => element.scrollTo(0, element.scrollHeight / 2))
  await expect(changes.getByText('other 0 ')).toHaveCount(0)
  await expect(changes.getByText(/other [45]\d{3} /).first()).toBeVisible()
})
