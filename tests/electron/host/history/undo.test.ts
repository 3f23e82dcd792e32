import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HistoryFormat, wholeHistory } from '../../../../contract/history.ts'
import { fieldOf, isObject, metadataOf } from '../../../../core/object.ts'
import { type Editing, openWorkbench, problemOf, unwrap, type Workbench } from '../editing/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('history-undo')
}, 120_000)
afterAll(() => bench?.end())

async function entriesOf(text: string): Promise<readonly string[]> {
  const ended = new AbortController()
  const input = { filter: { ...wholeHistory, text }, window: { start: 0, count: 50 } }
  for await (const state of await bench.client.history.watch(input, { signal: ended.signal })) {
    ended.abort()
    return state.window.rows.map(({ id }) => id)
  }
  throw new Error('the list ended')
}

async function newest(text: string): Promise<string> {
  const [id] = await entriesOf(text)
  if (id === undefined) throw new Error(`nothing in the history for ${text}`)
  return id
}

const undo = async (text: string) => unwrap(await bench.client.history.undo({ entry: await newest(text) }))

async function openUndone(text: string): Promise<{ readonly edit: Editing; readonly conflicts: boolean }> {
  const undone = await undo(text)
  if (undone.kind !== 'opened') throw new Error(`not opened but ${undone.kind}`)
  return { edit: bench.editing({ ok: true, value: undone.opened }), conflicts: undone.conflicts }
}

async function makeMap(name: string, data: Record<string, string>): Promise<void> {
  const literals = Object.entries(data).map(([key, value]) => `--from-literal=${key}=${value}`)
  await bench.kubectl('create', 'configmap', name, ...literals)
}

async function change(name: string, from: string, to: string): Promise<void> {
  const edit = await (await bench.open('configmaps.v1', name)).replace(from, to)
  await edit.submit(await edit.review())
}

const dataOf = async (name: string) => (await bench.get('configmaps.v1', name)).data

test('an undo takes my change back, keeps what others wrote since, and can be undone itself', async () => {
  await makeMap('swung', { mine: 'old', theirs: 'old' })
  await change('swung', 'mine: old', 'mine: new')
  await bench.patch('configmaps.v1', 'swung', { data: { theirs: 'new', added: 'yes' } })

  const { edit, conflicts } = await openUndone('swung')
  expect(conflicts).toBe(false)
  expect(edit.text).toContain('mine: old')
  expect(edit.text).toContain('added: "yes"')
  const review = await edit.review()
  expect(review.fates.map(({ path }) => path)).toEqual(['data.mine'])
  await edit.submit(review)
  expect(await dataOf('swung')).toEqual({ mine: 'old', theirs: 'new', added: 'yes' })

  const again = await openUndone('swung')
  await again.edit.submit(await again.edit.review())
  expect(await dataOf('swung')).toEqual({ mine: 'new', theirs: 'new', added: 'yes' })
  expect(await entriesOf('swung')).toHaveLength(3)
})

test('items of a list are put back by their identity, with what the server had added because of them', async () => {
  const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
  const [from] = /- image: nginx.*/.exec(edit.text) ?? []
  if (from === undefined) throw new Error('no image in the text')
  await edit.replace(from, `- image: busybox\n        name: beside\n      ${from}`)
  await edit.submit(await edit.review())
  await bench.patch('deployments.v1.apps', 'nginx-deployment', { metadata: { labels: { since: 'then' } } })
  const { edit: back } = await openUndone('nginx-deployment')
  expect(back.text).not.toContain('beside')
  expect(back.text).toContain('since: then')
  await back.submit(await back.review())
  const object = await bench.get('deployments.v1.apps', 'nginx-deployment')
  expect(JSON.stringify(object.spec)).not.toContain('beside')
})

test('what somebody has changed since is a conflict with its three sides', async () => {
  await makeMap('disputed', { value: 'old' })
  await change('disputed', 'value: old', 'value: mine')
  await bench.patch('configmaps.v1', 'disputed', { data: { value: 'theirs' } })
  const { edit, conflicts } = await openUndone('disputed')
  expect(conflicts).toBe(true)
  expect(edit.text).toContain('value: old')
  const problem = await edit.refusal()
  expect(problem).toMatchObject({
    code: 'merge-conflict',
    conflicts: [{ path: ['data', 'value'], base: 'mine', mine: 'old', theirs: 'theirs' }],
  })
})

test('nothing is undone twice', async () => {
  await makeMap('twice', { value: 'old' })
  await change('twice', 'value: old', 'value: new')
  await bench.patch('configmaps.v1', 'twice', { data: { value: 'old' } })
  expect(await undo('twice')).toEqual({ kind: 'nothing' })
})

test('an edit with changes of its own is not touched; one without any makes way', async () => {
  await makeMap('open', { value: 'old' })
  await change('open', 'value: old', 'value: new')
  const edit = await bench.open('configmaps.v1', 'open')
  await edit.replace('value: new', 'value: typed')
  const refused = await bench.client.history.undo({ entry: await newest('open') })
  expect(problemOf(refused).code).toBe('edit-in-the-way')
  await edit.replace('value: typed', 'value: new')
  const { edit: undone } = await openUndone('open')
  expect(undone.text).toContain('value: old')
  expect(problemOf(await edit.tryReview()).code).toBe('edit-unknown')
})

test('a creation is undone by deleting, with the command that does it', async () => {
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: created\n  namespace: ${bench.namespace}\n`
  const opened = unwrap(await bench.client.manifest.open({ context: 'practice', namespace: null, text }))
  if (opened.kind !== 'opened') throw new Error('one object was to be opened')
  const creation = bench.editing({ ok: true, value: opened.opened })
  await creation.submit(await creation.review())
  const command = `kubectl --context=practice --namespace=${bench.namespace} delete configmaps/created`
  expect(await undo('created')).toEqual({ kind: 'delete', posix: command, powershell: command })
})

test('where the object is gone, or another has its name, what stood there can be created', async () => {
  await makeMap('gone', { value: 'old' })
  await change('gone', 'value: old', 'value: new')
  await bench.client.edit.discard({ edit: (await bench.open('configmaps.v1', 'gone')).opened.edit })
  await bench.kubectl('delete', 'configmap', 'gone')
  expect(await undo('gone')).toEqual({ kind: 'gone', uid: null, recreatable: true })
  const creation = bench.editing(await bench.client.history.recreate({ entry: await newest('gone') }))
  expect(creation.opened.origin).toBe('create')
  await creation.submit(await creation.review())
  expect(await dataOf('gone')).toEqual({ value: 'old' })
  const [, first = ''] = await entriesOf('gone')
  const stranger = metadataOf(await bench.get('configmaps.v1', 'gone')).uid
  const replaced = await bench.client.history.undo({ entry: first })
  expect(unwrap(replaced)).toEqual({ kind: 'gone', uid: stranger, recreatable: true })
})

async function exported(format: HistoryFormat, text: string): Promise<string> {
  const input = { entries: null, filter: { ...wholeHistory, text }, format }
  let whole = ''
  for await (const piece of await bench.client.history.export(input)) whole += piece
  return whole
}

test('exported commands do what was sent; exported lines hold both sides', async () => {
  await makeMap('exported', { value: "it's old" })
  await change('exported', "value: it's old", "value: it's new")
  const script = await exported('posix', 'exported')
  await bench.patch('configmaps.v1', 'exported', { data: { value: "it's old" } })
  // The version that guarded the write is long over.
  const again = script.replace(/,?"resourceVersion":"\d+"/, '')
  const PATH = `${dirname(bench.practice.kubectlPath)}:/usr/bin:/bin`
  await promisify(execFile)('sh', ['-c', again], {
    env: { PATH, HOME: bench.profile, KUBECONFIG: bench.practice.kubeconfigPath },
  })
  expect(await dataOf('exported')).toEqual({ value: "it's new" })
  const line: unknown = JSON.parse(await exported('jsonl', 'exported'))
  expect(line).toMatchObject({
    outcome: 'written',
    kind: 'ConfigMap',
    name: 'exported',
    before: { data: { value: "it's old" } },
    after: { data: { value: "it's new" } },
    changes: [{ path: 'data.value' }],
    request: { method: 'PATCH' },
  })
})

test('an exported Secret is masked, and its command is a comment', async () => {
  const planted = ['planted-export-old', 'planted-export-new'] as const
  const encoded = planted.map(value => Buffer.from(value).toString('base64'))
  await bench.kubectl('create', 'secret', 'generic', 'exported-secret', '--from-literal=one=planted-export-old')
  const edit = await (await bench.open('secrets.v1', 'exported-secret')).replace(...planted)
  await edit.submit(await edit.review())
  for (const format of ['jsonl', 'posix', 'powershell'] as const) {
    const text = await exported(format, 'exported-secret')
    expect(text).toContain('***')
    for (const form of ['planted-export', ...encoded]) expect(text).not.toContain(form)
    if (format !== 'jsonl') for (const row of text.trimEnd().split('\n')) expect(row).toMatch(/^# /)
  }
})

test('a value under its subresource is undone there', async () => {
  const scale = await bench.open('deployments.v1.apps', 'nginx-deployment', { subresource: 'scale' })
  const replicas = Number(/replicas: (\d+)\nstatus/.exec(scale.text)?.[1])
  await scale.replace(`spec:\n  replicas: ${replicas}\n`, `spec:\n  replicas: ${replicas + 1}\n`)
  await scale.submit(await scale.review())
  const { edit } = await openUndone('nginx-deployment')
  await edit.submit(await edit.review())
  const { spec } = await bench.get('deployments.v1.apps', 'nginx-deployment')
  expect(isObject(spec) && fieldOf(spec, 'replicas')).toBe(replicas)
})
