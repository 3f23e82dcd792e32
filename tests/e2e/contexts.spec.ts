import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { kubectl } from '../../scripts/practice/kubectl.ts'
import { seedNamespace } from '../../scripts/practice/seed.ts'
import { startApp } from './app.ts'
import { test as base, expect } from './fixtures.ts'
import { type ManyContexts, makeManyContexts } from './many-contexts.ts'

const good = 45

/** An app of the file's own, over fifty contexts of a namespace of its own. */
const test = base.extend<object, { many: ManyContexts; home: string }>({
  home: [
    async ({ practice }, use, info) => {
      const name = `many-${info.workerIndex}-${Date.now().toString(36)}`
      await seedNamespace(practice, name)
      await use(name)
      await kubectl(practice, ['delete', 'namespace', name, '--wait=false'])
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  many: [
    async ({ practice, home }, use) => {
      const many = await makeManyContexts(practice, good, home)
      await use(many)
      many.end()
    },
    { scope: 'worker' },
  ],
  app: [
    async ({ many }, use) => {
      const app = await startApp(many.kubeconfigPath)
      await use(app)
      await app.end()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})
test.describe.configure({ mode: 'serial', timeout: 240_000 })

const contexts = (page: Page) => page.getByRole('grid', { name: 'Contexts' })
const context = (page: Page, name: string) => contexts(page).getByRole('row', { name: new RegExp(`^${name}\\b`) })
const list = (page: Page) => page.getByRole('grid', { name: 'Deployment', exact: true })
const menu = async (page: Page, name: string, item: string) => {
  await context(page, name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: item }).click()
}

/** Both themes, for a person to look at; and that everybody can read it. */
async function picture(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: test.info().outputPath(`${name}-${colorScheme}.png`) })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  const { violations } = await new AxeBuilder({ page }).include('.sidebar').include('[role=dialog]').analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

test('fifty contexts, five of them bad: none holds back another, and each says how it stands and why', async ({
  page,
  many,
}) => {
  await page.goto('/')
  await expect(list(page).getByText('nginx-deployment')).toBeVisible()
  await page.keyboard.press('Shift+X')
  await page.keyboard.press('x')
  await expect(page.getByRole('searchbox', { name: 'Find a context' })).toBeFocused()
  await page.keyboard.type('lab')
  await expect(contexts(page).getByRole('row')).toHaveCount(5)
  // While one does not answer at all (it is given 15 seconds), the others do their work.
  await expect(page.getByText(`${2 * good}`, { exact: true })).toBeVisible({ timeout: 90_000 })
  await expect(context(page, 'slow-lab')).toHaveAccessibleName(/^slow-lab slow/)
  await expect(context(page, 'dead-lab')).toContainText(/connecting|unreachable/)
  await expect(context(page, 'forbidden-lab')).toHaveAccessibleName(/^forbidden-lab forbidden/)
  await expect(context(page, 'expired-lab')).toContainText('sign in')
  await picture(page, 'contexts')

  await menu(page, 'forbidden-lab', 'Details…')
  const details = page.getByRole('dialog', { name: 'Context forbidden-lab' })
  await expect(details).toContainText(/You may not (get|list) /)
  many.grant()
  await details.getByRole('button', { name: 'Ask again now' }).click()
  await expect(details.getByRole('status')).toContainText('Connected. Kubernetes v1.35.0.')
  await page.keyboard.press('Escape')

  await page.getByRole('searchbox', { name: 'Find a context' }).fill('')
  await page.getByRole('button', { name: 'Group contexts' }).click()
  await page.getByRole('menuitemradio', { name: 'Group by state' }).click()
  const ready = contexts(page).getByRole('row', { name: /^ready, \d+ contexts, open/ })
  await ready.focus()
  await page.keyboard.press('Enter')
  await expect(contexts(page).getByRole('row', { name: /^ready, \d+ contexts, closed/ })).toBeVisible()
  await expect(context(page, 'shop-0')).toHaveCount(0)
  await expect(context(page, 'expired-lab')).toBeVisible()
})

test('a login is asked for, allowed, shown and waited for; acting as somebody else is seen everywhere', async ({
  page,
  many,
  home,
}) => {
  await page.goto(`/list/sso-lab/apps/v1/deployments/${home}`)
  const programs = page.getByRole('complementary', { name: 'Credential programs' })
  await expect(programs).toContainText('--tenant "acme corp"')
  await programs.getByRole('button', { name: 'Allow' }).click()
  await expect(programs.getByRole('link', { name: 'https://login.example.com/device' })).toBeVisible()
  await expect(programs).toContainText('enter the code KQ7F-2XLP')
  await picture(page, 'signing-in')
  many.signIn()
  await expect(programs).toHaveCount(0)
  await expect(page.getByText('There are no Deployments in')).toBeVisible()

  await page.goto(`/list/shop-1/apps/v1/deployments/${home}`)
  await page.getByRole('searchbox', { name: 'Find a context' }).fill('shop-1 ')
  await menu(page, 'shop-1', 'Act as…')
  await page.getByRole('textbox', { name: 'User' }).fill('practice-viewer')
  await page.getByRole('button', { name: 'Act as this person' }).click()
  await expect(context(page, 'shop-1')).toContainText('as practice-viewer')
  await expect(page.getByRole('contentinfo')).toContainText('as practice-viewer')
  await menu(page, 'shop-1', 'What may I do here…')
  const rights = page.getByRole('dialog', { name: 'What may I do in shop-1' })
  await rights.getByRole('searchbox').fill('deployments.apps')
  const cells = rights.getByRole('row', { name: /^deployments\.apps/ }).getByRole('cell')
  await expect(cells).toHaveText(['✓yes', '✓yes', '✓yes', '–no', '–no', '–no', '–no', '–no'])
  await picture(page, 'rights')
  await page.keyboard.press('Escape')

  // As one who may not even list namespaces: typed by hand, and remembered.
  await menu(page, 'shop-1', 'Act as…')
  await page.getByRole('textbox', { name: 'User' }).fill('nobody')
  await page.getByRole('button', { name: 'Act as this person' }).click()
  await expect(page.getByRole('contentinfo')).toContainText('as nobody')
  const picker = page.getByRole('region', { name: 'Namespaces' }).getByRole('button')
  await picker.click()
  await page.getByRole('searchbox', { name: 'Find a namespace' }).fill('team-x')
  await page.getByRole('option', { name: 'Use “team-x”' }).click()
  await expect(page).toHaveURL(/deployments\/team-x$/)
  await picker.click()
  await page.getByRole('option', { name: 'team-x' }).focus()
  await page.keyboard.press('Delete')
  await page.keyboard.press('Escape')
  await picker.click()
  await page.getByRole('searchbox', { name: 'Find a namespace' }).fill('team')
  await expect(page.getByRole('option', { name: 'Use “team”' })).toBeVisible()
})
