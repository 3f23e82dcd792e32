import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { valueAt } from '../../../../core/path.ts'
import { defaultStorageLimit } from '../../../../core/stored-size.ts'
import { openWorkbench, problemOf, type Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('editing-large')
}, 120_000)
afterAll(() => bench?.end())

const statefulSets = 'statefulsets.v1alpha1.apps.kruise.io'

describe('a large object', () => {
  test('of 200 kB is edited end to end, another writer beside', async () => {
    const lines = Array.from({ length: 100 }, (_, line) => `line ${line} of a file that is long enough\n`).join('')
    const data = Object.fromEntries(Array.from({ length: 50 }, (_, file) => [`file-${file}.conf`, lines]))
    await bench.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'large' },
      data: { ...data, mode: 'a' },
    })
    const edit = await bench.open('configmaps.v1', 'large')
    expect(edit.text.length).toBeGreaterThan(200_000)
    expect(await bench.client.edit.list()).toMatchObject([{ changed: false }])
    await edit.replace('  mode: a\n', '  mode: b\n')
    expect(await bench.client.edit.list()).toMatchObject([{ changed: true }])
    await bench.patch('configmaps.v1', 'large', { data: { other: 'x' } })

    const review = await edit.review()
    expect(review).toMatchObject({
      size: null,
      others: [{ path: 'data.other', manager: 'somebody' }],
      fates: [{ path: 'data.mode', fate: 'taken', line: edit.text.split('\n').indexOf('  mode: b') + 1 }],
    })
    expect(JSON.parse(review.request.body).data).toEqual({ mode: 'b' })
    const shown = review.marks.filter(mark => mark.side === 'after' && mark.layer === 'mine')
    expect(shown.map(mark => review.after.split('\n')[mark.line - 1])).toEqual(['  mode: b'])
    await edit.submit(review)
    expect(valueAt(await bench.get('configmaps.v1', 'large'), ['data'])).toEqual({ ...data, mode: 'b', other: 'x' })
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('a refusal stands on its line, as of a small one', async () => {
    const notes = Array.from({ length: 4_000 }, (_, index) => ({ note: `number ${index} of many` }))
    await bench.patch(statefulSets, 'sample', { spec: { template: { spec: { notes } } } })
    const edit = await bench.open(statefulSets, 'sample')
    await edit.replace('  podManagementPolicy:', '  podManagmentPolicy: Parallel\n  podManagementPolicy:')
    const line = edit.text.split('\n').findIndex(text => text.includes('podManagmentPolicy')) + 1
    expect(await edit.refusal()).toMatchObject({ code: 'unknown-field', range: { line } })
    await edit.type(`${edit.text}\nbroken: [\n`)
    expect((await edit.refusal()).code).toBe('yaml-syntax')
    edit.client.edit.discard({ edit: edit.opened.edit })
  })

  test('too large to be stored is said before it is sent; the refusal is final, and nothing is lost', async () => {
    await bench.patch(statefulSets, 'sample', { spec: { template: { spec: { notes: null } } } })
    const edit = await bench.open(statefulSets, 'sample')
    const filling = 'x'.repeat(1_600_000)
    await edit.replace('      readinessGates:', `      filling: ${filling}\n      readinessGates:`)
    const review = await edit.review()
    expect(review.basis).toBe('server')
    expect(review.size).toEqual({ bytes: expect.any(Number), limit: defaultStorageLimit })
    expect(review.size?.bytes).toBeGreaterThan(1_600_000)
    expect(review.needsAcknowledgement).toBe(true)
    expect(problemOf(await edit.trySubmit(review)).code).toBe('fates-unacknowledged')
    expect(problemOf(await edit.trySubmit(review, true)).code).toBe('too-large')

    const resumed = await bench.client.edit.resume({ edit: edit.opened.edit })
    expect(resumed.ok && resumed.value.text).toBe(edit.text)
    const stored = await bench.get(statefulSets, 'sample')
    expect(valueAt(stored, ['spec', 'template', 'spec', 'filling'])).toBeUndefined()
    edit.client.edit.discard({ edit: edit.opened.edit })
  })
})

test('a host ends in silence, with edits open, discarded and under way', async () => {
  for (const turns of [0, 1, 5, 20]) {
    const other = await openWorkbench('editing-end', { seeded: false, on: bench.practice })
    const one = await other.open('configmaps.v1', 'kube-root-ca.crt', { namespace: 'default' })
    await other.client.edit.discard({ edit: one.opened.edit })
    await other.open('configmaps.v1', 'kube-root-ca.crt', { namespace: 'kube-system' })
    for (let turn = 0; turn < turns; turn++) await new Promise(resolve => setImmediate(resolve))
    await other.end()
  }
  // An error that nobody listens to fails the run by itself.
})
