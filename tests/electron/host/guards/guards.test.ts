import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { parse, stringify } from 'yaml'
import type { AppState } from '../../../../contract/app.ts'
import { type Guard, noGuard, unlockMinutes } from '../../../../contract/guard.ts'
import { createObject } from '../../../../electron/host/clusters/create.ts'
import { patchObject, sendWrite } from '../../../../electron/host/clusters/patch.ts'
import { confirmedBy, type Write } from '../../../../electron/host/clusters/write-gate.ts'
import { createGuards } from '../../../../electron/host/guards/guards.ts'
import { createHost, type Host } from '../../../../electron/host/host.ts'
import { openStore } from '../../../../electron/host/store/store.ts'
import { json, openFake, refusal, scratchFolder, startFakeServer } from '../clusters/fake-server.ts'
import { Editing, openWorkbench, problemOf, unwrap, type Workbench } from '../editing/workbench.ts'

const readOnly: Guard = { colour: 'red', writes: 'never', confirm: false }
const lockable: Guard = { colour: 'red', writes: 'after-unlock', confirm: false }
const confirming: Guard = { colour: 'orange', writes: 'allowed', confirm: true }

let bench: Workbench
const hosts: Host[] = []
const folders: string[] = []

beforeAll(async () => {
  bench = await openWorkbench('guards')
})

afterEach(async () => {
  vi.useRealTimers()
  await bench.client.guards.set({ context: 'practice', guard: noGuard })
  await Promise.all(hosts.splice(0).map(host => host.end()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

afterAll(() => bench.end())

const guard = async (guard: Guard, context = 'practice') => unwrap(await bench.client.guards.set({ context, guard }))

async function guardOf(client: Workbench['client'], context: string) {
  const stop = new AbortController()
  for await (const state of await client.app.watch(undefined, { signal: stop.signal })) {
    stop.abort()
    return contextOf(state, context)
  }
  throw new Error('no state')
}

function contextOf(state: AppState, name: string) {
  const context = state.contexts.find(one => one.name === name)
  if (context === undefined) throw new Error(`no context ${name}`)
  return context.guard
}

let keys = 0
/** One more key in the data. */
const withKey = (text: string) => text.replace(/^data:\n/m, `data:\n  key-${++keys}: a\n`)

/** A change in the editor, not yet reviewed. */
async function change(context = 'practice'): Promise<Editing> {
  const editing = await bench.open('configmaps.v1', 'envoy-initializer', { context })
  return editing.type(withKey(editing.text))
}

const versionNow = async () =>
  (await bench.kubectl('get', 'cm', 'envoy-initializer', '-o', 'jsonpath={.metadata.resourceVersion}')).stdout

test('a read-only cluster refuses the dry run of a review, and a submit of what was reviewed before', async () => {
  const editing = await change()
  const review = await editing.review()
  const before = await versionNow()
  await guard(readOnly)
  const problem = { code: 'context-read-only', context: 'practice', unlockable: false }
  expect(await editing.refusal()).toMatchObject(problem)
  expect(problemOf(await editing.trySubmit(review))).toMatchObject(problem)
  expect(problemOf(await bench.client.guards.unlock({ context: 'practice' }))).toMatchObject(problem)
  expect(await versionNow()).toBe(before)
  // It can be read all the same, and goes on once the guard is gone.
  unwrap(await bench.client.edit.live({ edit: editing.opened.edit, read: true }))
  await guard(noGuard)
  await editing.submit(review)
})

test('a creation is refused as well', async () => {
  await bench.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'gone' }, data: { a: 'b' } })
  const editing = await bench.open('configmaps.v1', 'gone')
  await bench.kubectl('delete', 'configmap', 'gone')
  const creation = bench.editing(await bench.client.edit.recreate({ edit: editing.opened.edit }))
  await guard(readOnly)
  expect(await creation.refusal()).toMatchObject({ code: 'context-read-only' })
  await guard(noGuard)
  await creation.review()
})

test('every context of the cluster shares the guard, whoever it is; another cluster has none', async () => {
  await guard(readOnly)
  expect(await guardOf(bench.client, 'practice-editor')).toMatchObject(readOnly)
  expect(await guardOf(bench.client, 'practice-2')).toMatchObject(noGuard)
  const editing = await change('practice-editor')
  expect(await editing.refusal()).toMatchObject({ code: 'context-read-only', context: 'practice-editor' })
  // Set by one who may not read kube-system, it holds for the one who may.
  await guard(lockable, 'practice-editor')
  expect(await guardOf(bench.client, 'practice')).toMatchObject(lockable)
})

test('unlocked for a while: the time is told, it ends by itself, and Lock ends it at once', async () => {
  await guard(lockable)
  const editing = await change()
  expect(await editing.refusal()).toMatchObject({ code: 'context-read-only', unlockable: true })
  unwrap(await bench.client.guards.unlock({ context: 'practice-editor' }))
  const left = ((await guardOf(bench.client, 'practice')).unlockedUntil ?? 0) - Date.now()
  expect(left).toBeGreaterThan((unlockMinutes - 1) * 60_000)
  expect(left).toBeLessThanOrEqual(unlockMinutes * 60_000)
  const review = await editing.review()
  unwrap(await bench.client.guards.lock({ context: 'practice' }))
  expect(problemOf(await editing.trySubmit(review))).toMatchObject({ code: 'context-read-only' })
  // From here on the clock is the test's; sockets keep theirs.
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  unwrap(await bench.client.guards.unlock({ context: 'practice' }))
  await vi.advanceTimersByTimeAsync(unlockMinutes * 60_000 - 5_000)
  await editing.submit(review)
  const late = await change()
  await vi.advanceTimersByTimeAsync(6_000)
  expect(await late.refusal()).toMatchObject({ code: 'context-read-only', unlockable: true })
  expect((await guardOf(bench.client, 'practice')).unlockedUntil).toBeNull()
})

test('a clock that is set back does not lengthen an unlock', async () => {
  await guard(lockable)
  unwrap(await bench.client.guards.unlock({ context: 'practice' }))
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 })
  expect((await guardOf(bench.client, 'practice')).unlockedUntil).toBeNull()
})

test('the typed name is checked by the host, at the submit alone', async () => {
  await guard(confirming)
  const editing = await change()
  const review = await editing.review()
  const { edit } = editing.opened
  const submit = (confirmation?: string) =>
    bench.client.edit.submit({ edit, plan: review.plan, acknowledged: false, ...(confirmation && { confirmation }) })
  const before = await versionNow()
  const missing = { code: 'confirmation-missing', context: 'practice' }
  expect(problemOf(await submit())).toMatchObject(missing)
  expect(problemOf(await submit('Practice'))).toMatchObject(missing)
  expect(problemOf(await submit('practice-editor'))).toMatchObject(missing)
  expect(await versionNow()).toBe(before)
  expect(unwrap(await submit(' practice\n'))).toMatchObject({ kind: 'saved' })
})

test('the guard stays with the cluster when its context is renamed, and after a restart, locked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-guards-'))
  folders.push(folder)
  const kubeconfig = parse(readFileSync(bench.practice.kubeconfigPath, 'utf8'))
  const file = join(folder, 'config')
  const write = (rename: Record<string, string>) => {
    const contexts = kubeconfig.contexts.map((one: { name: string }) => ({
      ...one,
      name: rename[one.name] ?? one.name,
    }))
    writeFileSync(file, stringify({ ...kubeconfig, contexts }))
  }
  const start = async () => {
    const profile = join(folder, 'profile')
    const host = await createHost({ version: '0', profile, kubeconfig: [file], context: null, practice: false })
    hosts.push(host)
    return { host, client: createRouterClient(host.router) }
  }
  write({ practice: 'shop-prod' })
  const first = await start()
  expect(await guardOf(first.client, 'shop-prod')).toMatchObject({ ...noGuard, offered: true })
  unwrap(await first.client.guards.set({ context: 'shop-prod', guard: lockable }))
  unwrap(await first.client.guards.unlock({ context: 'shop-prod' }))
  expect(await guardOf(first.client, 'shop-prod')).toMatchObject({ ...lockable, offered: false })
  await first.host.end()
  hosts.length = 0

  // The other cluster now goes by that name, and the guarded one by another.
  write({ practice: 'harmless', 'practice-2': 'shop-prod' })
  const second = await start()
  expect(await guardOf(second.client, 'harmless')).toMatchObject({ ...lockable, unlockedUntil: null })
  expect(await guardOf(second.client, 'shop-prod')).toMatchObject({ ...noGuard, offered: true })
  // Declined: never offered again.
  unwrap(await second.client.guards.set({ context: 'shop-prod', guard: noGuard }))
  expect(await guardOf(second.client, 'shop-prod')).toMatchObject({ ...noGuard, offered: false })
  const target = { group: '', version: 'v1', resource: 'configmaps', namespace: bench.namespace, subresource: null }
  const opened = await second.client.edit.open({ ...target, context: 'harmless', name: 'envoy-initializer' })
  const editing = new Editing(second.client, unwrap(opened))
  await editing.type(withKey(editing.text))
  expect(await editing.refusal()).toMatchObject({ code: 'context-read-only', context: 'harmless', unlockable: true })
})

test('all writing verbs meet the gate before anything leaves, whatever their method; reads and rights do not', async () => {
  const server = await startFakeServer((_, response) => json(response, 200, {}))
  const asked: Write[] = []
  const problem = { code: 'context-read-only', context: 'fake', unlockable: false } as const
  const fake = await openFake(server.url, {
    gate: async (_, write) => {
      asked.push(write)
      return problem
    },
  })
  const { cluster, signal } = fake
  const type = { group: '', version: 'v1', resource: 'configmaps' }
  const at = { namespace: 'default', name: 'a' }
  const body = { body: '{}', fieldManager: 'patchbay' }
  const about = { verb: 'x', ...type, ...at }
  const path = '/api/v1/namespaces/default/configmaps/a'
  const patch = { ...body, mediaType: 'application/merge-patch+json' }
  const refused = [
    await patchObject(cluster, type, { ...at, subresource: null }, { ...patch, dryRun: false }, signal),
    await patchObject(cluster, type, { ...at, subresource: null }, { ...patch, dryRun: true }, signal),
    await createObject(confirmedBy(cluster, 'fake'), type, at, { ...body, dryRun: false }, signal),
    await sendWrite(cluster, { method: 'PUT', path, asked: about, signal }),
    await sendWrite(cluster, { method: 'DELETE', path, query: [['dryRun', 'All']], asked: about, signal }),
  ]
  for (const answer of refused) expect(problemOf(answer)).toEqual(problem)
  expect(asked.map(({ dryRun }) => dryRun)).toEqual([false, true, false, false, true])
  expect(asked[2]?.confirmation).toBe('fake')
  expect(server.seen).toEqual([])
  await fake.end()
  await server.close()
})

describe('what fails, fails closed', () => {
  function guardsOf(profile: string) {
    const life = new AbortController()
    const store = openStore(profile)
    const guards = createGuards(store, () => undefined, life.signal)
    return {
      guards,
      store,
      end: () => {
        life.abort()
        store.close()
      },
    }
  }
  const dryRun: Write = { dryRun: true, confirmation: null }

  test('a cluster that does not say what it is gets no write while any cluster is guarded', async () => {
    const folder = scratchFolder()
    const server = await startFakeServer((_, response) => json(response, 503, {}))
    const fake = await openFake(server.url)
    const { guards, end } = guardsOf(folder.path)
    expect(await guards.gate(fake.cluster, dryRun)).toBeNull()
    guards.set({ address: 'another', uid: 'u' }, readOnly)
    expect(await guards.gate(fake.cluster, dryRun)).toMatchObject({ code: 'server-error', status: 503 })
    end()
    await fake.end()
    await server.close()
    folder.remove()
  })

  test('where the guards are lost, every cluster is locked until it is unlocked', async () => {
    const folder = scratchFolder()
    writeFileSync(join(folder.path, 'patchbay.db'), 'this is no database, but long enough '.repeat(100))
    const server = await startFakeServer((_, response) =>
      json(response, 404, refusal(404, 'NotFound', 'no', { name: 'kube-system' })),
    )
    const fake = await openFake(server.url)
    const { guards, store, end } = guardsOf(folder.path)
    expect(store.problems()).toMatchObject([{ code: 'store-damaged' }])
    expect(await guards.gate(fake.cluster, dryRun)).toMatchObject({ code: 'context-read-only', unlockable: true })
    unwrap(guards.unlock('fake', { address: fake.cluster.address, uid: null }))
    expect(await guards.gate(fake.cluster, dryRun)).toBeNull()
    end()
    await fake.end()
    await server.close()
    folder.remove()
  })
})
