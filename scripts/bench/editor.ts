import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Address, formatAddress } from '../../contract/address.ts'
import { buildPage } from '../build-page.ts'
import { startPractice } from '../practice/cluster.ts'
import { type Measured, openApp } from './app.ts'
import { serveBareEditor } from './editor/bare-editor.ts'
import { type Edited, files, items, makeObjects, usual } from './editor/objects.ts'
import { measureKeys, typeLetters } from './editor/typing.ts'
import { quantile } from './measure.ts'
import { writeSection } from './report.ts'

// A frame as soon as there is something to draw: else each key waits for the screen's next refresh, which hides what it costs.
const unpaced = ['--disable-frame-rate-limit', '--disable-gpu-vsync']
const letters = 220
const warmUp = 20
const editor = '.cm-editor'
const editorText = '.cm-content'

/** A part of the bench: a table of the report. */
const parts: Readonly<Record<string, (app: Measured) => Promise<string>>> = {
  keys: benchKeys,
  open: benchOpening,
  help: benchHelp,
  review: benchReview,
}

/**
 * The editor with everything on that helps, in real Chromium under the production page: `keys open help review`, or those
 * parts that are named; only all of them make a report.
 */
export async function benchEditor(named: readonly string[]): Promise<void> {
  const unknown = named.find(name => !Object.hasOwn(parts, name))
  if (unknown !== undefined) throw new Error(`There is no part ${unknown}: ${Object.keys(parts).join(' ')}.`)
  await buildPage(() => console.error('Building the page …'))
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-bench-'))
  const before = load()
  const practice = await startPractice({ folder, count: 1 })
  try {
    await makeObjects(practice)
    const app = await openApp(practice.kubeconfigPath, '/', unpaced)
    try {
      await app.ask(client =>
        client.app.saveSettings({ schemaHelp: true, liveDryRun: true, ownersGutter: true, editSide: 'outline' }),
      )
      const tables: string[] = []
      for (const [name, bench] of Object.entries(parts)) {
        if (named.length > 0 && !named.includes(name)) continue
        const table = await bench(app)
        console.log(`${table}\n`)
        tables.push(table)
      }
      if (named.length === 0) writeSection('editor', report(tables, before))
    } finally {
      await app.end()
    }
  } finally {
    await practice.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function report(tables: readonly string[], before: string): string {
  return `### The editor

Chromium under the production page, with schema help, live dry run, ownership gutter and outline on; frames as they come, not
at the screen's pace.

${tables.join('\n\n')}

${cpus().length} cores, load ${before} before and ${load()} after.`
}

function load(): string {
  return loadavg()[0]?.toFixed(1) ?? ''
}

/** Rows under a header, as Markdown. */
function table(header: string, rows: readonly string[]): string {
  return [header, header.replaceAll(/[^|]+/g, '---'), ...rows].join('\n')
}

function row(what: string, series: readonly number[], goal: string): string {
  return `| ${what} | ${quantile(series, 0.5).toFixed(0)} | ${quantile(series, 0.95).toFixed(0)} | ${goal} |`
}

async function benchKeys(app: Measured): Promise<string> {
  const rows: string[] = []
  for (const edited of [files, items]) {
    const { ours, bare } = await typing(app, edited)
    const [mine, its] = [quantile(ours, 0.95), quantile(bare, 0.95)]
    const [median, itsMedian] = [quantile(ours, 0.5), quantile(bare, 0.5)]
    const numbers = [median, mine, itsMedian, its].map(value => value.toFixed(1)).join(' | ')
    rows.push(`| 1 MiB, ${edited.target.name} | ${numbers} | ${(mine / its).toFixed(2)} | 1.3; p95 16 ms |`)
  }
  const columns = 'ours, median | ours, p95 | bare CodeMirror, median | its p95 | ours of bare, p95 | goal'
  return table(`| a key to its paint, ms | ${columns} |`, rows)
}

async function benchOpening(app: Measured): Promise<string> {
  return table('| opening, ms | median | p95 | goal |', [
    row('10 kB', await openings(app, usual), 'under 150'),
    row('1 MiB, files', await openings(app, files), 'under 800'),
    row('1 MiB, items', await openings(app, items), 'under 800'),
  ])
}

async function benchHelp(app: Measured): Promise<string> {
  const { first, later } = await completions(app)
  return table('| help while typing, ms | median | p95 | goal |', [
    row('the first list of completions after opening', [first], 'under 1,000'),
    row('from a letter to the list', later, 'p95 under 100'),
    row(
      'from the last letter to the mark of a misspelt field, 10 kB',
      await diagnostics(app, usual, 8),
      '300 after a pause',
    ),
    row('the same, 1 MiB, items', await diagnostics(app, items, 3), '2,000 after a pause'),
  ])
}

async function benchReview(app: Measured): Promise<string> {
  const rows: string[] = []
  for (const edited of [files, items]) {
    const { cold, warm, drawn } = await review(app, edited)
    const numbers = [cold, warm, drawn].map(value => value.toFixed(0)).join(' | ')
    rows.push(`| 1 MiB, ${edited.target.name} | ${numbers} | 1,500 cold; 300 from the answer |`)
  }
  return table('| review to its first screen, ms | cold | again | of that from the answer | goal |', rows)
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

type Typing = { readonly ours: readonly number[]; readonly bare: readonly number[] }

async function typing(app: Measured, edited: Edited): Promise<Typing> {
  const text = await textOf(app, edited)
  await openAt(app, edited)
  const size = await app.page.locator(editor).boundingBox()
  if (size === null) throw new Error('the editor is not on screen')
  await app.page.evaluate(measureKeys)
  await typeLetters(app.page, warmUp)
  const ours = await typeLetters(app.page, letters)
  await discard(app)
  return { ours, bare: await typingBare(app, edited, text, size) }
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

/** The same keys at the same place of the same text in an editor of the same size. */
async function typingBare(
  app: Measured,
  { middle }: Edited,
  text: string,
  size: { readonly width: number; readonly height: number },
): Promise<readonly number[]> {
  const bare = await serveBareEditor(text)
  const page = await app.page.context().newPage()
  try {
    await page.setViewportSize({ width: Math.round(size.width), height: Math.round(size.height) })
    await page.goto(bare.origin)
    await page.locator(editorText).filter({ hasText: 'apiVersion' }).waitFor()
    await page.evaluate(offset => window.goTo(offset), text.indexOf(middle) + middle.length)
    await page.keyboard.press('End')
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
  const list = shown('.cm-tooltip-autocomplete', 'livenessProbe')
  const letter = async () => {
    await page.keyboard.press('Enter')
    await page.keyboard.type('li', { delay: 30 })
  }
  const [first = Number.NaN] = await until(letter, list)
  const later: number[] = []
  for (let round = 0; round < 20; round += 1) {
    await page.keyboard.press('Escape')
    for (let back = 0; back < 2; back += 1) await page.keyboard.press('Backspace')
    await page.locator('.cm-tooltip-autocomplete').waitFor({ state: 'detached' })
    await page.waitForTimeout(700)
    const [time = Number.NaN] = await until(() => page.keyboard.type('li', { delay: 30 }), list)
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
    const [time = Number.NaN] = await until(() => page.keyboard.press('Control+Enter'), shown('.diff-slice', 'changed'))
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
