import { deployments, EditorPage, runFirst } from './editor.ts'
import { expect, test } from './fixtures.ts'

test('a fragment of a ConfigMap is merged into what makes a running Pod, and reviewed there', async ({
  page,
  namespace,
  kubectl,
}) => {
  const edit = new EditorPage(page)
  const named = '-o=jsonpath={.items[*].metadata.name}'
  let pods = ''
  await expect
    .poll(async () => {
      pods = (await kubectl(['get', 'pods', '-n', namespace, '-l', 'app=nginx', named])).split(' ')[0] ?? ''
      return pods
    })
    .not.toBe('')
  await page.goto(`/object/practice/core/v1/pods/${namespace}/${pods}`)
  await expect(page.getByRole('button', { name: 'Edit' }).first()).toBeVisible()
  await page.getByRole('button', { name: 'More' }).first().click()
  await page.getByRole('menuitem', { name: 'Merge a fragment…' }).click()
  const inPod = page.getByRole('dialog', { name: `Merge a fragment into ${pods}` })
  await inPod.getByRole('radio', { name: /envoy-initializer/ }).check()
  await inPod.getByRole('button', { name: 'Merge into Deployment nginx-deployment' }).click()

  const dialog = page.getByRole('dialog', { name: 'Merge a fragment into nginx-deployment' })
  const brings = dialog.getByRole('region', { name: 'What comes in' })
  await expect(brings).toContainText('spec.template.spec.containers[name=envoy]')
  await expect(brings).toContainText('spec.template.spec.volumes')
  await dialog.getByRole('button', { name: 'Put into the text' }).click()
  await expect(edit.text).toContainText('envoyproxy/envoy:v1.31.2')
  await expect(edit.text).toBeFocused()
  // One step: one undo takes all of it out again.
  await page.keyboard.press('ControlOrMeta+z')
  await expect(edit.text).not.toContainText('envoyproxy')
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await edit.toReview()
  await expect(edit.changes).toContainText('envoyproxy/envoy:v1.31.2')
})

test('where a fragment says something else, what is there stays unless it is chosen', async ({ page, namespace }) => {
  const edit = new EditorPage(page)
  await edit.open(deployments, namespace, 'nginx-deployment')
  await runFirst(page, 'Merge a fragment', 'Merge a fragment')
  const dialog = page.getByRole('dialog', { name: 'Merge a fragment into nginx-deployment' })
  await dialog.getByText('Pasted text').click()
  const text = dialog.getByRole('textbox', { name: 'Text of the fragment' })
  await text.fill('containers: [{name: nginx, $patch: delete}]')
  await expect(dialog.getByText('would remove something')).toBeVisible()
  await text.fill('containers:\n- name: nginx\n  image: nginx:2\n  stdin: true\n')
  const conflict = dialog.getByRole('group', { name: 'spec.template.spec.containers[name=nginx].image' })
  await expect(conflict.getByRole('radio', { name: 'keep nginx:1.14.2' })).toBeChecked()
  await conflict.getByRole('radio', { name: "take the fragment's nginx:2" }).check()
  await dialog.getByRole('button', { name: 'Put into the text' }).click()
  await expect(edit.text).toContainText('nginx:2')
  await expect(edit.text).toContainText('stdin: true')
})
