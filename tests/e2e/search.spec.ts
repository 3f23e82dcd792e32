import type { Page } from '@playwright/test'
import { removeDefinition } from '../established.ts'
import { expect, test } from './fixtures.ts'

const palette = (page: Page) => page.getByRole('combobox', { name: 'Go to anything' })
const options = (page: Page, group: string) => page.getByRole('group', { name: group }).getByRole('option')

test('by keyboard alone: kinds by short name, an object by kind and name, everything by search', async ({
  page,
  namespace,
}) => {
  await page.goto(`/list/practice/apps/v1/deployments/${namespace}`)
  await expect(page.getByRole('grid', { name: 'Deployment' })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+k')
  await palette(page).fill('hpa')
  await expect(options(page, 'Kinds').first()).toContainText('HorizontalPodAutoscalers')
  await page.keyboard.press('Tab')
  await expect(palette(page)).toHaveValue('hpa ')
  await palette(page).fill('deploy/nginx-deployment')
  await expect(options(page, 'Go to').first()).toContainText(`practice / ${namespace}`)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/object/practice/apps/v1/deployments/${namespace}/nginx-deployment`)

  await page.keyboard.press('ControlOrMeta+k')
  await palette(page).fill(`cm envoy -n ${namespace}`)
  // What is chosen stays it while what the host finds comes in above.
  await page.keyboard.press('ArrowUp')
  await expect(options(page, 'Objects')).toHaveText([/^envoy-initializer/])
  await expect(options(page, 'Search')).toHaveAttribute('aria-selected', 'true')
  await palette(page).fill('>sort by')
  await expect(options(page, 'Commands').first()).toContainText('Sort by')
  await expect(page.getByRole('group', { name: 'Kinds' })).toHaveCount(0)

  await palette(page).fill(`envoy-initializer ns:${namespace}`)
  await page.keyboard.press('End')
  // What is found comes in above: nothing slips under the pointer any more.
  await expect(options(page, 'Objects')).toHaveText([/^envoy-initializer/])
  await options(page, 'Search').hover()
  await expect(options(page, 'Search')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/^[^?]*\/search\?q=envoy-initializer/)
  const field = page.getByRole('combobox', { name: 'Search everything' })
  await expect(field).toBeFocused()
  const found = page.getByRole('listbox', { name: 'Found objects' }).getByRole('option')
  await expect(found).toHaveCount(1)
  await expect(found.first()).toContainText(/ConfigMap.*envoy-initializer/)
  // What a context may not list is said.
  const barred = page.getByText('You may not list: ')
  await expect(barred).not.toHaveCount(0)
  await page.getByText(/Not all was searched in \d contexts?$/).click()
  await expect(barred.first()).toBeVisible()
  await field.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/object/practice/core/v1/configmaps/${namespace}/envoy-initializer`)
  await page.goBack()
  await expect(found.first()).toBeVisible()
})

test('a kind appears with its definition and goes with it; it can be read about, and favourites change places', async ({
  page,
  namespace,
  kubectl,
}) => {
  const group = `${namespace}.example.com`
  const name = `gadgets.${group}`
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  const names = { plural: 'gadgets', singular: 'gadget', kind: 'Gadget', shortNames: ['gdg'] }
  const versions = [{ name: 'v1', served: true, storage: true, schema, subresources: { status: {} } }]
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: { group, scope: 'Namespaced', names, versions },
  }
  await page.goto(`/list/practice/core/v1/configmaps/${namespace}`)
  const kinds = page.getByRole('region', { name: 'Kinds' })
  const filter = kinds.getByRole('searchbox', { name: 'Find a kind' })
  await expect(kinds.getByRole('link', { name: 'ConfigMaps' }).first()).toBeVisible()
  await filter.fill(group)
  await expect(kinds.getByText('No kind of that name.')).toBeVisible()
  await kubectl(['create', '-f', '-'], { input: JSON.stringify(definition) })
  const gadgets = kinds.getByRole('link', { name: 'Gadgets' })
  await expect(gadgets).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(gadgets).toBeFocused()
  await page.keyboard.press('i')
  const details = page.getByRole('dialog', { name: 'Gadgets' })
  await expect(details).toContainText(/Also called.*gadget, gdg/)
  await expect(details.getByRole('link', { name: 'v1' })).toBeVisible()
  await expect(details).toContainText('stored')
  await page.keyboard.press('Escape')
  // What stands behind a dialog is hidden from roles.
  await expect(gadgets).toBeVisible()
  await removeDefinition(kubectl, name, `/apis/${group}/v1/gadgets`)
  await expect(gadgets).toHaveCount(0)

  await filter.fill('')
  const links = kinds.getByRole('link')
  await expect(links.first()).toHaveText('Pods')
  await links.first().focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(links.first()).toHaveText('Deployments')
  await links.nth(1).dragTo(links.first())
  await expect(links.first()).toHaveText('Pods')
})
