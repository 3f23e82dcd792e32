import { deployments, EditorPage, pointAt } from './editor.ts'
import { expect, test } from './fixtures.ts'

test('who owns a line, and who will put a change back, is said beside it', async ({ page, namespace, kubectl }) => {
  const write = (spec: unknown, manager: string) =>
    kubectl([
      'patch',
      'deployment',
      'frontend',
      `--namespace=${namespace}`,
      '--type=merge',
      `--field-manager=${manager}`,
      '--patch',
      JSON.stringify(spec),
    ])
  await write({ spec: { revisionHistoryLimit: 4 } }, 'argocd-controller')
  await write(
    {
      metadata: { annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'prod' } },
      spec: { minReadySeconds: 3 },
    },
    'helm',
  )
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'frontend')

  await editor.replace('replicas: ', 'replicas: 1')
  const marks = page.locator('.cm-lintRange-warning')
  await expect(marks).toHaveCount(1)
  const words = 'sets the number of replicas again within seconds, between'
  await pointAt(marks, page.locator('.cm-tooltip-lint', { hasText: words }))

  await page.keyboard.press('Alt+m')
  await page.getByRole('checkbox', { name: 'Show the owner of each line' }).click()
  const pane = page.getByRole('complementary', { name: 'Owners' })
  await expect(pane).toContainText('HorizontalPodAutoscaler')
  await pane.getByRole('button', { name: /^argocd-controller/ }).click()
  await expect(page.locator('.owner-only-line')).toHaveText(/revisionHistoryLimit/)
  await editor.text.focus()
  await page.keyboard.press('Shift+Alt+b')
  await expect(page.locator('.owner-card')).toContainText('argocd-controller')

  await editor.toReview()
  const lasts = page.getByRole('region', { name: 'Your change may not last' })
  await expect(lasts).toContainText('spec.replicas')
  await lasts.getByRole('link', { name: 'HorizontalPodAutoscaler frontend' }).click()
  await expect(page).toHaveURL(/horizontalpodautoscalers/)
})
