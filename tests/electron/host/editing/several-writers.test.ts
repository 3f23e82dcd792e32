import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EditState } from '../../../../contract/edit.ts'
import { valueAt } from '../../../../core/path.ts'
import { openWorkbench, problemOf, unwrap, type Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('editing-writers')
}, 120_000)
afterAll(() => bench?.end())

async function configMap(name: string, data: Record<string, string>): Promise<void> {
  await bench.kubectl(
    'create',
    'configmap',
    name,
    ...Object.entries(data).map(([key, value]) => `--from-literal=${key}=${value}`),
  )
}

describe('another writer', () => {
  test('another field changed before the review is merged, shown with its manager, and kept', async () => {
    await configMap('before-review', { mine: '1', theirs: '1' })
    const edit = await bench.open('configmaps.v1', 'before-review')
    await bench.patch('configmaps.v1', 'before-review', { data: { theirs: '2' } }, 'colleague')
    await edit.replace('mine: "1"', 'mine: "2"')
    const review = await edit.review()
    expect(review.others).toEqual([{ path: 'data.theirs', before: '"1"', after: '"2"', manager: 'colleague' }])
    expect(review.fates).toMatchObject([{ path: 'data.mine', fate: 'taken' }])
    await edit.submit(review)
    expect(valueAt(await bench.get('configmaps.v1', 'before-review'), ['data'])).toEqual({ mine: '2', theirs: '2' })
  })

  test('another field changed between review and submit is merged by the retry, which says so', async () => {
    await configMap('before-submit', { mine: '1', theirs: '1' })
    const edit = await bench.open('configmaps.v1', 'before-submit')
    await edit.replace('mine: "1"', 'mine: "2"')
    const review = await edit.review()
    await bench.patch('configmaps.v1', 'before-submit', { data: { theirs: '2' } }, 'colleague')
    const saved = await edit.submit(review)
    expect(saved.attempts).toBe(2)
    expect(saved.mergedIn).toEqual([{ path: 'data.theirs', before: '"1"', after: '"2"', manager: 'colleague' }])
    expect(valueAt(await bench.get('configmaps.v1', 'before-submit'), ['data'])).toEqual({ mine: '2', theirs: '2' })
  })

  test('the same field changed is a conflict with both sides; nothing is sent and the text stays', async () => {
    await configMap('same-field', { field: 'base' })
    const edit = await bench.open('configmaps.v1', 'same-field')
    await edit.replace('field: base', 'field: mine')
    const review = await edit.review()
    await bench.patch('configmaps.v1', 'same-field', { data: { field: 'theirs' } })
    const conflict = { path: ['data', 'field'], base: 'base', mine: 'mine', theirs: 'theirs' }
    expect(problemOf(await edit.trySubmit(review))).toMatchObject({
      code: 'merge-conflict',
      conflicts: [conflict],
      range: { line: edit.text.split('\n').findIndex(line => line.includes('field: mine')) + 1 },
    })
    expect(await edit.refusal()).toMatchObject({ code: 'merge-conflict', conflicts: [conflict] })
    expect(valueAt(await bench.get('configmaps.v1', 'same-field'), ['data', 'field'])).toBe('theirs')
  })

  test('what is live is a base to move onto: mine is then kept without a conflict, also when they wrote once more', async () => {
    await configMap('settled', { field: 'base', other: '1' })
    const edit = await bench.open('configmaps.v1', 'settled')
    await edit.replace('field: base', 'field: mine')
    await bench.patch('configmaps.v1', 'settled', { data: { field: 'theirs' } })
    expect(await edit.refusal()).toMatchObject({ code: 'merge-conflict' })
    const live = unwrap(await bench.client.edit.live({ edit: edit.opened.edit, read: true }))
    expect(JSON.parse(live.base)).toMatchObject({ data: { field: 'theirs' } })
    expect(live.base).not.toContain('managedFields')
    await bench.patch('configmaps.v1', 'settled', { data: { other: '2' } })
    await edit.moveOnto(live)
    const review = await edit.review()
    expect(review.fates).toMatchObject([{ path: 'data.field', live: 'theirs', mine: 'mine' }])
    await edit.submit(review)
    const data = valueAt(await bench.get('configmaps.v1', 'settled'), ['data'])
    expect(data).toEqual({ field: 'mine', other: '2' })
  })

  test('an object that is gone has nothing live to move onto', async () => {
    await configMap('settled-gone', { field: 'base' })
    const edit = await bench.open('configmaps.v1', 'settled-gone')
    await bench.kubectl('delete', 'configmap', 'settled-gone')
    expect(problemOf(await bench.client.edit.live({ edit: edit.opened.edit, read: true }))).toEqual({
      code: 'object-gone',
    })
  })

  test('a retry whose dry run differs from the reviewed one comes back to the person', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.replace('terminationGracePeriodSeconds: 30', 'terminationGracePeriodSeconds: 40')
    const review = await edit.review()
    // The policy's label is taken away by hand: any write now puts it back, which the person has not seen.
    await bench.kubectl('label', 'namespace', bench.namespace, 'practice.patchbay/policies-')
    await bench.kubectl('label', 'deployment', 'nginx-deployment', 'image-tag-')
    await bench.kubectl('label', 'namespace', bench.namespace, 'practice.patchbay/policies=enabled')
    const again = await edit.trySubmit(review)
    expect(again).toMatchObject({ ok: true, value: { kind: 'review-again', reason: 'answer-differs' } })
    if (!again.ok || again.value.kind !== 'review-again') return
    expect(again.value.review.after).toContain('image-tag')
    await edit.submit(again.value.review)
  })

  test('a container that another writer put first does not turn my edit aside', async () => {
    const edit = await bench.open('deployments.v1.apps', 'frontend')
    const value = { name: 'sidecar', image: 'envoy:1' }
    await bench.jsonPatch('deployment', 'frontend', [{ op: 'add', path: '/spec/template/spec/containers/0', value }])
    await edit.replace('image: httpd:2.4.58', 'image: httpd:2.4.59')
    await edit.submit(await edit.review())
    const containers = valueAt(await bench.get('deployments.v1.apps', 'frontend'), [
      'spec',
      'template',
      'spec',
      'containers',
    ])
    expect(containers).toMatchObject([
      { name: 'sidecar', image: 'envoy:1' },
      { name: 'web', image: 'httpd:2.4.59' },
    ])
  })

  test('a container that another writer deleted is not brought back as a torso', async () => {
    await bench.kubectl('create', 'deployment', 'torso', '--image=a:1', '--image=b:1', '--replicas=0')
    const edit = await bench.open('deployments.v1.apps', 'torso')
    await bench.kubectl(
      'patch',
      'deployment',
      'torso',
      '-p',
      JSON.stringify({ spec: { template: { spec: { containers: [{ name: 'b', $patch: 'delete' }] } } } }),
    )
    await edit.replace('image: b:1', 'image: b:2')
    expect(await edit.refusal()).toMatchObject({ code: 'merge-conflict' })
  })

  test('a tab that is closed during its submit does not cut the write off', async () => {
    await configMap('closed-early', { mine: '1' })
    const edit = await bench.open('configmaps.v1', 'closed-early')
    await edit.replace('mine: "1"', 'mine: "2"')
    const review = await edit.review()
    const submitting = edit.submit(review)
    await edit.client.edit.discard({ edit: edit.opened.edit })
    expect((await submitting).attempts).toBe(1)
    expect(valueAt(await bench.get('configmaps.v1', 'closed-early'), ['data', 'mine'])).toBe('2')
  })

  test('a status update alone does not stop a submit', async () => {
    const edit = await bench.open('deployments.v1.apps', 'nginx-deployment')
    await edit.replace('revisionHistoryLimit: 10', 'revisionHistoryLimit: 11')
    const review = await edit.review()
    await bench.kubectl(
      'patch',
      'deployment',
      'nginx-deployment',
      '--subresource=status',
      '--type=merge',
      '-p',
      '{"status":{"collisionCount":7}}',
    )
    const saved = await edit.submit(review)
    expect(saved.mergedIn).toEqual([])
    expect(saved.attempts).toBeGreaterThan(0)
  })

  test('deleted meanwhile: the text is kept and can be created again', async () => {
    await configMap('deleted', { key: 'value' })
    const edit = await bench.open('configmaps.v1', 'deleted')
    await edit.type(`# kept\n${edit.text.replace('key: value', 'key: edited')}`)
    const review = await edit.review()
    await bench.kubectl('delete', 'configmap', 'deleted')
    expect(problemOf(await edit.trySubmit(review)).code).toBe('object-gone')
    expect((await edit.refusal()).code).toBe('object-gone')

    const creation = bench.editing(await edit.client.edit.recreate({ edit: edit.opened.edit }))
    expect(creation.text).toMatch(/^# kept\n/)
    expect(creation.text).not.toMatch(/uid:|resourceVersion:|creationTimestamp:/)
    const created = await creation.review()
    expect(created).toMatchObject({ strategy: 'create', request: { method: 'POST' }, before: '' })
    const saved = await creation.submit(created)
    expect(saved.edit).not.toBe(creation.opened.edit)
    expect(valueAt(await bench.get('configmaps.v1', 'deleted'), ['data', 'key'])).toBe('edited')
  })

  test('deleted and made again under the same name: the stranger is not touched', async () => {
    await configMap('replaced', { key: 'value' })
    const edit = await bench.open('configmaps.v1', 'replaced')
    await edit.replace('key: value', 'key: edited')
    const review = await edit.review()
    await bench.kubectl('delete', 'configmap', 'replaced')
    await configMap('replaced', { key: 'stranger' })
    expect(problemOf(await edit.trySubmit(review)).code).toBe('object-replaced')
    expect(valueAt(await bench.get('configmaps.v1', 'replaced'), ['data', 'key'])).toBe('stranger')
  })

  test('what happens to the object is told while the edit is open', async () => {
    await configMap('watched', { key: 'value' })
    const edit = await bench.open('configmaps.v1', 'watched')
    const states = await edit.client.edit.watch({ edit: edit.opened.edit })
    const until = async (seen: (state: EditState) => boolean): Promise<EditState> => {
      for (;;) {
        const next = await states.next()
        if (next.done) throw new Error('the states ended')
        if (seen(next.value)) return next.value
      }
    }
    await until(state => state.live.kind === 'present')
    await bench.patch('configmaps.v1', 'watched', { data: { key: 'other' } }, 'colleague')
    const moved = await until(state => state.others.length > 0)
    expect(moved.others).toEqual([{ path: 'data.key', before: 'value', after: 'other', manager: 'colleague' }])
    await bench.kubectl('delete', 'configmap', 'watched')
    await until(state => state.live.kind === 'gone')
    await states.return?.()
  })

  test('two pages: the one that took up the edit last writes, the other is told', async () => {
    const first = await bench.open('configmaps.v1', 'envoy-initializer')
    const second = await bench.open('configmaps.v1', 'envoy-initializer')
    expect(second.opened.edit).toBe(first.opened.edit)
    await expect(first.replace('concurrency', 'x')).rejects.toThrow('edit-busy')
    await second.replace('concurrency', 'y')
    expect(second.opened.lease).toBeGreaterThan(first.opened.lease)
  })
})
