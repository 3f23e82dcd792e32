import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import type { EditState } from '../../../../contract/edit.ts'
import { type Editing, openWorkbench, unwrap, type Workbench } from './workbench.ts'

// Two people of the test's own: one may watch a single object by its name, one may only read it.
const people = { watcher: ['get', 'patch', 'watch'], reader: ['get', 'patch'] }

let bench: Workbench
let limited: Workbench
let folder: string

beforeAll(async () => {
  bench = await openWorkbench('follow')
  const rbac = 'rbac.authorization.k8s.io'
  for (const [person, verbs] of Object.entries(people)) {
    const metadata = { name: person, namespace: bench.namespace }
    const rules = [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['backup-script'], verbs }]
    const subjects = [{ kind: 'User', name: `${bench.namespace}-${person}`, apiGroup: rbac }]
    const roleRef = { kind: 'Role', name: person, apiGroup: rbac }
    await bench.apply({ apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules })
    await bench.apply({ apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata, subjects, roleRef })
  }
  folder = mkdtempSync(join(tmpdir(), 'patchbay-follow-'))
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, withPeople(readFileSync(bench.practice.kubeconfigPath, 'utf8')))
  limited = await openWorkbench('follow', { seeded: false, on: bench.practice, kubeconfig })
}, 120_000)

afterAll(async () => {
  await limited?.end()
  await bench?.end()
  rmSync(folder, { recursive: true, force: true })
})

/** The practice's kubeconfig with a context for each of the people, impersonated by the admin. */
function withPeople(text: string): string {
  const config = parse(text)
  const named = (list: readonly { name: string }[], name: string) => list.find(one => one.name === name)
  const admin = config.contexts.find((context: { name: string }) => context.name === 'practice').context
  for (const person of Object.keys(people)) {
    const { user } = named(config.users, admin.user) as unknown as { user: object }
    config.users.push({ name: person, user: { ...user, as: `${bench.namespace}-${person}` } })
    config.contexts.push({ name: person, context: { ...admin, user: person } })
  }
  return stringify(config)
}

async function stateWhere(edit: Editing, is: (state: EditState) => boolean): Promise<EditState> {
  const stop = new AbortController()
  const states = await limited.client.edit.watch({ edit: edit.opened.edit }, { signal: stop.signal })
  for await (const state of states) {
    if (!is(state)) continue
    stop.abort()
    return state
  }
  throw new Error('the edit ended')
}

describe.each(Object.keys(people))('who may do no more than a %s', person => {
  test('hears what others change, by whom, and reads it without asking the server again', async () => {
    const edit = await limited.open('configmaps.v1', 'backup-script', { context: person, namespace: bench.namespace })
    expect(edit.opened.readOnly).toBeNull()
    const umask = person === 'reader' ? '0007' : '0027'
    // Whose entry has changed is told by its time, to the second: each writes under a name of their own.
    const manager = `colleague-of-${person}`
    await bench.patch('configmaps.v1', 'backup-script', { data: { umask } }, manager)
    const { others } = await stateWhere(edit, state => state.others.length > 0)
    expect(others).toMatchObject([{ path: 'data.umask', after: `"${umask}"`, manager }])
    const seen = unwrap(await limited.client.edit.live({ edit: edit.opened.edit, read: false }))
    expect(seen.others).toEqual(others)
    expect(JSON.parse(seen.base).data.umask).toBe(umask)
  })
})

test('what was seen some versions ago is still a base to move onto', async () => {
  const edit = await limited.open('configmaps.v1', 'backup-script', { context: 'watcher', namespace: bench.namespace })
  const live = (read: boolean) => limited.client.edit.live({ edit: edit.opened.edit, read })
  const first = unwrap(await live(true))
  await bench.patch('configmaps.v1', 'backup-script', { data: { owner: 'a' } }, 'colleague')
  unwrap(await live(true))
  await bench.patch('configmaps.v1', 'backup-script', { data: { owner: 'b' } }, 'colleague')
  expect(unwrap(await live(true)).baseVersion).not.toBe(first.baseVersion)
  await edit.moveOnto(first)
  const state = await stateWhere(edit, ({ others }) => others.length > 0)
  expect(state.others).toMatchObject([{ path: 'data.owner', after: 'b' }])
})
