import { EditorPage } from './editor.ts'
import { expect, test } from './fixtures.ts'

const pods = { group: '', version: 'v1', resource: 'pods' }

test('a Pod that the server does not change is deleted and created again from its text', async ({
  page,
  namespace,
  kubectl,
}) => {
  const edit = new EditorPage(page)
  await kubectl(['run', 'alone', '--image=nginx:1.14.2', '-n', namespace])
  await edit.open(pods, namespace, 'alone')
  await edit.replace('restartPolicy: Always', 'restartPolicy: Never')
  await edit.review.click()
  await page.getByRole('button', { name: 'Delete and create again…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete and create again: alone' })
  await expect(dialog.getByText('its logs')).toBeVisible()
  await expect(dialog.getByText('The server would take it')).toBeVisible()
  await dialog.getByRole('spinbutton', { name: 'Grace period in seconds' }).fill('0')
  await dialog.getByRole('button', { name: 'Delete and create again' }).click()
  await expect(dialog).toBeHidden()
  // The tab goes on with the new object, whose text has nothing more to send.
  await expect(edit.text).toContainText('restartPolicy: Never')
  await expect(page.getByText('Unchanged')).toBeVisible()
  const policy = ['get', 'pod', 'alone', '-n', namespace, '-o', 'jsonpath={.spec.restartPolicy}']
  expect(await kubectl(policy)).toBe('Never')
})

test('a re-creation that was stopped says how far it came, and is brought to its end', async ({
  page,
  namespace,
  kubectl,
}) => {
  const edit = new EditorPage(page)
  const metadata = { name: 'held', namespace, finalizers: ['example.com/hold'] }
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata, immutable: true, data: { a: 'first' } }
  await kubectl(['create', '-f', '-'], { input: JSON.stringify(map) })
  await edit.open({ group: '', version: 'v1', resource: 'configmaps' }, namespace, 'held')
  await edit.replace('a: first', 'a: second')
  await edit.review.click()
  await page.getByRole('button', { name: 'Delete and create again…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete and create again: held' })
  await dialog.getByRole('button', { name: 'Delete and create again' }).click()
  await dialog.getByRole('button', { name: 'Do not wait' }).click()
  await expect(dialog.getByRole('button', { name: 'Do not wait' })).toBeHidden()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByText('on its way out')).toBeVisible()
  await expect(page.getByText('Held by example.com/hold')).toBeVisible()
  await kubectl([
    'patch',
    'configmap',
    'held',
    '-n',
    namespace,
    '--type=merge',
    '-p',
    '{"metadata":{"finalizers":null}}',
  ])
  await expect(page.getByText('the new one was not created')).toBeVisible()
  await page.getByRole('button', { name: 'Create now…' }).click()
  await expect(dialog.getByText('The server would take it, as a dry run says.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(dialog).toBeHidden()
  expect(await kubectl(['get', 'configmap', 'held', '-n', namespace, '-o', 'jsonpath={.data.a}'])).toBe('second')
})
