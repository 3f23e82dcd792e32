import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { usualDelete } from '../../../../contract/delete.ts'
import { type Guard, noGuard } from '../../../../contract/guard.ts'
import { ownChoice } from '../../../../contract/own-choice.ts'
import type { RecreateState } from '../../../../contract/recreate.ts'
import { startCreation } from '../creating/making.ts'
import { startDeletion } from '../deleting/deleting.ts'
import { type Editing, openWorkbench, problemOf, show, unwrap, type Workbench } from '../editing/workbench.ts'
import { said, startQuick } from '../quick/quick.ts'

// The page is not trusted: each way by which something is written is gone by hand, with what a page would never send.

const readOnly: Guard = { colour: 'red', writes: 'never', confirm: false }
const confirming: Guard = { colour: 'red', writes: 'allowed', confirm: true }
const maps = 'configmaps.v1'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('every-write', { seeded: false })
  await bench.kubectl('create', 'namespace', bench.namespace)
  for (const name of ['one', 'two'])
    await bench.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: 'b' } })
})
afterEach(() => guard(noGuard))
afterAll(async () => {
  await bench.kubectl('delete', 'namespace', bench.namespace, '--wait=false')
  await bench.end()
})

const guard = async (guard: Guard) => unwrap(await bench.client.guards.set({ context: 'practice', guard }))
const label = { kind: 'label' as const, set: { tier: 'front' }, remove: [] }
const another = show({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'another' }, data: { a: 'b' } })
const both = [
  { type: maps, name: 'one' },
  { type: maps, name: 'two' },
]

/** What stands in the namespace, each with its uid and version. */
const standing = async () => {
  const columns = '-o=custom-columns=:metadata.name,:metadata.uid,:metadata.resourceVersion'
  return (
    await bench.kubectl(
      'get',
      'configmaps',
      '--no-headers',
      '--field-selector=metadata.name!=kube-root-ca.crt',
      columns,
    )
  ).stdout
}

/** A re-creation up to its check. `send` ends with what became of it. */
async function startRecreation({ opened: { edit } }: Editing) {
  const run = randomUUID()
  const page = new AbortController()
  const states = await bench.client.recreation.run({ run, edit, options: usualDelete }, { signal: page.signal })
  const until = async (isIt: (state: RecreateState) => boolean): Promise<RecreateState> => {
    for (;;) {
      const { value, done } = await states.next()
      if (done) throw new Error('the re-creation ended')
      if (isIt(value)) return value
    }
  }
  const checked = await until(({ trial, deletion }) => trial.kind !== 'asking' && deletion.phase === 'checked')
  return {
    checked,
    send: async (confirmation: string | null) => {
      unwrap(await bench.client.recreation.send({ run, confirmation, typed: null, reason: null }))
      return until(({ step }) => !['deciding', 'deleting', 'creating'].includes(step.kind))
    },
    leave: () => page.abort(),
  }
}

test('a read-only cluster gets no write and no dry run by any way', async () => {
  const place = { context: 'practice', namespace: bench.namespace }
  const edit = await bench.open(maps, 'one')
  await edit.replace('a: b', 'a: c')
  const [before, review] = [await standing(), await edit.review()]
  // What was checked while the cluster was open is sent when it is not.
  const quick = await startQuick(bench, both, label)
  const creation = await startCreation(bench, another, [place])
  const deletion = await startDeletion(bench, both)
  const recreation = await startRecreation(edit)
  expect(said(quick.checked)).toEqual(['ready', 'ready'])
  expect(recreation.checked.trial).toEqual({ kind: 'taken' })

  await guard(readOnly)
  const { edit: id } = edit.opened
  expect(problemOf(await edit.trySubmit(review, true)).code).toBe('context-read-only')
  expect(said(await quick.send({ acknowledged: true, confirmations: { practice: 'practice' } }))).toEqual([
    'failed context-read-only',
    'failed context-read-only',
  ])
  expect(await creation.send({ typed: 'practice' })).toEqual(['ConfigMap another: failed context-read-only'])
  const deleted = await deletion.send()
  expect(deleted.items.map(({ state }) => show(state))).toEqual(
    both.map(() => expect.stringContaining('"context-read-only"')),
  )
  expect(await recreation.send('practice')).toMatchObject({
    step: { kind: 'failed', problem: { code: 'context-read-only' } },
  })
  for (const one of [quick, creation, deletion, recreation]) one.leave()

  const asked = await bench.client.edit.dryRun({ edit: id, textVersion: edit.version, choice: ownChoice })
  expect(unwrap(asked)).toEqual({ kind: 'off', why: 'guarded' })
  expect((await edit.refusal()).code).toBe('context-read-only')
  const anew = await startQuick(bench, both, label)
  expect(said(anew.checked)).toEqual(['refused context-read-only', 'refused context-read-only'])
  const again = await startRecreation(edit)
  expect(again.checked).toMatchObject({ trial: { kind: 'refused', problem: { code: 'context-read-only' } } })
  expect(again.checked.deletion.items[0]?.state).toMatchObject({ problem: { code: 'context-read-only' } })
  for (const one of [anew, again]) one.leave()
  expect(await standing()).toBe(before)
  // Nothing was lost by it either.
  await guard(noGuard)
  expect((await edit.review()).changesAnything).toBe(true)
  await bench.client.edit.discard({ edit: id })
})

test('where the name is to be typed, nothing goes without it: not by many at once, and not by a re-creation', async () => {
  const edit = await bench.open(maps, 'two')
  await edit.replace('a: b', 'a: c')
  const before = await standing()
  await guard(confirming)
  const missing = 'failed confirmation-missing'
  const quick = await startQuick(bench, both, label)
  expect(said(await quick.send())).toEqual([missing, missing])
  expect(said(await quick.send({ confirmations: { 'practice-2': 'practice', practice: 'practice-2' } }))).toEqual([
    missing,
    missing,
  ])
  const recreation = await startRecreation(edit)
  for (const typed of [null, 'Practice', 'practice-2'])
    expect(await recreation.send(typed)).toMatchObject({
      step: { kind: 'failed', problem: { code: 'confirmation-missing' } },
    })
  expect(await standing()).toBe(before)
  expect(said(await quick.send({ confirmations: { practice: 'practice' } }))).toEqual(['saved', 'saved'])
  for (const one of [quick, recreation]) one.leave()
})
