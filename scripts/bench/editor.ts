import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Address, formatAddress } from '../../contract/address.ts'
import { buildPage } from '../build-page.ts'
import { startPractice } from '../practice/cluster.ts'
import { openApi } from '../soak/api.ts'
import { type Measured, openApp } from './app.ts'
import { serveBareEditor } from './editor/bare-editor.ts'
import { type Edited, files, items, makeObjects, usual } from './editor/objects.ts'
import { measureKeys, typeLetters } from './editor/typing.ts'
import { quantile } from './measure.ts'

// A frame as soon as there is something to draw: else each key waits for the screen's next refresh, which hides what it costs.
const unpaced = ['--disable-frame-rate-limit', '--disable-gpu-vsync']
const letters = 220
const warmUp = 20
const editorText = '.cm-content'

/**
 * The editor with everything on that helps, in real Chromium under the production page: a key to its paint against a bare
 * CodeMirror in the same browser, completion, checks, opening, review.
 */
export async function benchEditor(): Promise<string> {
  await buildPage(() => console.error('Building the page …'))
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-bench-'))
  const before = loadavg()[0]?.toFixed(1)
  const practice = await startPractice({ folder, count: 1 })
  try {
    const api = openApi(practice)
    try {
      await makeObjects(api)
    } finally {
      api.end()
    }
    const app = await openApp(practice.kubeconfigPath, '/', unpaced)
    try {
      await app.ask(client =>
        client.app.saveSettings({ schemaHelp: true, liveDryRun: true, ownersGutter: true, editSide: 'outline' }),
      )
      const section = await measure(app)
      return `${section}\n\n${cpus().length} cores, load ${before} before and ${loadavg()[0]?.toFixed(1)} after.`
    } finally {
      await app.end()
    }
  } finally {
    await practice.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(app: Measured): Promise<string> {
  const opened = {
    usual: await openings(app, usual),
    files: await openings(app, files),
    items: await openings(app, items),
  }
  const typed = [await typing(app, files), await typing(app, items)]
  const help = await completions(app)
  const checks = { usual: await diagnostics(app, usual, 8), items: await diagnostics(app, items, 3) }
  const reviews = { files: await review(app, files), items: await review(app, items) }
  const row = (what: string, series: readonly number[], goal: string) =>
    `| ${what} | ${quantile(series, 0.5).toFixed(0)} | ${quantile(series, 0.95).toFixed(0)} | ${goal} |`
  return `### The editor

Chromium under the production page, schema help, live dry run, ownership gutter and outline on; frames as they come, not at the screen's pace.

| a key to its paint, ms | ours, median | ours, p95 | bare CodeMirror, median | its p95 | ours of bare, p95 | goal |
|---|---|---|---|---|---|---|
${typed
  .map(({ name, ours, bare }) => {
    const [mine, its] = [quantile(ours, 0.95), quantile(bare, 0.95)]
    return `| 1 MiB, ${name} | ${quantile(ours, 0.5).toFixed(1)} | ${mine.toFixed(1)} | ${quantile(bare, 0.5).toFixed(1)} | ${its.toFixed(1)} | ${(mine / its).toFixed(2)} | 1.3; p95 under 16 ms |`
  })
  .join('\n')}

| milliseconds | median | p95 | goal |
|---|---|---|---|
| completion, the first after opening | ${help.first.toFixed(0)} | | under 1,000 |
${row('completion, a letter to its list', help.later, 'p95 under 100')}
${row('a misspelt field marked after the last key, 10 kB', checks.usual, 'within 300 of a pause')}
${row('the same, 1 MiB list', checks.items, 'within 2,000 of a pause')}
${row('opening 10 kB', opened.usual, 'under 150')}
${row('opening 1 MiB, files', opened.files, 'under 800')}
${row('opening 1 MiB, list', opened.items, 'under 800')}
${(['files', 'items'] as const)
  .map(
    name =>
      `| review of 1 MiB, ${name}: cold; again; from the answer to its first screen | ${reviews[name].cold.toFixed(0)}; ${reviews[name].warm.toFixed(0)} | ${reviews[name].drawn.toFixed(0)} | 1,500 cold; 300 from the answer |`,
  )
  .join('\n')}`
}

const shown = (css: string, words: string) => ({ kind: 'shown', css, words }) as const

/** From Edit's key on an object's page until its text is painted. */
async function openings(app: Measured, { target }: Edited): Promise<readonly number[]> {
  const { page, until } = app
  const times: number[] = []
  for (let round = 0; round < 6; round += 1) {
    await show(app, { kind: 'object', target, section: null })
    await page.getByRole('heading', { name: target.name }).first().waitFor()
    await page.waitForTimeout(500)
    const [time = Number.NaN] = await until(() => page.keyboard.press('e'), shown(editorText, 'apiVersion'))
    // The first one loads what all editors share.
    if (round > 0) times.push(time)
    await discard(app)
  }
  return times
}

async function show({ page }: Measured, address: Address): Promise<void> {
  await page.goto(new URL(formatAddress(address), page.url()).href)
}

async function discard({ page }: Measured): Promise<void> {
  const text = page.locator(editorText)
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  const sure = page.getByRole('alertdialog').getByRole('button', { name: /^Discard/ })
  await Promise.race([sure.waitFor(), text.waitFor({ state: 'detached' })])
  if (await sure.isVisible()) await sure.click()
  await text.waitFor({ state: 'detached' })
}

/** Opens an edit by its address, puts the cursor behind a piece of its text, and lets begin what begins after the opening. */
async function openAt(app: Measured, { target, middle }: Edited): Promise<void> {
  await show(app, { kind: 'edit', target })
  await app.page.locator(editorText).filter({ hasText: 'apiVersion' }).waitFor()
  await goTo(app, middle)
  await app.page.waitForTimeout(4_000)
}

async function goTo({ page }: Measured, piece: string): Promise<void> {
  await page.locator(editorText).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Control+f')
  const find = page.getByRole('textbox', { name: 'Find' })
  await find.press('Control+a')
  await find.pressSequentially(piece)
  await find.press('Enter')
  await find.press('Escape')
  await page.keyboard.press('End')
}

type Typing = { readonly name: string; readonly ours: readonly number[]; readonly bare: readonly number[] }

async function typing(app: Measured, edited: Edited): Promise<Typing> {
  const text = await textOf(app, edited)
  const bare = await typingBare(app, edited, text)
  await openAt(app, edited)
  await app.page.evaluate(measureKeys)
  await typeLetters(app.page, warmUp)
  const ours = await typeLetters(app.page, letters)
  await discard(app)
  return { name: edited.target.name, ours, bare }
}

/** The text that an edit of it begins with. */
async function textOf(app: Measured, { target }: Edited): Promise<string> {
  return app.ask(async client => {
    const opened = await client.edit.open(target)
    if (!opened.ok) throw new Error(opened.problem.code)
    await client.edit.discard({ edit: opened.value.edit })
    return opened.value.text
  })
}

async function typingBare(app: Measured, { middle }: Edited, text: string): Promise<readonly number[]> {
  const bare = await serveBareEditor(text)
  const page = await app.page.context().newPage()
  try {
    await page.goto(bare.origin)
    await page.locator(editorText).filter({ hasText: 'apiVersion' }).waitFor()
    await page.evaluate(offset => window.goTo(offset), text.indexOf(middle) + middle.length)
    await page.evaluate(measureKeys)
    await page.waitForTimeout(2_000)
    await typeLetters(page, warmUp)
    return await typeLetters(page, letters)
  } finally {
    await page.close()
    bare.end()
  }
}

/** A letter on a line of its own, until the list of what it may become is painted. */
async function completions(app: Measured) {
  const { page, until } = app
  await show(app, { kind: 'edit', target: usual.target })
  await page.locator(editorText).filter({ hasText: 'apiVersion' }).waitFor()
  await goTo(app, 'image: registry.example.org/app:1.0')
  const list = shown('.cm-tooltip-autocomplete', 'imagePullPolicy')
  const letter = async () => {
    await page.keyboard.press('Enter')
    await page.keyboard.type('im', { delay: 30 })
  }
  const [first = Number.NaN] = await until(letter, list)
  const later: number[] = []
  for (let round = 0; round < 20; round += 1) {
    await page.keyboard.press('Escape')
    for (let back = 0; back < 2; back += 1) await page.keyboard.press('Backspace')
    await page.locator('.cm-tooltip-autocomplete').waitFor({ state: 'detached' })
    await page.waitForTimeout(700)
    const [time = Number.NaN] = await until(() => page.keyboard.type('im', { delay: 30 }), list)
    later.push(time)
  }
  await page.keyboard.press('Escape')
  await discard(app)
  return { first, later }
}

/** From the last letter of a field that there is not until it is marked. */
async function diagnostics(app: Measured, edited: Edited, rounds: number): Promise<readonly number[]> {
  const { page, until } = app
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await openAt(app, edited)
    await goTo(app, 'terminationMessagePath: /dev/termination-log')
    const marked = shown('.cm-lintRange', 'terminationMesagePolicy')
    const [time = Number.NaN] = await until(async () => {
      await page.keyboard.press('Enter')
      await page.keyboard.insertText('terminationMesagePolicy: File')
      await page.keyboard.press('Escape')
    }, marked)
    times.push(time)
    await discard(app)
  }
  return times
}

type Reviewed = { readonly cold: number; readonly warm: number; readonly drawn: number }

/** Review's key until the first changed line is painted: the first time, and once more. */
async function review(app: Measured, edited: Edited): Promise<Reviewed> {
  const { page, until } = app
  let answered = 0
  page.on('websocket', socket =>
    socket.on('framereceived', ({ payload }) => {
      if (payload.length > 100_000) answered = Date.now()
    }),
  )
  await openAt(app, edited)
  await page.keyboard.insertText(' changed')
  await page.waitForTimeout(3_000)
  const once = async () => {
    const [time = Number.NaN] = await until(
      () => page.keyboard.press('Control+Enter'),
      shown('.diff-slice ins', 'changed'),
    )
    return { time, painted: Date.now() }
  }
  const cold = await once()
  await page.getByRole('button', { name: /^Back/ }).click()
  await page.locator(editorText).waitFor()
  const warm = await once()
  await page.getByRole('button', { name: /^Back/ }).click()
  await discard(app)
  return { cold: cold.time, warm: warm.time, drawn: warm.painted - answered }
}
