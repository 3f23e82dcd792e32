import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noGuard } from '../../../../contract/guard.ts'
import type { LiveDryRun } from '../../../../contract/live-dry-run.ts'
import { ownChoice } from '../../../../contract/own-choice.ts'
import { type Editing, openWorkbench, unwrap, type Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('live-dry-run')
}, 120_000)
afterAll(() => bench?.end())

const deployments = 'deployments.v1.apps'

async function ask(edit: Editing): Promise<LiveDryRun> {
  const { client, opened, version } = edit
  return unwrap(await client.edit.dryRun({ edit: opened.edit, textVersion: version, choice: ownChoice }))
}
const lineOf = (text: string, part: string) => text.split('\n').findIndex(line => line.includes(part)) + 1
const discard = (edit: Editing) => edit.client.edit.discard({ edit: edit.opened.edit })
const versionOf = async (name: string) =>
  (await bench.kubectl('get', 'deployment', name, '-o', 'jsonpath={.metadata.resourceVersion}')).stdout

describe('the server is asked before any review', () => {
  test('it accepts what it would take, and nothing is saved', async () => {
    const edit = await bench.open(deployments, 'nginx-deployment')
    const before = await versionOf('nginx-deployment')
    expect(await ask(edit)).toEqual({ kind: 'unchanged' })
    await edit.replace('nginx:1.14.2', 'nginx:1.16.1')
    expect(await ask(edit)).toEqual({ kind: 'accepted', warnings: [], fates: [] })
    expect(await versionOf('nginx-deployment')).toBe(before)
    await discard(edit)
  })

  test('the words of validation, of the schema and of warnings come with their lines', async () => {
    const edit = await bench.open(deployments, 'nginx-deployment')
    await edit.replace('dnsPolicy: ClusterFirst', 'dnsPolicy: ClusterLast')
    const invalid = { code: 'invalid', range: { line: lineOf(edit.text, 'dnsPolicy') } }
    expect(await ask(edit)).toMatchObject({ kind: 'refused', problem: invalid })
    await edit.replace('dnsPolicy: ClusterLast', 'dnsPolicys: ClusterFirst')
    const misspelt = { code: 'unknown-field', range: { line: lineOf(edit.text, 'dnsPolicys') } }
    expect(await ask(edit)).toMatchObject({ kind: 'refused', problem: misspelt })
    await edit.replace('dnsPolicys: ClusterFirst', 'dnsPolicy: ClusterFirst')
    await edit.replace('terminationGracePeriodSeconds: 30', 'terminationGracePeriodSeconds: -1')
    const range = expect.objectContaining({ line: lineOf(edit.text, 'terminationGracePeriodSeconds') })
    expect(await ask(edit)).toMatchObject({ kind: 'accepted', warnings: [{ range }] })
    await discard(edit)
  })

  test('a field that the server drops without a word is told', async () => {
    const edit = await bench.open(deployments, 'nginx-deployment')
    await edit.type(edit.text.replace(/generation: \d+/, 'generation: 99'))
    expect(await ask(edit)).toMatchObject({
      kind: 'accepted',
      fates: [{ path: 'metadata.generation', fate: 'ignored', line: lineOf(edit.text, 'generation: 99') }],
    })
    await discard(edit)
  })

  test('an object that moved since is asked about as it is now', async () => {
    await bench.kubectl('create', 'deployment', 'moved', '--image=app:1', '--replicas=0')
    const edit = await bench.open(deployments, 'moved')
    await edit.replace('image: app:1', 'image: app:2')
    await bench.patch(deployments, 'moved', { spec: { revisionHistoryLimit: 3 } })
    expect(await ask(edit)).toMatchObject({ kind: 'accepted', fates: [] })
    await bench.patch(deployments, 'moved', {
      spec: { template: { spec: { containers: [{ name: 'app', image: 'app:3' }] } } },
    })
    expect(await ask(edit)).toMatchObject({ kind: 'unasked', problem: { code: 'merge-conflict' } })
    await discard(edit)
  })

  test('the values of a Secret stay out of what is refused', async () => {
    await bench.kubectl('create', 'secret', 'generic', 'planted', '--from-literal=password=hunter2hunter2')
    const edit = await bench.open('secrets.v1', 'planted')
    await edit.replace('type: Opaque', 'type: kubernetes.io/tls')
    const told = await ask(edit)
    expect(told).toMatchObject({ kind: 'refused', problem: { code: 'invalid' } })
    expect(JSON.stringify(told)).not.toMatch(/hunter2|aHVudGVy/)
    await discard(edit)
  })
})

test('a guarded cluster is not asked, locked or not, and an older text has no answer', async () => {
  const edit = await bench.open(deployments, 'nginx-deployment')
  await edit.replace('nginx:1.14.2', 'nginx:1.16.1')
  const guard = (writes: 'allowed' | 'after-unlock', confirm = false) =>
    bench.client.guards.set({ context: 'practice', guard: { ...noGuard, writes, confirm } })
  await guard('after-unlock')
  expect(await ask(edit)).toEqual({ kind: 'off', why: 'guarded' })
  await bench.client.guards.unlock({ context: 'practice' })
  expect(await ask(edit)).toEqual({ kind: 'off', why: 'guarded' })
  await guard('allowed', true)
  expect(await ask(edit)).toEqual({ kind: 'off', why: 'guarded' })
  await guard('allowed')
  expect(await ask(edit)).toMatchObject({ kind: 'accepted' })
  const { client, opened } = edit
  const old = { edit: opened.edit, textVersion: 0, choice: ownChoice }
  expect(await client.edit.dryRun(old)).toMatchObject({ problem: { code: 'text-behind' } })
  await discard(edit)
})
