import { advancedStatefulSets, EditorPage } from './editor.ts'
import { expect, test } from './fixtures.ts'

test('a label and the status in one text: two reviews one after the other, and two entries in the history', async ({
  page,
  namespace,
  kubectl,
}) => {
  const editor = new EditorPage(page)
  await editor.open(advancedStatefulSets, namespace, 'sample')
  await editor.replace('app: sample', 'app: sample\n    step: one')
  await editor.text.press('ControlOrMeta+End')
  await page.keyboard.insertText('status:\n  replicas: 7\n')

  await editor.toReview()
  const steps = page.getByRole('region', { name: 'Steps' })
  await expect(steps.getByRole('listitem')).toHaveCount(2)
  await expect(steps.locator('[aria-current=step]')).toContainText('metadata.labels.step')
  await expect(steps).toContainText('next, with a review of its own: status.replicas')
  await expect(editor.request).not.toContainText('/sample/status')
  await page.getByRole('textbox', { name: /^Why/ }).fill('TICKET-7')
  await page.keyboard.press('ControlOrMeta+Enter')

  const second = page.getByRole('button', { name: 'Submit 2 of 2: status' })
  await expect(second).toBeVisible()
  await expect(steps.locator('[aria-current=step]')).toContainText('status')
  await expect(steps).toContainText('saved as version')
  await expect(editor.request).toContainText('/sample/status')
  await page.keyboard.press('Escape')
  const partly = page.getByRole('status').filter({ hasText: 'Saved in part' })
  await expect(partly).toContainText('Not saved: status (status.replicas).')
  await expect(editor.text).toContainText('replicas: 7')
  await page.getByRole('button', { name: 'Review status' }).click()
  await second.click()
  await expect(page.getByRole('status').filter({ hasText: 'Saved: StatefulSet sample' })).toBeVisible()
  await expect(partly).toBeHidden()
  const stored = JSON.parse(
    await kubectl(['get', 'statefulsets.apps.kruise.io', 'sample', `--namespace=${namespace}`, '--output=json']),
  )
  expect(stored).toMatchObject({ metadata: { labels: { step: 'one' } }, status: { replicas: 7 } })

  await page.keyboard.press('Alt+h')
  const entries = page.getByRole('option')
  await expect(entries.first()).toContainText(/\/status.*part 2 of 2.*TICKET-7/)
  await expect(entries.nth(1)).toContainText(/part 1 of 2.*TICKET-7/)
})

test('a status that a controller writes meanwhile is a conflict that can be decided', async ({
  page,
  namespace,
  kubectl,
}) => {
  const editor = new EditorPage(page)
  await editor.open(advancedStatefulSets, namespace, 'sample')
  await editor.text.press('ControlOrMeta+End')
  await page.keyboard.insertText('status:\n  replicas: 7\n')
  await kubectl([
    'patch',
    'statefulsets.apps.kruise.io',
    'sample',
    `--namespace=${namespace}`,
    '--subresource=status',
    '--type=merge',
    '--patch={"status":{"replicas":3}}',
  ])
  await editor.review.click()
  await page.getByRole('button', { name: 'Keep mine: status.replicas' }).click()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Your text now stands' })).toBeVisible()
  await editor.toReview()
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText('1 of 1')
  await expect(editor.request).toContainText('/sample/status')
  await editor.save()
})
