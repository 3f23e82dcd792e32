import { afterAll, beforeAll, expect, test } from 'vitest'
import { wholeHistory } from '../../../../contract/history.ts'
import { startCreation } from '../creating/making.ts'
import { startDeletion } from '../deleting/deleting.ts'
import { startQuick } from '../quick/quick.ts'
import { openWorkbench, show, unwrap, type Workbench } from './workbench.ts'

// A policy that quotes a Secret's value in whatever it says of it: to a creation, a change and a deletion.

const planted = 'planted-in-a-policy'
const encoded = Buffer.from(planted).toString('base64')
let bench: Workbench
let name = ''

beforeAll(async () => {
  bench = await openWorkbench('quoted-secrets', { seeded: false })
  await bench.kubectl('create', 'namespace', bench.namespace)
  name = `quotes-${bench.namespace}`
  await quoteInEverything()
}, 120_000)

afterAll(async () => {
  await bench.kubectl('delete', 'validatingadmissionpolicybinding', `${name}-warn`, `${name}-deny`)
  await bench.kubectl('delete', 'validatingadmissionpolicy', name)
  await bench.kubectl('delete', 'namespace', bench.namespace, '--wait=false')
  await bench.end()
})

/** Warns of Secrets labelled `mode: warn`, and refuses those labelled `mode: deny`, by their values. */
async function quoteInEverything(): Promise<void> {
  const kinds = { apiVersion: 'admissionregistration.k8s.io/v1' }
  const operations = ['CREATE', 'UPDATE', 'DELETE']
  const about = '(object != null ? object : oldObject)'
  const message = `'quoted: ' + string(${about}.data.one)`
  await bench.apply({
    ...kinds,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations, resources: ['secrets'] }],
      },
      validations: [{ expression: 'false', messageExpression: message }],
    },
  })
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': bench.namespace } }
  for (const [mode, action] of [
    ['warn', 'Warn'],
    ['deny', 'Deny'],
  ]) {
    const matchResources = { namespaceSelector, objectSelector: { matchLabels: { mode } } }
    await bench.apply({
      ...kinds,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: `${name}-${mode}` },
      spec: { policyName: name, validationActions: [action], matchResources },
    })
  }
}

const secret = (name: string, mode: string) =>
  show({ apiVersion: 'v1', kind: 'Secret', metadata: { name, labels: { mode } }, stringData: { one: planted } })

function expectQuotedMasked(told: unknown): void {
  const text = show(told)
  expect(text).toContain('quoted: ***')
  expect(text).not.toContain(planted)
  expect(text).not.toContain(encoded.replace(/=+$/, ''))
}

/** What the history shows of an object, entry by entry. */
async function historyOf(object: string): Promise<readonly unknown[]> {
  const at = { context: 'practice', group: '', resource: 'secrets', namespace: bench.namespace, name: object }
  const page = new AbortController()
  const ask = { window: { start: 0, count: 9 }, filter: { ...wholeHistory, object: at } }
  const { value, done } = await (await bench.client.history.watch(ask, { signal: page.signal })).next()
  page.abort()
  if (done) throw new Error('no history')
  const read = value.window.rows.map(async ({ id }) => unwrap(await bench.client.history.read({ entry: id })))
  return Promise.all(read)
}

test('no value that a policy quotes of a Secret is told: not of a creation, a change or a deletion, nor by the history', async () => {
  const place = { context: 'practice', namespace: bench.namespace }
  const create = async (object: string, mode: string) => startCreation(bench, secret(object, mode), [place])

  // A policy holds a moment after it was made.
  let refused = await create('denied', 'deny')
  for (const end = Date.now() + 20_000; refused.words()[0]?.includes('ready') && Date.now() < end; ) {
    refused.leave()
    refused = await create('denied', 'deny')
  }
  expect(refused.words()).toEqual(['Secret denied: refused admission-denied'])
  expectQuotedMasked(refused.checked)
  refused.leave()

  const creation = await create('warned', 'warn')
  expectQuotedMasked(creation.checked)
  expect(await creation.send()).toEqual(['Secret warned: created'])
  expectQuotedMasked(await creation.until(({ phase }) => phase === 'checked'))
  creation.leave()

  const label = { kind: 'label' as const, set: { tier: 'front' }, remove: [] }
  const quick = await startQuick(bench, [{ type: 'secrets.v1', name: 'warned' }], label)
  expectQuotedMasked(quick.checked)
  expectQuotedMasked(await quick.send({ acknowledged: true }))
  quick.leave()

  const edit = await bench.open('secrets.v1', 'warned')
  await edit.replace('mode: warn', 'mode: deny')
  expectQuotedMasked(await edit.refusal())

  const deletion = await startDeletion(bench, [{ type: 'secrets.v1', name: 'warned' }])
  expectQuotedMasked(deletion.checked)
  await deletion.send()
  deletion.leave()
  const entries = await historyOf('warned')
  expect(entries).toHaveLength(3)
  expectQuotedMasked(entries)
})
