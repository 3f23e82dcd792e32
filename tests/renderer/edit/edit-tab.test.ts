import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, expect as expectPage, type Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, expect as expectValue, test, vi } from 'vitest'
import { type ServedPage, servePage } from './page/serve.ts'

// The browser shares its cores with everything else that is tested.
vi.setConfig({ testTimeout: 90_000 })
const expect = expectPage.configure({ timeout: 20_000 })

let served: ServedPage
let browser: Browser
let page: Page
/** What the browser complained about: broken rules of the content security policy, thrown errors. */
let complaints: string[] = []

beforeAll(async () => {
  served = await servePage()
  browser = await chromium.launch({
    executablePath: process.env.PATCHBAY_CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
  })
})

afterAll(async () => {
  await browser.close()
  await served.end()
})

afterEach(async () => {
  await page.context().close()
  expectValue(complaints).toEqual([])
})

async function open(scene: string, query = ''): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  complaints = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text())
  })
  await page.goto(`${served.origin}/?scene=${scene}${query}`)
  await text().waitFor()
}

const text = () => page.getByRole('textbox', { name: /YAML$/ })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const region = (name: string) => page.getByRole('region', { name, exact: true })

/** Finds and replaces as a person would, by keys. */
async function replace(what: string, by: string): Promise<void> {
  await text().focus()
  await page.keyboard.press('Control+f')
  const find = page.getByRole('textbox', { name: 'Find' })
  await find.fill(what)
  await page.getByRole('textbox', { name: 'Replace' }).fill(by)
  await page.getByRole('button', { name: 'replace all' }).click()
  await find.press('Escape')
}

const changeImage = () => replace('nginx:1.14.2', 'nginx:1.16.1')
const heldText = () => page.evaluate(() => window.standIn.session().text)

async function review(): Promise<void> {
  await changeImage()
  await page.keyboard.press('Control+Enter')
  await region('Changes').waitFor()
}

describe('the text', () => {
  test('opens with status folded, unchanged, under its stable name', async () => {
    await open('plain')
    await expect(page.getByRole('textbox', { name: 'Object YAML', exact: true })).toBeFocused()
    await expect(page.getByText('Unchanged')).toBeVisible()
    await page.keyboard.press('Control+End')
    await expect(page.getByText('… 7 lines')).toBeVisible()
    await expect(text()).not.toContainText('observedGeneration')
  })

  test('every change reaches the host, by itself', async () => {
    await open('plain')
    await changeImage()
    await expect.poll(heldText).toContain('nginx:1.16.1')
    await expect(page.getByText('Kept on disk')).toBeVisible()
    await expect(page.locator('main')).toHaveAttribute('data-changed', 'true')
    await expect(page.locator('.cm-changeGutter .change-changed')).toHaveCount(1)
  })

  test('a change back to what it was counts as unchanged', async () => {
    await open('plain')
    await changeImage()
    await expect(page.getByText('Changed', { exact: true })).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(page.getByText('Unchanged')).toBeVisible()
  })

  test('another kind and name are refused on their lines, before any request', async () => {
    await open('plain')
    await page.evaluate(() => {
      window.standIn.script.review = () => {
        throw new Error('a review was asked for')
      }
    })
    await replace('kind: Deployment', 'kind: Pod')
    await replace('name: nginx-deployment', 'name: other')
    const problems = region('Problems').getByRole('listitem')
    await expect(problems.nth(0)).toContainText(
      'Line 2kind says what this object is: it must stay Deployment, not Pod.',
    )
    await expect(problems.nth(1)).toContainText('Line 11An object cannot be renamed')
    await expect(button('Review')).toBeDisabled()
    await expect(button('Review')).toHaveAccessibleDescription(/2 are left/)
    await page.keyboard.press('Control+Enter')
    await expect(region('Changes')).toHaveCount(0)
  })

  test('each slip of YAML is on its line; F8 walks from one to the next', async () => {
    await open('plain')
    await replace('  replicas: 3', '  replicas: 3\\n  replicas: 4')
    await replace('dnsPolicy: ClusterFirst', 'dnsPolicy: .inf')
    await expect(page.locator('.cm-lint-marker-error')).toHaveCount(2)
    await page.keyboard.press('F8')
    await expect(page.locator('.cm-activeLine')).toHaveText('  replicas: 4')
    await page.keyboard.press('F8')
    await expect(page.locator('.cm-activeLine')).toContainText('dnsPolicy')
  })

  test('Tab indents, Escape and Tab leaves', async () => {
    await open('plain')
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Tab')
    await expect(page.locator('.cm-line').first()).toHaveText('  apiVersion: apps/v1')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    await expect(text()).not.toBeFocused()
  })

  test('what is typed while the host is away is kept, said, and handed over', async () => {
    await open('plain')
    await page.evaluate(() => {
      window.standIn.connect(false)
      window.standIn.script.report = () => ({ ok: false, problem: { code: 'host-gone' } })
    })
    await changeImage()
    await expect(page.getByText('what you type is kept in this window')).toBeVisible()
    await expect(button('Review')).toBeDisabled()
    await page.evaluate(() => {
      window.standIn.script.report = () => null
      window.standIn.connect(true)
    })
    await expect.poll(heldText).toContain('nginx:1.16.1')
    await expect(button('Review')).toBeEnabled()
  })

  test('who may not patch reads the reason and cannot type', async () => {
    await open('read-only')
    await expect(
      page.getByText('You may not patch deployments.apps “nginx-deployment” in the namespace default.'),
    ).toBeVisible()
    await expect(text()).toHaveAttribute('aria-readonly', 'true')
    await text().press('x')
    await expect(text()).not.toContainText('xapiVersion')
    await expect(button('Review')).toBeDisabled()
  })

  test('a page that another one took the edit from follows read-only, and can take it back', async () => {
    await open('plain')
    await page.evaluate(() => window.standIn.host.client.edit.resume({ edit: 'edit-1' }))
    await expect(
      page.getByText('Another window is editing this object; this one shows the text as it was.'),
    ).toBeVisible()
    await expect(text()).toHaveAttribute('aria-readonly', 'true')
    await button('Edit here').click()
    await expect(text()).toHaveAttribute('aria-readonly', 'false')
    await changeImage()
    await expect.poll(heldText).toContain('nginx:1.16.1')
  })

  test('Discard asks only when something would be lost', async () => {
    await open('plain')
    await changeImage()
    await expect(page.getByText('Changed', { exact: true })).toBeVisible()
    await button('Discard').click()
    await page
      .getByRole('alertdialog', { name: 'Discard your changes?' })
      .getByRole('button', { name: 'Keep editing' })
      .click()
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
    await text().focus()
    await page.keyboard.press('Control+z')
    await expect(page.getByText('Unchanged')).toBeVisible()
    await button('Discard').click()
    await expect(page.getByText('closed')).toBeVisible()
    expectValue(await page.evaluate(() => window.standIn.discarded())).toBe(true)
  })
})

describe('the object meanwhile', () => {
  test('what others changed is marked, with who it was', async () => {
    await open('others')
    await page.getByText('kube-controller-manager changed spec.replicas and 1 more').click()
    await expect(page.getByRole('row', { name: /team.example.org.owner.*an unknown writer/ })).toBeVisible()
  })

  test('a deleted object can be created again from the text', async () => {
    await open('gone')
    await button('Create again').click()
    await expect(page.getByText('New object')).toBeVisible()
  })
})

describe('the review', () => {
  test('shows live against the answer, the layer of each line, and the request', async () => {
    await open('plain')
    await review()
    const changes = region('Changes')
    await expect(changes.getByRole('row', { name: /removed: .*nginx:1.14.2 My edit/ })).toBeVisible()
    await expect(changes.getByRole('row', { name: /added: .*nginx:1.16.1 My edit/ })).toBeVisible()
    await expect(changes.getByRole('row', { name: /added: .*image-tag: 1.16.1 Server adds/ })).toBeVisible()
    await expect(changes.getByRole('row', { name: /added: .*generation: 2 Any write causes/ })).toBeVisible()
    const request = region('Request')
    await expect(request).toContainText('PATCH /apis/apps/v1/namespaces/default/deployments/nginx-deployment')
    await expect(request).toContainText('application/strategic-merge-patch+json')
    await expect(request).toContainText('kubectl --context practice patch')
  })

  test('layers can be left out, folds opened, sides put beside each other', async () => {
    await open('plain')
    await review()
    const changes = region('Changes')
    await changes.getByRole('button', { name: 'Any write causes' }).click()
    await expect(changes.getByRole('row', { name: /generation: 2/ })).toHaveCount(0)
    await expect(changes.getByRole('row', { name: /nginx:1.16.1/ })).toBeVisible()
    await changes.getByRole('button', { name: 'Show all lines' }).click()
    await expect(changes.getByRole('row', { name: /generation: 2/ })).toBeVisible()
    await expect(changes.getByRole('row', { name: /apiVersion: apps.v1/ })).toBeVisible()
    await changes.getByRole('radio', { name: 'Side by side' }).click()
    await expect(changes.getByRole('row', { name: /nginx:1.14.2 .*nginx:1.16.1 My edit/ })).toBeVisible()
  })

  test('Escape goes back to the text, which is as it was', async () => {
    await open('plain')
    await review()
    await page.keyboard.press('Escape')
    await expect(text()).toBeFocused()
    await expect(text()).toContainText('nginx:1.16.1')
  })

  test('fields that will not be taken must be acknowledged before Submit', async () => {
    await open('untaken')
    await review()
    await expect(button('Submit')).toBeDisabled()
    await expect(
      page.getByRole('row', { name: /status.replicas .*ignored.*subresource “status” would take it/ }),
    ).toBeVisible()
    await page.getByRole('checkbox', { name: 'I have seen that 2 of my fields will not be as I wrote them.' }).check()
    await expect(button('Submit')).toBeEnabled()
  })

  test('a prediction is called one', async () => {
    await open('prediction')
    await review()
    await expect(page.getByText(/^Prediction: this resource cannot be dry-run/)).toBeVisible()
  })

  test('nothing to send has no Submit', async () => {
    await open('nothing')
    await review()
    await expect(page.getByRole('heading', { name: 'Nothing to send' })).toBeVisible()
    await expect(button('Submit')).toHaveCount(0)
  })

  test('a slow server can be left', async () => {
    await open('slow')
    await changeImage()
    await page.keyboard.press('Control+Enter')
    await button('Cancel').click()
    await expect(text()).toHaveAttribute('aria-readonly', 'false')
    await expect(button('Review')).toBeEnabled()
  })

  test('the refusal of an unknown field is on its line', async () => {
    await open('unknown-field')
    await changeImage()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('alert')).toContainText('The server does not know the field spec.replica.')
    await expect(page.locator('.cm-lintRange-error')).toHaveText('replicas')
    await page.getByRole('button', { name: /^Line 17/ }).click()
    await expect(page.locator('.cm-activeLine')).toHaveText('  replicas: 3')
  })

  test('the refusal of a policy names it and quotes it in its language', async () => {
    await open('policy')
    await changeImage()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('alert')).toContainText('The policy no-latest-images refused the change.')
    await expect(page.getByRole('alert').locator('[lang=en]')).toHaveText(
      'images need a version: nginx:latest has none',
    )
  })

  test('an overlap shows both sides and leaves the text alone', async () => {
    await open('conflict')
    await changeImage()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('alert').getByRole('row', { name: /^spec.replicas 3 4 5/ })).toBeVisible()
    await expect(text()).toContainText('nginx:1.16.1')
  })
})

describe('a conflict is settled', () => {
  const card = (path: string) => page.getByRole('group', { name: path })
  const status = () => page.getByRole('status').filter({ hasText: 'Your text now stands on what is live' })
  const left = (words: string) => page.getByRole('status').filter({ hasText: words })

  async function collide(query = ''): Promise<void> {
    await open('overlap', query)
    await replace('  replicas: 3', '  replicas: 4 # mine')
    await replace('revisionHistoryLimit: 10', 'revisionHistoryLimit: 7')
    await page.keyboard.press('Control+Enter')
    await expect(card('spec.replicas')).toBeFocused()
  }

  test('field by field: the text stands on live with what was chosen, and undo brings mine back', async () => {
    await collide()
    await expect(card('spec.replicas').locator('dd')).toHaveText(['3', '4', '5'])
    await button('Keep mine: spec.replicas').click()
    await expect(left('One left to decide')).toBeVisible()
    await expect(button('Put into the text')).toBeDisabled()
    await button('Take theirs: spec.revisionHistoryLimit').click()
    await expect(card('spec.revisionHistoryLimit').locator('pre')).toContainText('revisionHistoryLimit: 3')
    await button('Put into the text').click()
    await expect(status()).toContainText('Kept yours: spec.replicas')
    await expect(status()).toContainText('Took theirs, which undo takes back: spec.revisionHistoryLimit')
    await expect(status()).toContainText('owner')
    await expect(text()).toBeFocused()
    await expect.poll(heldText).toContain('replicas: 4 # mine\n  revisionHistoryLimit: 3\n')
    expectValue(await heldText()).toContain('owner: web')
    const rebased = await page.evaluate(() => window.standIn.reports.filter(report => report.kind === 'rebased'))
    expectValue(rebased).toMatchObject([{ fromBase: '4711', toBase: '4715' }])
    await page.keyboard.press('Control+z')
    await expect.poll(heldText).toContain('replicas: 4 # mine\n  revisionHistoryLimit: 7\n')
    expectValue(await heldText()).toContain('owner: web')
    await page.keyboard.press('Control+Enter')
    await region('Changes').waitFor()
  })

  test('by keyboard alone: walk, take, type a result that is checked, go on', async () => {
    await collide()
    await page.keyboard.press('j')
    await expect(card('spec.revisionHistoryLimit')).toBeFocused()
    await page.keyboard.press('t')
    await page.keyboard.press('Enter')
    await expect(card('spec.replicas')).toBeFocused()
    await page.keyboard.press('e')
    const result = page.getByRole('textbox', { name: 'Result of spec.replicas, as YAML' })
    await expect(result).toBeFocused()
    await expect(result).toHaveValue('4')
    await result.fill('[6')
    await expect(result).toHaveAttribute('aria-invalid', 'true')
    await expect(left('One left to decide')).toBeVisible()
    await result.fill('6')
    await expect(left('All are decided')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(card('spec.replicas')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(status()).toContainText('Took your result, which undo takes back: spec.replicas')
    await expect.poll(heldText).toContain('replicas: 6 # mine\n  revisionHistoryLimit: 3\n')
    await page.keyboard.press('Control+z')
    await expect.poll(heldText).toContain('replicas: 4 # mine\n  revisionHistoryLimit: 7\n')
  })

  test('all of them at once; Escape leaves the text as it was, and keeps what was decided', async () => {
    await collide()
    await button('Keep mine in all').click()
    await page.keyboard.press('Escape')
    await expect(text()).toBeFocused()
    await expect.poll(heldText).toContain('replicas: 4 # mine\n  revisionHistoryLimit: 7\n')
    await button('Decide 2 conflicts…').click()
    await expect(left('All are decided')).toBeVisible()
    await page.keyboard.press('Control+Enter')
    await expect(status()).toContainText('spec.revisionHistoryLimit')
    await expect.poll(heldText).toContain('replicas: 4 # mine\n  revisionHistoryLimit: 7\n')
    await page.keyboard.press('Control+Enter')
    await region('Changes').waitFor()
  })

  test('what moves again meanwhile must be decided anew, the rest stays decided', async () => {
    await collide()
    await button('Keep mine in all').click()
    await page.evaluate(() => window.standIn.moveOn({ replicas: 8 }))
    await expect(card('spec.replicas').locator('dd')).toHaveText(['3', '4', '8'])
    await expect(card('spec.replicas')).toContainText('This changed again on the server')
    await expect(left('One left to decide')).toBeVisible()
    await button('Take theirs: spec.replicas').click()
    await button('Put into the text').click()
    await expect.poll(heldText).toContain('replicas: 8 # mine\n  revisionHistoryLimit: 7\n')
  })

  test('what others changed elsewhere is taken in without a review, and undo leaves it', async () => {
    await open('overlap')
    await replace('dnsPolicy: ClusterFirst', 'dnsPolicy: Default')
    await page.getByText('kube-controller-manager changed spec.replicas and 1 more').click()
    await button('Take in').click()
    await expect(status()).toContainText('Came in from others:')
    await expect(status()).toContainText('spec.replicas (by kube-controller-manager)')
    await expect.poll(heldText).toContain('replicas: 5')
    await expect(text()).toBeFocused()
    await page.keyboard.press('Control+z')
    await expect.poll(heldText).toContain('dnsPolicy: ClusterFirst')
    expectValue(await heldText()).toContain('replicas: 5')
    await expect(page.getByText('Unchanged')).toBeVisible()
  })

  test('what cannot be taken in without a decision asks for it', async () => {
    await open('overlap')
    await replace('  replicas: 3', '  replicas: 4')
    await page.getByText('kube-controller-manager changed spec.replicas and 1 more').click()
    await button('Take in').click()
    await button('Take theirs: spec.replicas').click()
    await page.keyboard.press('Control+Enter')
    await expect.poll(heldText).toContain('replicas: 5')
  })

  test.each(['light', 'dark'])('axe finds nothing in it, %s', async theme => {
    await collide(`&theme=${theme}`)
    await page.keyboard.press('m')
    await page.keyboard.press('j')
    await page.keyboard.press('e')
    expectValue((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  })
})

describe('what others changed', () => {
  const marks = () => page.locator('.others-mark')

  test('is marked on its lines, overlaps otherwise; pointer and keys tell who and what', async () => {
    await open('overlap')
    await expect(marks()).toHaveText([
      'annotations:',
      'deployment.kubernetes.io/revision: "1"',
      'replicas: 3',
      'revisionHistoryLimit: 10',
    ])
    await replace('  replicas: 3', '  replicas: 4')
    await expect(page.locator('.others-mark.overlaps')).toHaveText('replicas: 4')
    await page.locator('.others-mark.overlaps').hover()
    const words = page.locator('.others-words')
    await expect(words).toContainText('kube-controller-manager changed spec.replicas: 3 → 5. You changed it too.')
    await page.mouse.move(0, 0)
    await text().focus()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Alt+F6')
    await expect(page.locator('.cm-activeLine')).toContainText('annotations')
    await page.keyboard.press('Alt+F6')
    await page.keyboard.press('Alt+F6')
    await expect(page.locator('.cm-activeLine')).toContainText('replicas: 4')
    await expect(words).toContainText('You changed it too.')
    await words.getByRole('button', { name: 'Decide…' }).click()
    await expect(page.getByRole('group', { name: 'spec.replicas' })).toBeFocused()
  })

  test('comes in at once where that is wished, with a quiet word, without moving the cursor; never over mine', async () => {
    await open('overlap', '&takeIn=at-once')
    await expect.poll(heldText).toContain('replicas: 5')
    await expect(page.getByRole('status').filter({ hasText: 'Came in' })).toContainText(
      'spec.replicas (by kube-controller-manager)',
    )
    await replace('dnsPolicy: ClusterFirst', 'dnsPolicy: Default')
    await page.evaluate(() => window.standIn.moveOn({ replicas: 8 }))
    await expect.poll(heldText).toContain('replicas: 8')
    expectValue(await heldText()).toContain('dnsPolicy: Default')
    await text().focus()
    await page.keyboard.press('Control+z')
    await expect.poll(heldText).toContain('dnsPolicy: ClusterFirst')
    expectValue(await heldText()).toContain('replicas: 8')
    await replace('  replicas: 8', '  replicas: 4')
    await page.evaluate(() => window.standIn.moveOn({ replicas: 9, revisionHistoryLimit: 2 }))
    await expect(button('Decide a conflict…')).toBeVisible()
    expectValue(await heldText()).toContain('replicas: 4')
    expectValue(await heldText()).toContain('revisionHistoryLimit: 3')
  })
})

describe('how it is written', () => {
  const writing = () => region('How it is written')
  const strategy = (name: string) => page.getByRole('radio', { name, exact: true })
  const choose = (name: string) =>
    page
      .locator('.strategy')
      .filter({ has: strategy(name) })
      .locator('label')
      .click()
  const request = () => region('Request')

  async function openChooser(): Promise<void> {
    await open('strategies')
    await review()
    await page.keyboard.press('s')
    await expect(strategy('Strategic merge patch')).toBeFocused()
  }

  test('one line says how and why; a key opens the choice, Escape closes it, and only then the review', async () => {
    await openChooser()
    await expect(writing()).toContainText(
      'Strategic merge patch, guarded by version Recommended: nobody else acts on these fields.',
    )
    await expect(strategy('JSON merge patch')).toHaveAccessibleDescription(
      /Lists sent whole.*spec.template.spec.containers/,
    )
    await page.keyboard.press('Escape')
    await expect(strategy('Strategic merge patch')).toHaveCount(0)
    await expect(button('Change how it is written')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(text()).toBeFocused()
  })

  test('another strategy makes another review at once, which the edit remembers until it is closed', async () => {
    await openChooser()
    // The page's clock stands still, so that both keys come within the rest that makes a choice.
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 60_000)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect(strategy('JSON Patch')).toBeFocused()
    await page.clock.resume()
    await expect(request()).toContainText('application/json-patch+json')
    await expect(writing()).toContainText(
      'JSON Patch, guarded by version Your choice for this edit. Recommended: Strategic merge patch, guarded by version.',
    )
    // The keys passed over the merge patch, which was not asked for.
    expectValue(await page.evaluate(() => window.standIn.choices.map(({ strategy }) => strategy))).toEqual([
      null,
      'json',
    ])
    await button('Back to editing').click()
    await page.keyboard.press('Control+Enter')
    await expect(request()).toContainText('application/json-patch+json')
  })

  test('the newest choice wins, and the former review stays until then', async () => {
    await openChooser()
    await page.evaluate(() => {
      const { script } = window.standIn
      const answer = script.review
      script.review = async (session, choice) => {
        if (choice.strategy === 'json') await new Promise(resolve => window.addEventListener('late', resolve))
        return answer(session, choice)
      }
    })
    await choose('JSON Patch')
    await expect(page.getByText('Asking the server for a dry run of the other way…')).toBeVisible()
    await expect(request()).toContainText('application/strategic-merge-patch+json')
    await expect(button('Submit')).toBeDisabled()
    await choose('Replace')
    await expect(request()).toContainText('PUT ')
    await page.evaluate(() => window.dispatchEvent(new Event('late')))
    await expect(page.locator('.review-made[aria-busy=false]')).toBeVisible()
    await expect(request()).toContainText('PUT ')
  })

  test('a refused choice stands beside the review that stays', async () => {
    await openChooser()
    await choose('JSON merge patch')
    await expect(page.getByRole('alert')).toContainText('JSON merge patch was refused.')
    await expect(strategy('Strategic merge patch')).toBeChecked()
    await expect(button('Submit')).toBeEnabled()
    await button('Dismiss').click()
    await expect(page.getByRole('alert')).toHaveCount(0)
    await expect(button('Change how it is written')).toBeFocused()
  })

  test('an apply that others’ fields refuse is forced only by the button that names them, for one review', async () => {
    await openChooser()
    await choose('Server-side apply')
    const alert = page.getByRole('alert')
    await expect(alert).toContainText('spec.replicas owned by kube-controller-manager and argocd-controller')
    await button('Take over these 2 fields').click()
    await expect(request()).toContainText('application/apply-patch+yaml')
    await expect(request()).toContainText('force=true')
    await expect(region('Takes fields over by force')).toContainText('spec.replicas owned by kube-controller-manager')
    await button('Back to editing').click()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('alert')).toContainText('Without force nothing is written.')
    await button('Review as recommended').click()
    await expect(request()).toContainText('application/strategic-merge-patch+json')
  })

  test('a replace names whose changes it takes back, and wants that acknowledged', async () => {
    await openChooser()
    await choose('Replace')
    await expect(region('Takes changes of others back')).toContainText('spec.revisionHistoryLimit 10 → 3 by colleague')
    await expect(button('Submit')).toBeDisabled()
    await page.getByRole('checkbox', { name: 'I have seen that 2 changes of others are taken back.' }).check()
    await expect(button('Submit')).toBeEnabled()
  })

  test('no guard is a choice that is warned of; by value takes a JSON Patch', async () => {
    await openChooser()
    await page.locator('.segment').filter({ hasText: 'None' }).click()
    await expect(region('Not guarded: the last writer wins')).toBeVisible()
    await page.locator('.segment').filter({ hasText: 'By value (JSON Patch)' }).click()
    await expect(writing()).toContainText('JSON Patch, guarded by value')
    await expect(region('Not guarded: the last writer wins')).toHaveCount(0)
    await expect(writing().getByRole('region', { name: 'Cannot write this edit' })).toContainText(
      'JSON merge patchcannot express metadata.annotations["team.example.org/owner"]',
    )
  })

  test('what kubectl apply would take back is told, and can be changed along', async () => {
    await open('strategies')
    await review()
    await expect(page.getByText('would take back one of your fields')).toBeVisible()
    await expect(
      page.getByRole('row', { name: /containers.name=nginx..image set back nginx:1.16.1 nginx:1.14.2/ }),
    ).toBeVisible()
    await page.getByRole('checkbox', { name: 'Also change it in what kubectl apply remembers' }).check()
    await expect(page.getByText('would keep what you changed')).toBeVisible()
    expectValue(await page.evaluate(() => window.standIn.choices.at(-1)?.lastApplied)).toBe(true)
  })
})

describe('the submit', () => {
  test('says what was saved and moves the text onto it, beside the undo history', async () => {
    await open('plain')
    await replace('apiVersion: apps/v1', 'apiVersion: apps/v1 # mine')
    await review()
    await page.keyboard.press('Control+Enter')
    await expect(
      page.getByRole('status').filter({ hasText: 'Saved: Deployment nginx-deployment is now at version 4720.' }),
    ).toBeVisible()
    await expect(page.getByText('Unchanged')).toBeVisible()
    await expect(text()).toContainText('resourceVersion: "4720"')
    await expect(text()).toContainText('# mine')
    await expect
      .poll(() => page.evaluate(() => window.standIn.reports.filter(report => report.kind === 'rebased')))
      .toMatchObject([{ fromBase: '4711', toBase: '4720' }])
    await text().focus()
    await page.keyboard.press('Control+z')
    await expect(text()).toContainText('nginx:1.14.2')
    await expect(text()).toContainText('resourceVersion: "4720"')
    await expect.poll(heldText).toContain('nginx:1.14.2')
  })

  test('says what came in from whom and what the server did otherwise', async () => {
    await open('notes')
    await review()
    await page.getByRole('checkbox', { name: 'I have seen that the object is probably too large.' }).check()
    await button('Submit').click()
    const said = page.getByRole('status').filter({ hasText: 'Saved:' })
    await expect(said).toContainText('2 attempts')
    await expect(said).toContainText('spec.replicas: 3 → 5 (by kube-controller-manager)')
    await expect(said).toContainText('spec.clusterIP: 10.0.0.7 → 10.0.0.9')
    await expect(said.locator('[lang=en]')).toContainText('should be a DNS label')
  })

  test('another answer than the reviewed one is reviewed again, and can be compared with it', async () => {
    await open('review-again')
    await review()
    await button('Submit').click()
    await expect(page.getByText(/^Not sent: others changed the object meanwhile/)).toBeVisible()
    await page.getByRole('radio', { name: 'What you reviewed' }).click()
    await expect(region('Changes')).toContainText('The two texts are the same')
  })

  test('that waits for the server says so, and can be stopped', async () => {
    await open('busy')
    await review()
    await button('Submit').click()
    await expect(page.getByText('The server asked to wait for 17 seconds')).toBeVisible()
    await button('Stop waiting').click()
    await expect(page.getByRole('alert')).toContainText('your change was not made')
    await expect(button('Submit')).toBeEnabled()
  })

  test('a lost answer is not repeated: it says so and offers a new review', async () => {
    await open('outcome-unknown')
    await review()
    await button('Submit').click()
    await expect(page.getByRole('alert')).toContainText('could not be found out whether the change was made')
    await expect(button('Submit')).toBeDisabled()
    await button('Review again').click()
    await expect(button('Submit')).toBeEnabled()
  })
})

test('a mebibyte with 10,000 changes is drawn only where it is looked at', async () => {
  await open('large')
  await text().focus()
  await page.keyboard.type('# typed\n')
  await expect.poll(heldText).toMatch(/^# typed\n/)
  await page.keyboard.press('Control+Enter')
  const changes = region('Changes')
  await expect(changes).toContainText('10,000 added, 10,000 removed')
  await expect(changes.getByText('other 0 ')).toBeVisible()
  expectValue(await changes.getByRole('row').count()).toBeLessThan(1000)
  await page.locator('.review-scroll').evaluate(element => element.scrollTo(0, element.scrollHeight / 2))
  await expect(changes.getByText('other 0 ')).toHaveCount(0)
  await expect(changes.getByText(/other [45]\d{3} /).first()).toBeVisible()
})

describe('axe finds nothing', () => {
  const check = async () => {
    const { violations } = await new AxeBuilder({ page }).analyze()
    expectValue(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html.slice(0, 200))])).toEqual([])
  }

  test.each([
    ['plain', 'light'],
    ['others', 'light'],
    ['read-only', 'dark'],
    ['gone', 'dark'],
  ])('in the text of %s, %s', async (scene, theme) => {
    await open(scene, `&theme=${theme}`)
    await check()
  })

  test.each([
    ['conflict', 'light'],
    ['conflict', 'dark'],
    ['unknown-field', 'dark'],
  ])('in the refusal of %s, %s', async (scene, theme) => {
    await open(scene, `&theme=${theme}`)
    await changeImage()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').waitFor()
    await check()
  })

  test.each([
    ['notes', 'light'],
    ['notes', 'dark'],
    ['untaken', 'light'],
    ['nothing', 'dark'],
  ])('in the review of %s, %s, and after it', async (scene, theme) => {
    await open(scene, `&theme=${theme}`)
    await review()
    await check()
    if (scene !== 'notes') return
    await page.getByRole('radio', { name: 'Side by side' }).click()
    await check()
    await page.locator('.acknowledge').getByRole('checkbox').check()
    await button('Submit').click()
    await page.getByRole('status').filter({ hasText: 'Saved:' }).waitFor()
    await check()
  })

  test.each(['light', 'dark'])('in the choice of a strategy, refused and forced, %s', async theme => {
    await open('strategies', `&theme=${theme}`)
    await review()
    await button('Change how it is written').click()
    await page.locator('.strategy-radio').nth(3).click()
    await page.getByRole('alert').waitFor()
    await check()
    await button('Take over these 2 fields').click()
    await region('Takes fields over by force').waitFor()
    await check()
  })

  test('in a broken text and its dialog', async () => {
    await open('plain')
    await replace('  replicas: 3', '  replicas: [3')
    await expect(page.locator('.problems li').first()).toBeVisible()
    await check()
    await button('Discard').click()
    await page.getByRole('alertdialog').waitFor()
    await check()
  })
})

test('in Chinese every word is Chinese, but the object and the server speak as they do', async () => {
  await open('notes', '&lang=zh-CN')
  await page.keyboard.press('Control+Enter')
  await page.locator('.changes').waitFor()
  const latin = await page.evaluate(() => {
    const words: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.parentElement
      if (at?.closest('code, pre, [lang=en], .cm-editor, h1, script') !== null) continue
      const text = node.textContent?.trim() ?? ''
      if (/[A-Za-z]{3}/.test(text) && !/[\u4e00-\u9fff]/.test(text)) words.push(text)
    }
    return words
  })
  expectValue(latin).toEqual(['Deployment', 'nginx-deployment', 'practice', 'default', 'POSIX shell', 'PowerShell'])
})
