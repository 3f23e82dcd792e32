import type { Page } from '@playwright/test'
import { deployments, EditorPage } from './editor.ts'
import { expect, test } from './fixtures.ts'

/** Takes down what the editor says to screen readers from now on; the returned function gives it so far. */
async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  const heard = await page
    .locator('.cm-announced')
    .first()
    .evaluateHandle(place => {
      const texts: string[] = []
      new MutationObserver(changes => {
        for (const { addedNodes } of changes)
          for (const { textContent } of addedNodes) if (textContent?.trim()) texts.push(textContent)
      }).observe(place, { childList: true })
      return texts
    })
  return () => heard.jsonValue()
}

/** The descriptions of the text's lines, by what the lines say, as the browser's accessibility tree has them. */
async function descriptions(page: Page): Promise<ReadonlyMap<string, string>> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const byId = new Map(nodes.map(node => [node.nodeId, node]))
  const textOf = (id: string): string => {
    const node = byId.get(id)
    if (node === undefined) return ''
    if (node.role?.value === 'StaticText') return String(node.name?.value ?? '')
    return (node.childIds ?? []).map(textOf).join('')
  }
  const described = nodes.filter(({ role, description }) => role?.value === 'generic' && description?.value)
  return new Map(described.map(node => [textOf(node.nodeId).trim(), String(node.description?.value)]))
}

test('the marks of a line are said once, described, and walked through by keys alone', async ({
  page,
  namespace,
  kubectl,
}) => {
  // Its controller notes a revision in it first: what others change has a mark, too.
  await kubectl(['rollout', 'status', 'deployment/frontend', `--namespace=${namespace}`])
  const editor = new EditorPage(page)
  await editor.open(deployments, namespace, 'frontend')
  await page.keyboard.press('Alt+b')
  await expect(page.locator('.owner-mark').first()).toBeVisible()
  const heard = await listen(page)
  await editor.replace('imagePullPolicy: IfNotPresent', 'imagePullPolicy: Sometimes')
  // Who types hears what others find there, not what was typed.
  await expect.poll(heard).toContainEqual(expect.stringMatching(/^error: .*Never/))
  expect((await heard()).join()).not.toContain('changed by you')

  await editor.replace('replicas: 2', 'replicas: 3')
  await expect(page.locator('.change-changed')).toHaveCount(2)
  // Who puts the number back is known only once the host has looked.
  await expect(page.locator('.cm-lintRange-warning')).toBeVisible()
  await page.keyboard.press('F9')
  await expect.poll(heard).toContainEqual(expect.stringMatching(/^Line \d+: error: .*; changed by you; Owned by/))
  await page.keyboard.press('F9')
  await expect(page.locator('.cm-activeLine').filter({ visible: true })).toContainText('replicas: 3')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await expect.poll(heard).toContainEqual(expect.stringMatching(/^warning: .*; changed by you/))

  const described = await descriptions(page)
  expect(described.get('replicas: 3')).toContain('changed by you')
  expect(described.get('paused: false') ?? described.get('progressDeadlineSeconds: 600')).toContain('Owned by')

  await page.keyboard.press('Shift+F9')
  await page.keyboard.press('Alt+F9')
  const card = page.getByRole('dialog', { name: /^Marks of line \d+$/ })
  await expect(card).toBeFocused()
  await expect(card.getByRole('listitem').first()).toContainText('Never')
  await page.keyboard.press('Escape')
  await expect(card).toHaveCount(0)
  await expect(editor.text).toBeFocused()
})
