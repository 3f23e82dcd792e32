import { describe, expect, test } from 'vitest'
import {
  bench,
  configMap,
  configMaps,
  deployment,
  deployments,
  managersOf,
  offerOf,
  reopen,
  replace,
} from './strategy-bench.ts'
import { problemOf } from './workbench.ts'

describe('replace', () => {
  test("says whose changes it takes back, wants that acknowledged, and keeps the server's own", async () => {
    await configMap('overwritten', { a: '1', b: '1' })
    const edit = await bench.open(configMaps, 'overwritten')
    await bench.patch(configMaps, 'overwritten', { data: { b: '2', c: 'new' } }, 'helm')
    await edit.replace('a: "1"', 'a: "2"')
    expect(offerOf(await edit.review(), 'replace')?.notes).toMatchObject([
      {
        kind: 'overwrites',
        changes: [{ path: 'data.b', before: '"1"', after: '"2"', manager: 'helm' }, { path: 'data.c' }],
      },
    ])
    const review = await edit.review(replace)
    expect(review).toMatchObject({ needsAcknowledgement: true, others: [] })
    expect(review.overwrites).toMatchObject([
      { path: 'data.b', manager: 'helm' },
      { path: 'data.c', manager: 'helm' },
    ])
    expect(JSON.parse(review.request.body).metadata).not.toHaveProperty('managedFields')
    expect(problemOf(await edit.trySubmit(review))).toEqual({ code: 'fates-unacknowledged' })
    await edit.submit(review, true)
    const stored = await bench.get(configMaps, 'overwritten')
    expect(stored.data).toEqual({ a: '2', b: '1' })
    expect(await managersOf(configMaps, 'overwritten')).toContain('kubectl-create Update')
  })

  test('puts my text over a conflict, and comes back when the object moves after the review', async () => {
    await configMap('conflict', { a: '1' })
    const edit = await bench.open(configMaps, 'conflict')
    await bench.patch(configMaps, 'conflict', { data: { a: 'theirs' } })
    await edit.replace('a: "1"', 'a: mine')
    expect(await edit.refusal()).toMatchObject({ code: 'merge-conflict' })
    const review = await edit.review(replace)
    expect(review.overwrites).toMatchObject([{ path: 'data.a', before: '"1"', after: 'theirs' }])
    await bench.patch(configMaps, 'conflict', { data: { b: 'later' } })
    expect(await edit.trySubmit(review, true)).toMatchObject({ ok: true, value: { kind: 'review-again' } })
  })

  test('a status that moved meanwhile is no change of others that it takes back', async () => {
    await deployment('status')
    const edit = await bench.open(deployments, 'status')
    await bench.kubectl('annotate', 'deployment/status', 'seen=yes')
    await bench.kubectl('rollout', 'status', 'deployment/status')
    await edit.replace('image: app:1', 'image: app:2')
    const review = await edit.review(replace)
    expect(review.overwrites.map(({ path }) => path)).toEqual(['metadata.annotations.seen'])
  })

  test('needs the verb update: who may only patch is told before', async () => {
    await configMap('rights', { a: '1' })
    await bench.kubectl('create', 'role', 'patcher', '--verb=get,list,watch,patch', '--resource=configmaps')
    await bench.kubectl('create', 'rolebinding', 'patcher', '--role=patcher', '--user=practice-viewer')
    const mayPatch = () => bench.kubectl('auth', 'can-i', 'patch', 'configmaps', '--as=practice-viewer')
    await expect.poll(mayPatch, { timeout: 10_000 }).toMatchObject({ stdout: 'yes\n' })
    const edit = await bench.open(configMaps, 'rights', { context: 'practice-viewer' })
    await edit.replace('a: "1"', 'a: "2"')
    expect(offerOf(await edit.review(), 'replace')?.state).toBe('not-allowed')
    expect(await edit.refusal(replace)).toMatchObject({ code: 'forbidden', asked: { verb: 'update' } })
  })
})

describe('guards', () => {
  test('by value: written under a writer who never rests, and refused when my own field moves', async () => {
    await configMap('busy', { mine: '1', theirs: '0' })
    const edit = await bench.open(configMaps, 'busy')
    await edit.replace('mine: "1"', 'mine: "2"')
    const review = await edit.review({ guard: 'value' })
    expect(review).toMatchObject({ strategy: 'json', guard: 'value' })
    expect(review.request.body).not.toContain('resourceVersion')
    await bench.patch(configMaps, 'busy', { data: { theirs: '1' } })
    expect(await edit.submit(review)).toMatchObject({ attempts: 1 })
    expect((await bench.get(configMaps, 'busy')).data).toEqual({ mine: '2', theirs: '1' })

    const again = await reopen(edit, configMaps, 'busy')
    await again.replace('mine: "2"', 'mine: "3"')
    const second = await again.review({ guard: 'value' })
    await bench.patch(configMaps, 'busy', { data: { mine: 'theirs' } })
    expect(problemOf(await again.trySubmit(second))).toMatchObject({ code: 'merge-conflict' })
  })

  test('none: the last writer of a field wins, and the review says what that takes back', async () => {
    await configMap('last', { a: '1', b: '1' })
    const edit = await bench.open(configMaps, 'last')
    await bench.patch(configMaps, 'last', { data: { a: 'theirs', b: 'theirs' } }, 'helm')
    await edit.replace('a: "1"', 'a: mine')
    const review = await edit.review({ guard: 'none' })
    expect(review).toMatchObject({ strategy: 'strategic', guard: 'none', needsAcknowledgement: true })
    expect(review.overwrites).toMatchObject([{ path: 'data.a', before: '"1"', after: 'theirs', manager: 'helm' }])
    expect(JSON.parse(review.request.body).metadata).toEqual({ uid: expect.any(String) })
    await bench.patch(configMaps, 'last', { data: { c: 'later' } })
    expect(await edit.submit(review, true)).toMatchObject({ attempts: 1 })
    expect((await bench.get(configMaps, 'last')).data).toEqual({ a: 'mine', b: 'theirs', c: 'later' })
  })

  test('none: what others deleted is not brought back', async () => {
    await deployment('torso')
    await bench.jsonPatch('deployment', 'torso', [
      { op: 'add', path: '/spec/template/spec/containers/-', value: { name: 'log', image: 'log:1' } },
    ])
    const edit = await bench.open(deployments, 'torso')
    await bench.jsonPatch('deployment', 'torso', [{ op: 'remove', path: '/spec/template/spec/containers/1' }])
    await edit.replace('image: log:1', 'image: log:2')
    expect(await edit.refusal({ guard: 'none' })).toMatchObject({
      code: 'merge-conflict',
      conflicts: [{ path: ['spec', 'template', 'spec', 'containers', { keys: { name: 'log' } }] }],
    })
  })
})
