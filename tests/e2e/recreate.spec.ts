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
