import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { deployments, EditorPage } from './editor.ts'
import { expect, test } from './fixtures.ts'

/** How long the cluster's controllers may take for a rollout, on a machine that does much else. */
const rollout = 90_000
const progress = (page: Page) => page.getByRole('region', { name: 'What becomes of the submit' })
/** A tab of this test's namespace: an app that several tests share may still hold others' edits. */
const tab = (page: Page, namespace: string, name: string) =>
  page.getByRole('tab', { name }).and(page.locator(`[title*="${namespace}"]`))

/** Opens another deployment from the list beside, which leaves the open edits where they are. */
async function openBeside(page: Page, namespace: string, name: string): Promise<void> {
  await page.getByRole('row').filter({ hasText: name }).first().click()
  await page.keyboard.press('e')
  await expect(tab(page, namespace, name).and(page.getByRole('tab', { selected: true }))).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Object YAML' })).toContainText(`name: ${name}`)
}

/** Both themes, for a person to look at, and that everybody can read them. */
async function picture(page: Page, name: string): Promise<void> {
  const root = page.locator('html')
  for (const theme of ['dark', 'light']) {
    await root.evaluate((html, theme) => html.setAttribute('data-theme', theme), theme)
    await page.screenshot({ path: test.info().outputPath(`${name}-${theme}.png`) })
    const { violations } = await new AxeBuilder({ page })
      .include('.converge')
      .withRules(['color-contrast', 'label', 'list', 'nested-interactive', 'aria-allowed-role'])
      .analyze()
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(node => node.html)])).toEqual([])
  }
}

test('what was submitted is watched until it is real, on as many tabs as there are; what an autoscaler takes back is told', async ({
  page,
  namespace,
  kubectl,
}) => {
  // The autoscaler acts every 15 seconds, twice here.
  test.setTimeout(300_000)
  const inNamespace = `--namespace=${namespace}`
  await kubectl(['wait', '--for=jsonpath={.spec.replicas}=2', 'deployment/frontend', inNamespace, '--timeout=90s'])
  const autoscale = (least: number) =>
    kubectl(['patch', 'hpa', 'frontend', inNamespace, '--type=merge', `--patch={"spec":{"minReplicas":${least}}}`])
  // What it takes back while somebody looks on would raise no alarm.
  await autoscale(1)
  const editor = new EditorPage(page)
  await page.goto(`/list/practice/apps/v1/deployments/${namespace}`)
  await openBeside(page, namespace, 'frontend')
  await editor.replace('replicas: 2', 'replicas: 1')
  await editor.toReview()
  await editor.save()
  await expect(progress(page)).toContainText(/Settled after|Not settled yet/)

  await openBeside(page, namespace, 'nginx-deployment')
  await autoscale(2)
  await editor.replace('nginx:1.14.2', 'nginx:1.16.1')
  await editor.toReview()
  await editor.save()
  // Typing goes on meanwhile, and another review does too.
  await editor.replace('nginx:1.16.1', 'nginx:1.17.0')
  await expect(progress(page)).toContainText('Settled after', { timeout: rollout })
  await progress(page).getByText('Settled after').first().click()
  await expect(progress(page)).toContainText('ScalingReplicaSet')
  await expect(progress(page).getByText('3 of 3')).toHaveCount(3)
  await picture(page, 'settled')
  await editor.toReview()
  await progress(page).getByRole('button', { name: 'Watch it no longer' }).click()
  await expect(progress(page)).toHaveCount(0)

  // Meanwhile the autoscaler has put the other one back, out of sight.
  await expect(tab(page, namespace, 'frontend').getByRole('img', { name: 'needs a look' })).toBeVisible({
    timeout: 90_000,
  })
  await tab(page, namespace, 'frontend').click()
  await expect(progress(page)).toContainText('kube-controller-manager has put spec.replicas back to 2.')
  await expect(page.getByRole('img', { name: 'needs a look' })).toHaveCount(0)
  await picture(page, 'taken-back')
  await progress(page).getByRole('button', { name: 'Edit again' }).click()
  await expect(editor.text).toContainText('replicas: 2')
  await expect(editor.text).toBeFocused()
  await progress(page).getByRole('link', { name: 'Open HorizontalPodAutoscaler frontend' }).click()
  await expect(page.getByRole('region', { name: 'Edit of HorizontalPodAutoscaler frontend' })).toBeVisible()
})

test('a rollout that cannot go on says why', async ({ page, namespace }) => {
  test.setTimeout(240_000)
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'nginx-deployment')
  await editor.replace('progressDeadlineSeconds: 600', 'progressDeadlineSeconds: 4')
  await editor.replace('      containers:\n', '      nodeSelector:\n        disk: none\n      containers:\n')
  await editor.toReview()
  await editor.save()
  await expect(progress(page)).toContainText(/pods? in trouble: Unschedulable/, { timeout: rollout })
  await expect(progress(page).getByRole('status')).toHaveText(
    /Watching until it is settled|It does not get on: Progressing ProgressDeadlineExceeded/,
  )
  await expect(progress(page)).toContainText('It does not get on: Progressing ProgressDeadlineExceeded.', {
    timeout: rollout,
  })
  await progress(page).locator('summary').click()
  await expect(progress(page)).toContainText("didn't match Pod's node affinity/selector")
  await picture(page, 'stuck')
})
