import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { EditState, EditSummary } from '../../../../contract/edit.ts'
import { ownChoice } from '../../../../contract/own-choice.ts'
import { valueAt } from '../../../../core/path.ts'
import { createHost } from '../../../../electron/host/host.ts'
import { layWire, type Wire } from './wire.ts'
import { Editing, openWorkbench, problemOf, unwrap, type Workbench } from './workbench.ts'

let bench: Workbench
let wire: Wire
beforeAll(async () => {
  bench = await openWorkbench('editing-drafts')
  wire = await layWire(bench.practice.kubeconfigPath)
}, 120_000)
afterAll(async () => {
  await wire?.end()
  await bench?.end()
})

const runs: { readonly end: () => Promise<void> }[] = []
afterEach(async () => {
  wire.mend()
  wire.swallow('nothing')
  for (const run of runs.splice(0)) await run.end()
})

/** One run of the app in a profile that outlives it. */
async function startRun(profile: string, kubeconfig: string) {
  const host = await createHost({ version: '0', profile, kubeconfig: [kubeconfig], context: null, practice: true })
  const client = createRouterClient(host.router)
  let ended: Promise<void> | null = null
  const end = () => {
    ended ??= host.end()
    return ended
  }
  const run = {
    client,
    end,
    async open(resource: string, name: string, context = 'practice', group = '') {
      const target = { context, group, version: 'v1', resource, namespace: bench.namespace, name, subresource: null }
      return new Editing(client, unwrap(await client.edit.open(target)))
    },
    async resume(edit: string) {
      return new Editing(client, unwrap(await client.edit.resume({ edit })))
    },
    /** The first state that passes the test. */
    async state(edit: string, passes: (state: EditState) => boolean): Promise<EditState> {
      for await (const state of await client.edit.watch({ edit })) if (passes(state)) return state
      throw new Error('the edit ended before it came to that')
    },
    list: (): Promise<readonly EditSummary[]> => client.edit.list(),
  }
  runs.push(run)
  return run
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-drafts-'))
  folders.push(folder)
  return folder
}

async function configMap(name: string, data: Record<string, string> = { key: 'value' }): Promise<void> {
  await bench.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: bench.namespace }, data })
}

const kept = (state: EditState) => state.kept.kind === 'kept'

describe('a text that was not submitted', () => {
  test('is on disk within a second, comes back after a restart, and is compared with what is live now', async () => {
    await configMap('come-back')
    const folder = temporary()
    const first = await startRun(folder, wire.kubeconfigPath)
    const edit = await first.open('configmaps', 'come-back')
    await edit.replace('key: value', 'key: mine # 漢字')
    // A second, of a machine that may do much else meanwhile.
    const began = performance.now()
    await first.state(edit.opened.edit, state => state.textVersion === edit.version && kept(state))
    expect(performance.now() - began).toBeLessThan(5_000)
    await first.end()
    await bench.patch('configmaps.v1', 'come-back', { data: { other: 'theirs' } }, 'somebody')

    const second = await startRun(folder, wire.kubeconfigPath)
    const [summary] = await second.list()
    expect(summary).toMatchObject({ edit: edit.opened.edit, changed: true, origin: 'edit', context: 'practice' })
    expect(Math.abs(Date.now() - (summary?.resting ?? 0))).toBeLessThan(60_000)
    const again = await second.resume(edit.opened.edit)
    expect(again.text).toBe(edit.text)
    expect(again.opened).toMatchObject({ base: edit.opened.base, baseVersion: edit.opened.baseVersion })
    expect(again.opened.schema).toEqual(edit.opened.schema)
    const state = await second.state(edit.opened.edit, ({ live }) => live.kind === 'present')
    expect(state.others).toMatchObject([{ path: 'data.other', manager: 'somebody' }])
    expect(state).toMatchObject({ kept: { kind: 'kept' }, restored: summary?.resting, settled: null })
    expect((await second.list())[0]?.resting).toBeNull()

    await again.submit(await again.review())
    const stored = await bench.get('configmaps.v1', 'come-back')
    expect(valueAt(stored, ['data'])).toEqual({ key: 'mine', other: 'theirs' })
  })

  test('is found by the object’s own address too', async () => {
    await configMap('by-address')
    const folder = temporary()
    const first = await startRun(folder, wire.kubeconfigPath)
    const edit = await first.open('configmaps', 'by-address')
    await edit.replace('key: value', 'key: mine')
    await first.end()
    const second = await startRun(folder, wire.kubeconfigPath)
    expect((await second.open('configmaps', 'by-address')).text).toBe(edit.text)
  })

  test('is dropped when it is discarded, and nothing is kept of a text that says what its base says', async () => {
    await configMap('dropped')
    await configMap('undone')
    const folder = temporary()
    const first = await startRun(folder, wire.kubeconfigPath)
    const dropped = await first.open('configmaps', 'dropped')
    await dropped.replace('key: value', 'key: mine')
    await first.state(dropped.opened.edit, kept)
    const undone = await first.open('configmaps', 'undone')
    const before = undone.text
    await undone.replace('key: value', 'key: mine')
    await first.state(undone.opened.edit, kept)
    await undone.type(before)
    await first.client.edit.discard({ edit: dropped.opened.edit })
    await first.open('configmaps', 'backup-script')
    await first.end()
    expect(await (await startRun(folder, wire.kubeconfigPath)).list()).toEqual([])
  })

  test('is no draft any more once it was submitted', async () => {
    await configMap('submitted')
    const folder = temporary()
    const first = await startRun(folder, wire.kubeconfigPath)
    const edit = await first.open('configmaps', 'submitted')
    await edit.replace('key: value', 'key: mine')
    await edit.submit(await edit.review())
    await first.end()
    expect(await (await startRun(folder, wire.kubeconfigPath)).list()).toEqual([])
  })

  test('opens without its cluster, and meets the object when the cluster is back', async () => {
    await configMap('unreachable')
    const folder = temporary()
    const first = await startRun(folder, wire.kubeconfigPath)
    const edit = await first.open('configmaps', 'unreachable')
    await edit.replace('key: value', 'key: mine')
    await first.end()
    wire.cut()
    const second = await startRun(folder, wire.kubeconfigPath)
    const began = performance.now()
    const again = await second.open('configmaps', 'unreachable')
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(again.text).toBe(edit.text)
    const { live } = await second.state(edit.opened.edit, ({ live }) => live.kind === 'unreadable')
    expect(live).toMatchObject({ problem: { code: 'unreachable' } })
    await again.replace('key: mine', 'key: still mine')
    expect((await again.refusal()).code).toBe('unreachable')
    wire.mend()
    await second.state(edit.opened.edit, ({ live }) => live.kind === 'present')
    await again.submit(await again.review())
    expect(valueAt(await bench.get('configmaps.v1', 'unreachable'), ['data', 'key'])).toBe('still mine')
  })

  test('is kept when its object is gone, or another one has its name: said so, nothing sent', async () => {
    await configMap('gone')
    await configMap('replaced')
    const folder = temporary()
    const first = await startRun(folder, wire.kubeconfigPath)
    const edits = [await first.open('configmaps', 'gone'), await first.open('configmaps', 'replaced')]
    for (const edit of edits) await edit.replace('key: value', 'key: mine')
    await first.end()
    await bench.kubectl('delete', 'configmap', 'gone', 'replaced')
    await configMap('replaced')
    const second = await startRun(folder, wire.kubeconfigPath)
    const [gone, replaced] = await Promise.all(edits.map(edit => second.resume(edit.opened.edit)))
    await second.state(gone?.opened.edit ?? '', ({ live }) => live.kind === 'gone')
    await second.state(replaced?.opened.edit ?? '', ({ live }) => live.kind === 'replaced')
    expect((await replaced?.refusal())?.code).toBe('object-replaced')
    expect(gone?.text).toContain('key: mine')
    const anew = unwrap(await second.client.edit.recreate({ edit: gone?.opened.edit ?? '' }))
    const creation = second.client.edit.review
    expect(unwrap(await creation({ edit: anew.edit, textVersion: 0, choice: ownChoice })).request.method).toBe('POST')
    await second.end()
    // The creation is a draft as well.
    const third = await startRun(folder, wire.kubeconfigPath)
    const listed = (await third.list()).find(({ edit }) => edit === anew.edit)
    expect(listed).toMatchObject({ origin: 'create', ref: { name: 'gone' } })
    expect((await third.resume(anew.edit)).text).toBe(anew.text)
  })

  test('is not offered to another cluster that took over the name of its context; a renamed context is found', async () => {
    await configMap('names')
    const folder = temporary()
    const first = await startRun(folder, wire.kubeconfigPath)
    const edit = await first.open('configmaps', 'names')
    await edit.replace('key: value', 'key: mine')
    await first.end()

    // The context `practice` now leads to the second cluster; none leads to the first.
    const elsewhere = contextsOf(wire.kubeconfigPath, { practice: 'practice-2' })
    const second = await startRun(folder, elsewhere)
    const away = await second.resume(edit.opened.edit)
    expect(away.text).toBe(edit.text)
    const { live } = await second.state(edit.opened.edit, ({ live }) => live.kind === 'unreadable')
    expect(live).toMatchObject({ problem: { code: 'cluster-changed', context: 'practice' } })
    expect((await away.refusal()).code).toBe('cluster-changed')
    await second.end()

    const renamed = contextsOf(wire.kubeconfigPath, { practice: 'practice-2', 'the-old-one': 'practice' })
    const third = await startRun(folder, renamed)
    expect((await third.list())[0]?.context).toBe('the-old-one')
    const found = await third.open('configmaps', 'names', 'the-old-one')
    expect(found.opened.edit).toBe(edit.opened.edit)
    await found.submit(await found.review())
    expect(valueAt(await bench.get('configmaps.v1', 'names'), ['data', 'key'])).toBe('mine')
  })

  test('goes on from the page that has it, when the app was gone meanwhile', async () => {
    await configMap('page-stays')
    const folder = temporary()
    const first = await startRun(folder, wire.kubeconfigPath)
    const edit = await first.open('configmaps', 'page-stays')
    await edit.replace('key: value', 'key: mine')
    await first.end()
    const second = await startRun(folder, wire.kubeconfigPath)
    // The page's lease still holds; it typed on, so the host asks for the whole text.
    const { lease, edit: id } = edit.opened
    const behind = await second.client.edit.report({
      kind: 'edited',
      edit: id,
      lease,
      fromVersion: 7,
      textVersion: 8,
      changes: [],
    })
    expect(problemOf(behind)).toMatchObject({ code: 'text-behind', hostVersion: 1 })
    unwrap(await second.client.edit.report({ kind: 'retyped', edit: id, lease, textVersion: 9, text: 'all of it' }))
    await second.state(id, state => state.textVersion === 9 && kept(state))
    await second.end()
    const third = await startRun(folder, wire.kubeconfigPath)
    expect((await third.resume(id)).text).toBe('all of it')
  })
})

describe('a submit whose answer the end of the app cut off', () => {
  async function cutOff(name: string, what: 'answers' | 'requests') {
    await configMap(name)
    const folder = temporary()
    const first = await startRun(folder, wire.kubeconfigPath)
    const edit = await first.open('configmaps', name)
    await edit.replace('key: value', `key: mine-${what}`)
    const review = await edit.review()
    wire.swallow(what)
    const submitted = edit.trySubmit(review).catch(() => null)
    await first.state(edit.opened.edit, state => state.submitting !== null)
    if (what === 'answers') {
      const isWritten = async () => valueAt(await bench.get('configmaps.v1', name), ['data', 'key']) === 'mine-answers'
      await expect.poll(isWritten, { timeout: 20_000 }).toBe(true)
    }
    wire.cut()
    await first.end()
    await submitted
    wire.swallow('nothing')
    wire.mend()
    return { run: await startRun(folder, wire.kubeconfigPath), edit, folder }
  }

  test('is found to be written: said so, and the text is no change any more', async () => {
    const { run, edit, folder } = await cutOff('cut-written', 'answers')
    const id = edit.opened.edit
    const again = await run.resume(id)
    expect(again.text).toBe(edit.text)
    const { settled } = await run.state(id, state => state.settled !== null)
    expect(settled?.outcome).toBe('written')
    const review = await again.review()
    expect(review.changesAnything).toBe(false)
    await run.end()
    const third = await startRun(folder, wire.kubeconfigPath)
    expect(await third.list()).toEqual([])
  })

  test('is found not to be written: said so, and it can be submitted', async () => {
    const { run, edit } = await cutOff('cut-unwritten', 'requests')
    const again = await run.resume(edit.opened.edit)
    // A review asked for at once waits until it is settled.
    const review = await again.review()
    const { settled } = await run.state(edit.opened.edit, state => state.settled !== null)
    expect(settled?.outcome).toBe('not-written')
    await again.submit(review)
    expect(valueAt(await bench.get('configmaps.v1', 'cut-unwritten'), ['data', 'key'])).toBe('mine-requests')
  })
})

/** A kubeconfig in which contexts have other names: new name to the name in the given file. The others are left out. */
function contextsOf(file: string, names: Record<string, string>): string {
  const config = JSON.parse(JSON.stringify(parse(readFileSync(file, 'utf8'))))
  const contexts = Object.entries(names).map(([name, old]) => ({
    ...config.contexts.find((context: { name: string }) => context.name === old),
    name,
  }))
  const renamed = join(temporary(), 'kubeconfig')
  writeFileSync(renamed, JSON.stringify({ ...config, contexts, 'current-context': Object.keys(names)[0] }), {
    mode: 0o600,
  })
  return renamed
}
