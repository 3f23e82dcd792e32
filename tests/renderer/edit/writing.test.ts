import { describe, expect as expectValue, test } from 'vitest'
import { button, expect, open, page, region, review, text } from './on-page.ts'

describe('how it is written', () => {
  const writing = () => region('How it is written')
  const strategy = (name: string) => page.getByRole('radio', { name, exact: true })
  const choose = (name: string) =>
    page
      .locator('.strategy')
      .filter({ has: strategy(name) })
      .locator('label')
      .click()
  const request = () => region('Request')

  async function openChooser(): Promise<void> {
    await open('strategies')
    await review()
    await page.keyboard.press('s')
    await expect(strategy('Strategic merge patch')).toBeFocused()
  }

  test('one line says how and why; a key opens the choice, Escape closes it, and only then the review', async () => {
    await openChooser()
    await expect(writing()).toContainText(
      'Strategic merge patch, guarded by version Recommended: nobody else acts on these fields.',
    )
    await expect(strategy('JSON merge patch')).toHaveAccessibleDescription(
      /Lists sent whole.*spec.template.spec.containers/,
    )
    await page.keyboard.press('Escape')
    await expect(strategy('Strategic merge patch')).toHaveCount(0)
    await expect(button('Change how it is written')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(text()).toBeFocused()
  })

  test('another strategy makes another review at once, which the edit remembers until it is closed', async () => {
    await openChooser()
    // The page's clock stands still, so that both keys come within the rest that makes a choice.
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 60_000)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect(strategy('JSON Patch')).toBeFocused()
    await page.clock.resume()
    await expect(request()).toContainText('application/json-patch+json')
    await expect(writing()).toContainText(
      'JSON Patch, guarded by version Your choice for this edit. Recommended: Strategic merge patch, guarded by version.',
    )
    // The keys passed over the merge patch, which was not asked for.
    expectValue(await page.evaluate(() => window.standIn.choices.map(({ strategy }) => strategy))).toEqual([
      null,
      'json',
    ])
    await button('Back to editing').click()
    await page.keyboard.press('Control+Enter')
    await expect(request()).toContainText('application/json-patch+json')
  })

  test('the newest choice wins, and the former review stays until then', async () => {
    await openChooser()
    await page.evaluate(() => {
      const { script } = window.standIn
      const answer = script.review
      script.review = async (session, choice) => {
        if (choice.strategy === 'json') await new Promise(resolve => window.addEventListener('late', resolve))
        return answer(session, choice)
      }
    })
    await choose('JSON Patch')
    await expect(page.getByText('Asking the server for a dry run of the other way…')).toBeVisible()
    await expect(request()).toContainText('application/strategic-merge-patch+json')
    await expect(button('Submit')).toBeDisabled()
    await choose('Replace')
    await expect(request()).toContainText('PUT ')
    await page.evaluate(() => window.dispatchEvent(new Event('late')))
    await expect(page.locator('.review-made[aria-busy=false]')).toBeVisible()
    await expect(request()).toContainText('PUT ')
  })

  test('a refused choice stands beside the review that stays', async () => {
    await openChooser()
    await choose('JSON merge patch')
    await expect(page.getByRole('alert')).toContainText('JSON merge patch was refused.')
    await expect(strategy('Strategic merge patch')).toBeChecked()
    await expect(button('Submit')).toBeEnabled()
    await button('Dismiss').click()
    await expect(page.getByRole('alert')).toHaveCount(0)
    await expect(button('Change how it is written')).toBeFocused()
  })

  test('an apply that others’ fields refuse is forced only by the button that names them, for one review', async () => {
    await openChooser()
    await choose('Server-side apply')
    const alert = page.getByRole('alert')
    await expect(alert).toContainText('spec.replicas owned by kube-controller-manager and argocd-controller')
    await button('Take over these 2 fields').click()
    await expect(request()).toContainText('application/apply-patch+yaml')
    await expect(request()).toContainText('force=true')
    await expect(region('Takes fields over by force')).toContainText('spec.replicas owned by kube-controller-manager')
    await button('Back to editing').click()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('alert')).toContainText('Without force nothing is written.')
    await button('Review as recommended').click()
    await expect(request()).toContainText('application/strategic-merge-patch+json')
  })

  test('a replace names whose changes it takes back, and wants that acknowledged', async () => {
    await openChooser()
    await choose('Replace')
    await expect(region('Takes changes of others back')).toContainText('spec.revisionHistoryLimit 10 → 3 by colleague')
    await expect(button('Submit')).toBeDisabled()
    await page.getByRole('checkbox', { name: 'I have seen that 2 changes of others are taken back.' }).check()
    await expect(button('Submit')).toBeEnabled()
  })

  test('no guard is a choice that is warned of; by value takes a JSON Patch', async () => {
    await openChooser()
    await page.locator('.segment').filter({ hasText: 'None' }).click()
    await expect(region('Not guarded: the last writer wins')).toBeVisible()
    await page.locator('.segment').filter({ hasText: 'By value (JSON Patch)' }).click()
    await expect(writing()).toContainText('JSON Patch, guarded by value')
    await expect(region('Not guarded: the last writer wins')).toHaveCount(0)
    await expect(writing().getByRole('region', { name: 'Cannot write this edit' })).toContainText(
      'JSON merge patchcannot express metadata.annotations["team.example.org/owner"]',
    )
  })

  test('what kubectl apply would take back is told, and can be changed along', async () => {
    await open('strategies')
    await review()
    await expect(page.getByText('would take back one of your fields')).toBeVisible()
    await page.getByText('Field by field').click()
    await expect(
      page.getByRole('row', { name: /containers.name=nginx..image set back nginx:1.16.1 nginx:1.14.2/ }),
    ).toBeVisible()
    await page.getByRole('checkbox', { name: 'Also change it in what kubectl apply remembers' }).check()
    await expect(page.getByText('would keep what you changed')).toBeVisible()
    expectValue(await page.evaluate(() => window.standIn.choices.at(-1)?.lastApplied)).toBe(true)
  })
})
