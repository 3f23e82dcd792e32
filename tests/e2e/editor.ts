import { expect, type Locator, type Page } from '@playwright/test'
import { type Address, formatAddress } from '../../contract/address.ts'

/** A kind by its address parts. */
export type Kind = { readonly group: string; readonly version: string; readonly resource: string }

export const deployments: Kind = { group: 'apps', version: 'v1', resource: 'deployments' }
export const configMaps: Kind = { group: '', version: 'v1', resource: 'configmaps' }
export const services: Kind = { group: '', version: 'v1', resource: 'services' }
export const secrets: Kind = { group: '', version: 'v1', resource: 'secrets' }
export const advancedStatefulSets: Kind = { group: 'apps.kruise.io', version: 'v1alpha1', resource: 'statefulsets' }

/**
 * Points at a place of a text until it says what is wanted. The pointer of a hand goes on moving: words close, and what was
 * asked for them is dropped, where somebody's findings are drawn anew meanwhile.
 */
export async function pointAt(place: Locator, told: Locator): Promise<void> {
  let x = 2
  await expect(async () => {
    x = x === 2 ? 4 : 2
    await place.hover({ position: { x, y: 8 } })
    await expect(told).toBeVisible({ timeout: 4_000 })
  }).toPass()
}

/** What the list of completions offers and lets be taken: while it is asked for anew, the former list stands there and takes no click. */
export function completions(page: Page): Locator {
  const list = page.locator('.cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)')
  return list.getByRole('listbox', { name: 'Completions' }).getByRole('option')
}

/** Waits until a Deployment is what it shall be: until then its controller goes on writing to it, and others do so for it. */
export async function untilRolledOut(
  kubectl: (args: readonly string[]) => Promise<string>,
  namespace: string,
  name = 'nginx-deployment',
): Promise<void> {
  await kubectl(['rollout', 'status', `deployment/${name}`, '--namespace', namespace, '--timeout=60s'])
}

/** Runs what the palette finds first for these words, once that is what is meant. */
export async function runFirst(page: Page, words: string, meant: string | RegExp): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Go to anything' }).fill(words)
  await expect(page.getByRole('option', { selected: true })).toContainText(meant)
  await page.keyboard.press('Enter')
}

/** The edit of one object on a page, driven by what a person has: names, keys and what is on screen. */
export class EditorPage {
  readonly page: Page
  readonly text: Locator
  readonly review: Locator
  readonly submit: Locator
  readonly changes: Locator
  readonly request: Locator

  constructor(page: Page) {
    this.page = page
    this.text = page.getByRole('textbox', { name: 'Object YAML' })
    this.review = page.getByRole('button', { name: 'Review', exact: true })
    this.submit = page.getByRole('button', { name: 'Submit', exact: true })
    this.changes = page.getByRole('region', { name: 'Changes' })
    this.request = page.getByRole('region', { name: 'Request' })
  }

  /** Opens an object by its address and waits for its text. */
  async open(kind: Kind, namespace: string, name: string, context = 'practice'): Promise<void> {
    const address: Address = { kind: 'edit', target: { context, ...kind, namespace, name, subresource: null } }
    await this.page.goto(formatAddress(address))
    await expect(this.text).toContainText('apiVersion')
  }

  /** The same, and waits until the schema's server is asked about the text: what is typed before has no completions. */
  async openWithHelp(kind: Kind, namespace: string, name: string): Promise<void> {
    const started = this.page.waitForEvent('worker', worker => worker.url().includes('server-worker'))
    await this.open(kind, namespace, name)
    await started
  }

  /** Finds a piece of the text with the editor's own search and types over it. */
  async replace(from: string, to: string): Promise<void> {
    await this.select(from)
    await this.page.keyboard.insertText(to)
  }

  /** Selects the first place that holds a piece of text. */
  async select(piece: string): Promise<void> {
    await this.text.press('ControlOrMeta+Home')
    await this.text.press('ControlOrMeta+f')
    const find = this.page.getByRole('textbox', { name: 'Find' })
    // The panel listens to keys, and reads \n as a line break.
    await find.press('ControlOrMeta+a')
    await find.pressSequentially(piece.replaceAll('\n', '\\n'))
    await find.press('Enter')
    await find.press('Escape')
    await expect(this.text).toBeFocused()
  }

  /** Goes to the review and waits for it. */
  async toReview(): Promise<void> {
    await this.review.click()
    await expect(this.changes)
      .toBeVisible()
      .catch(async (error: Error) => {
        // What stands there instead says why.
        const said = await this.page.locator('.edit').filter({ visible: true }).first().ariaSnapshot()
        throw new Error(`No review came. The page says:\n${said.slice(0, 1_500)}\n${error.message}`)
      })
  }

  /** Submits the review and waits for the word that it is saved. */
  async save(): Promise<void> {
    await this.submit.click()
    await expect(this.page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  }

  /** A message that interrupts, by a part of its words. */
  alert(words: string | RegExp): Locator {
    return this.page.getByRole('alert').filter({ hasText: words })
  }
}
