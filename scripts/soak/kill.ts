import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { EditState } from '../../contract/edit.ts'
import { ownChoice } from '../../contract/own-choice.ts'
import { valueAt } from '../../core/path.ts'
import { watchObject } from '../../electron/host/clusters/watch.ts'
import { openPractice } from '../../tests/electron/host/clusters/practice-clusters.ts'
import { Editing, openWorkbench, type Workbench } from '../../tests/electron/host/editing/workbench.ts'
import { startFaultProxy } from '../../tests/fault-proxy/fault-proxy.ts'
import { practiceForTests, type TestPractice } from '../../tests/practice/setup.ts'
import { type Client, type HostAlone, loadHost } from './host-alone.ts'
import { type Random, seeded } from './random.ts'

/** What came of it. `broken`: a text that did not come back, or came back from the dead; a submit done twice or told wrongly. */
export type Killed = {
  readonly kills: number
  readonly typed: number
  readonly restored: number
  readonly submits: number
  /** Submits that a kill cut off from their answer, by what the next start said of them. */
  readonly settled: Readonly<Record<string, number>>
  readonly broken: readonly string[]
  readonly seconds: number
}

/** A text that was reported; `held` is when the host said that it has it, in milliseconds of `performance.now()`. */
type Reported = { readonly text: string; held: number | null }

/** One object, and what a person has done to it so far. */
type Desk = {
  readonly name: string
  edit: Editing | null
  /** Since its draft was last known to be on disk, the newest last. */
  texts: Reported[]
  /** False while the edit may just as well be no draft: unchanged, just saved, or being discarded. */
  mustBeThere: boolean
  gone: readonly string[]
  /** The value that was written last, as far as it is known. */
  live: string
  /** The value of a submit whose answer has not come. */
  unanswered: string | null
}

const names = ['one', 'two', 'three']

/** What is promised: what the host has held for so long is on disk. */
const promised = 1_000

/** Kills a host that often at random moments of random edits, starts it anew each time, and compares. */
export async function killOften({ kills, seed }: { readonly kills: number; readonly seed: number }): Promise<Killed> {
  const practice = await practiceForTests()
  const proxy = await startFaultProxy(practice)
  const bench = await openWorkbench('kill', { seeded: false, on: practice })
  const profile = mkdtempSync(join(tmpdir(), 'patchbay-killed-'))
  const desks = names.map(
    (name): Desk => ({ name, edit: null, texts: [], mustBeThere: false, gone: [], live: 'first', unanswered: null }),
  )
  const tally = { typed: 0, restored: 0, submits: 0, settled: {} as Record<string, number>, broken: [] as string[] }
  const random = seeded(seed)
  const begun = performance.now()
  let next = loadHost()
  const values = await followValues(practice, bench.namespace)
  try {
    await bench.kubectl('create', 'namespace', bench.namespace)
    for (const { name } of desks) {
      const data = { value: 'first', other: 'first' }
      await bench.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: bench.namespace }, data })
    }
    // A write is a while on its way, so that kills meet it there.
    proxy.inject({ method: 'PATCH', dryRun: false }, { kind: 'delay', milliseconds: 40 })
    let killedAt = 0
    for (let round = 0; round <= kills; round++) {
      const host = await next.start({ profile, kubeconfig: proxy.kubeconfigPath })
      next = loadHost()
      await compare(host.client, desks, { killedAt, bench, tally })
      if (round === kills) {
        await host.kill()
        break
      }
      const until = new AbortController()
      const progress: Progress = { done: 0, failed: null }
      const work = workOn(host, desks, { round, random, tally, bench, signal: until.signal, progress })
      await doneUntil(progress, 1 + Math.floor(random() * 15))
      // Some late enough for what was typed to be promised, most of them in the middle of the next thing.
      await wait(random() < 0.3 ? promised + random() * 400 : random() * 150)
      until.abort()
      killedAt = performance.now()
      await host.kill()
      await work
      if (progress.failed !== null) throw progress.failed
    }
    for (const twice of values.twice()) tally.broken.push(`${twice} was written twice`)
    return { kills, ...tally, seconds: (performance.now() - begun) / 1000 }
  } finally {
    await next.kill()
    await values.end()
    await bench.kubectl('delete', 'namespace', bench.namespace, '--wait=false')
    await bench.end()
    await proxy.end()
    await practice.stop()
    rmSync(profile, { recursive: true, force: true })
  }
}

type Tally = Omit<Killed, 'kills' | 'seconds' | 'settled' | 'broken'> & {
  typed: number
  restored: number
  submits: number
  readonly settled: Record<string, number>
  readonly broken: string[]
}

/** Holds what the new host has against what is known to have been told to the last one. */
async function compare(
  client: Client,
  desks: readonly Desk[],
  { killedAt, bench, tally }: { readonly killedAt: number; readonly bench: Workbench; readonly tally: Tally },
): Promise<void> {
  const listed = new Set((await client.edit.list()).map(({ edit }) => edit))
  for (const desk of desks) {
    for (const id of desk.gone) if (listed.has(id)) tally.broken.push(`${desk.name}: a discarded text came back`)
    const { edit } = desk
    if (edit === null) continue
    const id = edit.opened.edit
    if (!listed.has(id)) {
      if (desk.mustBeThere && isPromised(desk, killedAt)) tally.broken.push(`${desk.name}: its text is lost`)
      clear(desk)
      continue
    }
    const resumed = await client.edit.resume({ edit: id })
    if (!resumed.ok) {
      tally.broken.push(`${desk.name}: ${resumed.problem.code}`)
      clear(desk)
      continue
    }
    tally.restored++
    if (!mayBe(desk, killedAt).includes(resumed.value.text)) tally.broken.push(`${desk.name}: an older text came back`)
    desk.edit = new Editing(client, resumed.value)
    desk.texts = [{ text: resumed.value.text, held: Number.NEGATIVE_INFINITY }]
    desk.mustBeThere = valueIn(resumed.value.text) !== desk.live
    await settle(client, desk, { bench, tally })
  }
}

/** The newest text that was promised to be on disk, and all that were reported after it. */
function mayBe({ texts }: Desk, killedAt: number): readonly string[] {
  const newest = texts.findLastIndex(({ held }) => held !== null && held <= killedAt - promised)
  return texts.slice(Math.max(newest, 0)).map(({ text }) => text)
}

function isPromised({ texts, live }: Desk, killedAt: number): boolean {
  return texts.some(({ text, held }) => valueIn(text) !== live && held !== null && held <= killedAt - promised)
}

/** What the host says of a submit that was cut off, against what the server was really sent. */
async function settle(
  client: Client,
  desk: Desk,
  { bench, tally }: { readonly bench: Workbench; readonly tally: Tally },
): Promise<void> {
  const { edit, unanswered } = desk
  desk.unanswered = null
  if (edit === null || unanswered === null) return
  // A review waits until it is known what became of it.
  const { edit: id, textVersion } = edit.opened
  const review = await client.edit.review({ edit: id, textVersion, choice: ownChoice })
  if (!review.ok) {
    tally.broken.push(`${desk.name}: the review after ${unanswered} ends with ${review.problem.code}`)
    return
  }
  const outcome = (await nowOf(client, id)).settled?.outcome ?? 'answered'
  tally.settled[outcome] = (tally.settled[outcome] ?? 0) + 1
  const value = valueAt(await bench.get('configmaps.v1', desk.name), ['data', 'value'])
  const isWritten = value === unanswered
  const text = valueIn(edit.opened.text)
  // A kill before anything was sent may leave the text that stood before: it is judged by what it says.
  const shouldChange = text !== value
  const isChange = review.value.changesAnything
  const isTold = outcome === 'written' ? isWritten : outcome === 'not-written' ? !isWritten : true
  if (isWritten && text !== unanswered)
    tally.broken.push(`${desk.name}: an older text than ${unanswered}, which was sent`)
  if (!isTold || isChange !== shouldChange) {
    tally.broken.push(`${desk.name}: ${unanswered}, told ${outcome}, written ${isWritten}, still a change ${isChange}`)
  }
  // Its text is what is live now: it need not be a draft any more.
  if (!isWritten) return
  desk.live = unanswered
  desk.mustBeThere = false
}

async function nowOf(client: Client, edit: string): Promise<EditState> {
  for await (const state of await client.edit.watch({ edit })) return state
  throw new Error('the edit is open')
}

type Work = {
  readonly round: number
  readonly random: Random
  readonly tally: Tally
  readonly bench: Workbench
  readonly signal: AbortSignal
  readonly progress: Progress
}

/** How many things were done since the host started, and what went wrong before it was killed. */
type Progress = { done: number; failed: unknown }

/** Waits until that many things are done: a busy machine shall not kill a host that has done nothing yet. */
async function doneUntil(progress: Progress, count: number): Promise<void> {
  while (progress.done < count && progress.failed === null) await wait(5)
}

/** Does one thing after the other until the host is killed: what is under way then fails, as it should. */
async function workOn({ client }: HostAlone, desks: readonly Desk[], work: Work): Promise<void> {
  for (let step = 0; !work.signal.aborted; step++) {
    const desk = desks[Math.floor(work.random() * desks.length)]
    if (desk === undefined) throw new Error('there are desks')
    try {
      await act(client, desk, `v${work.round}-${step}`, work)
      work.progress.done++
    } catch (error) {
      if (work.signal.aborted) return
      work.progress.failed = error
      return
    }
  }
}

async function act(client: Client, desk: Desk, value: string, work: Work): Promise<void> {
  const { random, tally, bench } = work
  desk.edit ??= await open(client, desk, bench.namespace)
  const { edit } = desk
  const choice = random()
  if (choice < 0.6) return type(desk, edit, edit.text.replace(/value: \S+/, `value: ${value}`), tally)
  if (choice < 0.65) return discard(client, desk, edit)
  if (choice < 0.75) return takeIn(client, desk, edit)
  return submit(client, desk, edit, tally)
}

async function open(client: Client, desk: Desk, namespace: string): Promise<Editing> {
  const target = { context: 'practice', group: '', version: 'v1', resource: 'configmaps', subresource: null }
  const opened = await client.edit.open({ ...target, namespace, name: desk.name })
  if (!opened.ok) throw new Error(opened.problem.code)
  desk.texts = [{ text: opened.value.text, held: performance.now() }]
  desk.mustBeThere = false
  return new Editing(client, opened.value)
}

async function type(desk: Desk, edit: Editing, text: string, tally: Tally): Promise<void> {
  const reported: Reported = { text, held: null }
  desk.texts.push(reported)
  const before = edit.version
  await edit.type(text)
  tally.typed++
  reported.held = performance.now()
  if (edit.version > before) desk.mustBeThere = true
}

async function discard(client: Client, desk: Desk, edit: Editing): Promise<void> {
  desk.mustBeThere = false
  await client.edit.discard({ edit: edit.opened.edit })
  desk.gone = [...desk.gone, edit.opened.edit]
  clear(desk)
}

/** Takes what is live as the new base. */
async function takeIn(client: Client, desk: Desk, edit: Editing): Promise<void> {
  const live = await client.edit.live({ edit: edit.opened.edit, read: true })
  if (live.ok) await rebase(desk, edit, live.value)
}

async function rebase(
  desk: Desk,
  edit: Editing,
  onto: { readonly base: string; readonly baseVersion: string },
): Promise<void> {
  const from = edit.opened.baseVersion ?? ''
  const reported: Reported = { text: edit.text.replace(`"${from}"`, `"${onto.baseVersion}"`), held: null }
  desk.texts.push(reported)
  await edit.moveOnto(onto)
  reported.held = performance.now()
  desk.edit = new Editing(edit.client, { ...edit.opened, ...onto, text: reported.text, textVersion: edit.version })
}

async function submit(client: Client, desk: Desk, edit: Editing, tally: Tally): Promise<void> {
  const id = edit.opened.edit
  const review = await client.edit.review({ edit: id, textVersion: edit.version, choice: ownChoice })
  if (!review.ok || !review.value.changesAnything) return
  const value = valueIn(edit.text)
  desk.unanswered = value
  desk.mustBeThere = false
  tally.submits++
  const ask = { edit: id, plan: review.value.plan, acknowledged: true, confirmation: null }
  const submitted = await client.edit.submit(ask)
  desk.unanswered = null
  if (!submitted.ok || submitted.value.kind !== 'saved') return
  desk.live = value
  // A new draft begins with what is typed next; until it does, what was written may come back or not.
  desk.texts = desk.texts.slice(-1).map(({ text }) => ({ text, held: null }))
  await rebase(desk, edit, submitted.value)
}

function valueIn(text: string): string {
  return /value: (\S+)/.exec(text)?.[1] ?? ''
}

function clear(desk: Desk): void {
  desk.edit = null
  desk.texts = []
  desk.mustBeThere = false
  desk.unanswered = null
}

/** Every value that the objects have had, in order, as a watch of each tells. */
async function followValues(practice: TestPractice, namespace: string) {
  const opened = await openPractice(practice)
  const ending = new AbortController()
  const values = new Map(names.map(name => [name, [] as string[]]))
  const type = { group: '', version: 'v1', resource: 'configmaps' }
  const follow = async (name: string) => {
    const at = { namespace, name, subresource: null }
    const options = { resourceVersion: '0', signal: ending.signal }
    for await (const seen of watchObject(opened.cluster(), type, at, options)) {
      const value = seen.kind === 'present' ? valueAt(seen.object, ['data', 'value']) : null
      const known = values.get(name) ?? []
      if (typeof value === 'string' && known.at(-1) !== value) known.push(value)
    }
  }
  const following = Promise.all(names.map(follow))
  return {
    /** Each value is typed once only: one that came twice was written twice. */
    twice: () =>
      [...values].flatMap(([name, all]) => all.filter((v, at) => all.indexOf(v) !== at).map(v => `${name}: ${v}`)),
    async end() {
      ending.abort()
      await following
      await opened.end()
    },
  }
}
