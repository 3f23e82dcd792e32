import { EditorPage } from './editor.ts'
import { expect, test } from './fixtures.ts'

test('an image is set and rolled back by a few keys; each goes into the text and its review', async ({
  page,
  namespace,
  kubectl,
}) => {
  const edit = new EditorPage(page)
  const address = `/object/practice/apps/v1/deployments/${namespace}/nginx-deployment`
  const where = ['deployment', 'nginx-deployment', '-n', namespace, '-o']
  await page.goto(address)
  await expect(page.getByText('Settled')).toBeVisible()
  await page.keyboard.press('q')
  const dialog = page.getByRole('dialog', { name: 'Quick edit: nginx-deployment' })
  await dialog.getByRole('combobox', { name: 'nginx' }).fill('nginx:1.29')
  // In the field an Enter may be for Chromium's own list of the images that are known.
  await expect(dialog.getByRole('button', { name: 'Review' })).toBeEnabled()
  await dialog.getByRole('button', { name: 'Review' }).press('Enter')
  await expect(edit.changes).toContainText('nginx:1.29')
  // The server's own label comes with it: what is submitted is a reviewed plan as ever.
  await expect(edit.changes).toContainText('image-tag: "1.29"')
  await edit.submit.click()
  await expect(edit.text).toBeVisible()
  const image = 'jsonpath={.spec.template.spec.containers[0].image}'
  await expect.poll(() => kubectl(['get', ...where, image])).toBe('nginx:1.29')

  // What is gone back from is a revision once its controller has made one of it.
  await kubectl(['rollout', 'status', 'deployment/nginx-deployment', '-n', namespace])
  await page.goto(address)
  await expect(page.getByText('Settled')).toBeVisible()
  await page.getByRole('button', { name: 'More actions' }).first().click()
  await page.getByRole('menuitem', { name: 'Roll back…' }).click()
  const history = page.getByRole('dialog', { name: 'Roll back: nginx-deployment' })
  await expect(history.getByRole('radio', { name: /1 nginx:1\.14\.2/ })).toBeChecked()
  await expect(history.getByText('nginx:1.29').last()).toBeVisible()
  await history.getByRole('button', { name: 'Review' }).click()
  await edit.submit.click()
  await expect.poll(() => kubectl(['get', ...where, image])).toBe('nginx:1.14.2')
})

test('many objects are changed in one go, each shown before and after', async ({ page, namespace, kubectl }) => {
  await kubectl(['create', 'deployment', 'second', '-n', namespace, '--image=nginx:1.14.2', '--replicas=0'])
  await kubectl(['label', 'deployment', 'second', '-n', namespace, 'tier=front'])
  await page.goto(`/list/practice/apps/v1/deployments/${namespace}`)
  await expect(page.getByRole('row', { name: /second/ })).toBeVisible()
  await page.getByRole('grid', { name: 'Deployment' }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('q')
  const dialog = page.getByRole('dialog', { name: 'Quick edit: 3 objects' })
  await dialog.getByText('Labels', { exact: true }).click()
  // Some have it already, and are left alone.
  await dialog.getByRole('textbox', { name: 'Value tier' }).fill('front')
  await expect(dialog.getByRole('button', { name: 'Check 3 objects' })).toBeEnabled()
  await page.keyboard.press('Enter')
  const items = dialog.getByRole('list', { name: 'Objects' })
  await expect(items.getByText('needs no change')).toHaveCount(1)
  await expect(items.getByText('will change')).toHaveCount(2)
  await expect(items.getByText('metadata.labels.tier')).toHaveCount(2)
  await dialog.getByRole('button', { name: 'Submit 2 changes' }).click()
  await expect(dialog.getByRole('status')).toContainText('2 changed · 1 needs no change')
  const said = await kubectl(['get', 'deployments', '-n', namespace, '-l', 'tier=front', '-o', 'name'])
  expect(said.trim().split('\n')).toHaveLength(3)
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(dialog).toBeHidden()
})
