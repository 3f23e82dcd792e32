import { describe, test } from 'vitest'
import { button, expect, heldText, open, page, region, replace, review, text } from './on-page.ts'

describe('the submit', () => {
  test('says what was saved and moves the text onto it, beside the undo history', async () => {
    await open('plain')
    await replace('apiVersion: apps/v1', 'apiVersion: apps/v1 # mine')
    await review()
    await page.keyboard.press('Control+Enter')
    await expect(
      page.getByRole('status').filter({ hasText: 'Saved: Deployment nginx-deployment is now at version 4720.' }),
    ).toBeVisible()
    await expect(page.getByText('Unchanged')).toBeVisible()
    await expect(text()).toContainText('resourceVersion: "4720"')
    await expect(text()).toContainText('# mine')
    await expect
      .poll(() => page.evaluate(() => window.standIn.reports.filter(report => report.kind === 'rebased')))
      .toMatchObject([{ fromBase: '4711', toBase: '4720' }])
    await text().focus()
    await page.keyboard.press('Control+z')
    await expect(text()).toContainText('nginx:1.14.2')
    await expect(text()).toContainText('resourceVersion: "4720"')
    await expect.poll(heldText).toContain('nginx:1.14.2')
  })

  test('says what came in from whom and what the server did otherwise', async () => {
    await open('notes')
    await review()
    await page.getByRole('checkbox', { name: 'I have seen that the object is probably too large.' }).check()
    await button('Submit').click()
    const said = page.getByRole('status').filter({ hasText: 'Saved:' })
    await expect(said).toContainText('2 attempts')
    await expect(said).toContainText('spec.replicas: 3 → 5 (by kube-controller-manager)')
    await expect(said).toContainText('spec.clusterIP: 10.0.0.7 → 10.0.0.9')
    await expect(said.locator('[lang=en]')).toContainText('should be a DNS label')
  })

  test('another answer than the reviewed one is reviewed again, and can be compared with it', async () => {
    await open('review-again')
    await review()
    await button('Submit').click()
    await expect(page.getByText(/^Not sent: others changed the object meanwhile/)).toBeVisible()
    await page.getByRole('radio', { name: 'What you reviewed' }).click()
    await expect(region('Changes')).toContainText('The two texts are the same')
  })

  test('that waits for the server says so, and can be stopped', async () => {
    await open('busy')
    await review()
    await button('Submit').click()
    await expect(page.getByText('The server asked to wait for 17 seconds')).toBeVisible()
    await button('Stop waiting').click()
    await expect(page.getByRole('alert')).toContainText('your change was not made')
    await expect(button('Submit')).toBeEnabled()
  })

  test('a lost answer is not repeated: it says so and offers a new review', async () => {
    await open('outcome-unknown')
    await review()
    await button('Submit').click()
    await expect(page.getByRole('alert')).toContainText('could not be found out whether the change was made')
    await expect(button('Submit')).toBeDisabled()
    await button('Review again').click()
    await expect(button('Submit')).toBeEnabled()
  })
})
