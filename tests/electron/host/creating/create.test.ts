import { afterAll, beforeAll, expect, test } from 'vitest'
import { wholeHistory } from '../../../../contract/history.ts'
import { removeDefinition } from '../../../established.ts'
import { openWorkbench, unwrap, type Workbench } from '../editing/workbench.ts'
import { startCreation } from './making.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('create', { seeded: true })
})
afterAll(() => bench.end())

const here = { context: 'practice', namespace: null }
const there = { context: 'practice-2', namespace: null }

function configMap(name: string, namespace: string | null = bench.namespace): string {
  const within = namespace === null ? '' : `\n  namespace: ${namespace}`
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}${within}\ndata:\n  a: b\n`
}

const all = (...documents: string[]) => documents.join('---\n')

test('several documents go to several contexts, the namespace that one makes first, and each has its entry', async () => {
  const name = `${bench.namespace}-x`
  const namespace = `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`
  const made = await startCreation(bench, all(configMap('one', name), namespace), [here, there])
  expect(made.words()).toEqual([
    'ConfigMap one: later namespace 1 | later namespace 1',
    `Namespace ${name}: ready | ready`,
  ])
  expect(made.checked.order).toEqual([1, 0])
  expect(await made.send()).toEqual(['ConfigMap one: created | created', `Namespace ${name}: created | created`])
  expect(await historyOf(name)).toEqual([
    'create practice ConfigMap written',
    'create practice Namespace written',
    'create practice-2 ConfigMap written',
    'create practice-2 Namespace written',
  ])
  made.leave()
})

test('what cannot be created is said in its place, on its line, and the rest is created all the same', async () => {
  await bench.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'taken' } })
  const text = all(
    configMap('fine'),
    configMap('taken'),
    `# about it\napiVersion: v1\nkind: Service\nmetadata:\n  name: bad\n  namespace: ${bench.namespace}\nspec:\n  prots: []\n`,
    'apiVersion: example.com/v9\nkind: Nothing\nmetadata:\n  name: nine\n',
    configMap('nowhere', 'no-such-namespace'),
    'kind: [\n',
    'kind: ConfigMap\n',
  )
  const made = await startCreation(bench, text, [here])
  expect(made.words()).toEqual([
    'ConfigMap fine: ready',
    'ConfigMap taken: exists',
    'Service bad: refused unknown-field',
    'Nothing nine: refused resource-unknown',
    'ConfigMap nowhere: refused not-found',
    'null null: refused yaml-syntax',
    'ConfigMap null: refused manifest-incomplete',
  ])
  const bad = made.checked.cells[2]?.[0]
  const line = text.split('\n').findIndex(one => one.includes('prots')) + 1
  expect(bad).toMatchObject({ problem: { range: { line } } })
  const { from, to } = (bad?.kind === 'refused' ? bad.problem.range : undefined) ?? { from: 0, to: 0 }
  expect(text.slice(from, to)).toBe('prots: []')
  expect(await made.send()).toContain('ConfigMap fine: created')
  // Only what was checked is sent, and nothing twice.
  expect(await made.send()).toContain('ConfigMap fine: created')
  expect(await historyOf('fine')).toHaveLength(1)
  made.leave()
})

test('a context that is down and one that is read-only hold nobody back, and nothing is sent to them', async () => {
  await bench.client.guards.set({ context: 'practice-2', guard: { colour: null, writes: 'never', confirm: false } })
  const places = [
    here,
    there,
    { context: 'no-such-context', namespace: null },
    { context: 'practice-viewer', namespace: null },
  ]
  const made = await startCreation(bench, configMap('apart'), places)
  const refused = 'refused context-read-only | refused context-unknown | refused forbidden'
  expect(made.words()).toEqual([`ConfigMap apart: ready | ${refused}`])
  expect(await made.send()).toEqual([`ConfigMap apart: created | ${refused}`])
  made.leave()
  await bench.client.guards.set({ context: 'practice-2', guard: { colour: null, writes: 'allowed', confirm: false } })
})

test('a guarded context wants its name, typed', async () => {
  await bench.client.guards.set({ context: 'practice', guard: { colour: null, writes: 'allowed', confirm: true } })
  const made = await startCreation(bench, configMap('typed'), [here])
  expect(await made.send()).toEqual(['ConfigMap typed: failed confirmation-missing'])
  expect(await made.send({ typed: 'practice' })).toEqual(['ConfigMap typed: created'])
  made.leave()
  await bench.client.guards.set({ context: 'practice', guard: { colour: null, writes: 'allowed', confirm: false } })
})

test('a definition of a kind, and an object of it, in one text', async () => {
  const plural = `gadgets${bench.namespace.replace(/\W/g, '')}`
  const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${plural}.example.com
spec:
  group: example.com
  scope: Namespaced
  names: {kind: ${plural}, plural: ${plural}}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: {type: object, required: [size], properties: {size: {type: integer}}}
`
  const gadget = (name: string, spec: string) =>
    `apiVersion: example.com/v1\nkind: ${plural}\nmetadata: {name: ${name}, namespace: ${bench.namespace}}\nspec: ${spec}\n`
  const made = await startCreation(bench, all(gadget('good', '{size: 1}'), definition, gadget('bad', '{}')), [here])
  expect(made.words()).toEqual([
    `${plural} good: later kind 1`,
    `CustomResourceDefinition ${plural}.example.com: ready`,
    `${plural} bad: later kind 1`,
  ])
  expect(await made.send()).toEqual([
    `${plural} good: created`,
    `CustomResourceDefinition ${plural}.example.com: created`,
    `${plural} bad: refused invalid`,
  ])
  made.leave()
  await removeDefinition(words => bench.kubectl(...words), `${plural}.example.com`, `/apis/example.com/v1/${plural}`)
})

test('a List is taken apart; a generated name is told; what the server adds can be seen', async () => {
  const item = `{apiVersion: v1, kind: ConfigMap, metadata: {generateName: gen-, namespace: ${bench.namespace}}}`
  const made = await startCreation(bench, `apiVersion: v1\nkind: List\nitems: [${item}, ${item}]\n`, [here])
  expect(made.checked.documents).toMatchObject([
    { name: 'gen-', generates: true },
    { name: 'gen-', generates: true },
  ])
  expect(await made.send()).toEqual(['ConfigMap gen-: created', 'ConfigMap gen-: created'])
  const cell = unwrap(await made.cell(0, 0))
  expect(cell.before).not.toContain('uid:')
  expect(cell.after).toContain('uid:')
  expect(cell.request).toMatchObject({ method: 'POST', path: `/api/v1/namespaces/${bench.namespace}/configmaps` })
  expect(cell.command.posix).toContain('create --field-manager=patchbay --validate=strict')
  made.leave()
})

test("a Secret's values are masked in all that leaves the host", async () => {
  const text = `apiVersion: v1\nkind: Secret\nmetadata: {name: hush, namespace: ${bench.namespace}}\nstringData: {password: very-hidden}\n`
  const made = await startCreation(bench, text, [here])
  await made.send()
  const cell = unwrap(await made.cell(0, 0))
  expect(JSON.stringify([cell, await made.until(() => true)])).not.toMatch(/very-hidden|dmVyeS1oaWRkZW4/)
  made.leave()
})

/** What the history holds of objects with that text in their names. */
async function historyOf(text: string): Promise<readonly string[]> {
  const window = { start: 0, count: 20 }
  const states = await bench.client.history.watch({ filter: { ...wholeHistory, text }, window })
  for await (const { window: seen } of states) {
    return seen.rows.map(row => `${row.strategy} ${row.context} ${row.ref.kind} ${row.outcome}`).sort()
  }
  return []
}
