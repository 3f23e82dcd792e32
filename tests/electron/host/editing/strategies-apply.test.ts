import { describe, expect, test } from 'vitest'
import { valueAt } from '../../../../core/path.ts'
import {
  apply,
  bench,
  configMap,
  configMaps,
  deployment,
  deployments,
  force,
  managersOf,
  offerOf,
  reopen,
  replace,
} from './strategy-bench.ts'
import { problemOf } from './workbench.ts'

describe('server-side apply', () => {
  test('keeps what it owned before, and a second edit by it takes a field of its own away', async () => {
    await configMap('second', { theirs: 'kept' })
    const edit = await bench.open(configMaps, 'second')
    await edit.replace('  theirs: kept\n', '  theirs: kept\n  mine: "1"\n  more: "2"\n')
    const first = await edit.review(apply)
    expect(JSON.parse(first.request.body)).toMatchObject({ data: { mine: '1', more: '2' } })
    expect(JSON.parse(first.request.body).data).not.toHaveProperty('theirs')
    expect(offerOf(first, 'apply')?.notes).toEqual([{ kind: 'takes-ownership', paths: ['data.mine', 'data.more'] }])
    await edit.submit(first)

    const next = await reopen(edit, configMaps, 'second')
    await next.replace('  more: "2"\n', '')
    const second = await next.review(apply)
    expect(JSON.parse(second.request.body).data).toEqual({ mine: '1' })
    await next.submit(second)
    expect((await bench.get(configMaps, 'second')).data).toEqual({ theirs: 'kept', mine: '1' })
  })

  test('a removal of what others own is named before anything is sent', async () => {
    await configMap('removal', { theirs: 'kept', other: 'x' })
    const edit = await bench.open(configMaps, 'removal')
    await edit.replace('  theirs: kept\n', '')
    expect(await edit.refusal(apply)).toMatchObject({
      code: 'patch-falls-short',
      paths: [['data', 'theirs']],
      reaching: ['strategic', 'merge', 'json', 'replace'],
    })
    expect(offerOf(await edit.review(), 'apply')).toMatchObject({ state: 'falls-short', paths: ['data.theirs'] })
  })

  test('the strategy Recreate is out of its reach: the defaults beside it belong to nobody', async () => {
    await deployment('recreate')
    const edit = await bench.open(deployments, 'recreate')
    const [rolling] = /strategy:\n {4}rollingUpdate:\n.*\n.*\n {4}type: RollingUpdate/.exec(edit.text) ?? []
    await edit.replace(rolling ?? '', 'strategy:\n    type: Recreate')
    expect(await edit.refusal(apply)).toMatchObject({
      code: 'patch-falls-short',
      paths: [['spec', 'strategy', 'rollingUpdate']],
    })
    await edit.submit(await edit.review())
  })

  test('owners are named before and by the server, and only force takes over', async () => {
    await configMap('owned', { a: '1' })
    await bench.patch(configMaps, 'owned', { data: { a: '2' } }, 'helm')
    const edit = await bench.open(configMaps, 'owned')
    await edit.replace('a: "2"', 'a: "3"')
    const usual = await edit.review()
    expect(offerOf(usual, 'apply')?.notes).toContainEqual({
      kind: 'owner-conflict',
      owners: [{ path: 'data.a', managers: ['helm'] }],
    })
    expect(await edit.refusal(apply)).toMatchObject({
      code: 'owner-conflict',
      owners: [{ manager: 'helm', field: 'data.a' }],
      path: ['data', 'a'],
    })
    const review = await edit.review(force)
    expect(review.request.query).toContainEqual(['force', 'true'])
    expect(review.command.posix).toContain('--force-conflicts')
    await edit.submit(review)
    const stored = await bench.get(configMaps, 'owned')
    expect(stored.data).toEqual({ a: '3' })
    expect(await managersOf(configMaps, 'owned')).not.toContain('helm Update')
  })

  test('what was deleted meanwhile is not created anew', async () => {
    await configMap('gone', { a: '1' })
    const edit = await bench.open(configMaps, 'gone')
    await edit.replace('a: "1"', 'a: "2"')
    const review = await edit.review(force)
    await bench.kubectl('delete', 'configmap', 'gone')
    expect(problemOf(await edit.trySubmit(review))).toMatchObject({ code: 'object-gone' })
  })

  test('an unknown field is that, and no lost outcome', async () => {
    await deployment('unknown')
    const edit = await bench.open(deployments, 'unknown')
    await edit.replace('image: app:1\n', 'image: app:1\n        imagePullPolicies: Always\n')
    expect(await edit.refusal(force)).toMatchObject({ code: 'unknown-field' })
    expect(await edit.refusal(replace)).toMatchObject({ code: 'unknown-field' })
  })

  test('a scale is applied where it is built in, and not offered of a custom resource', async () => {
    await deployment('scaled')
    const edit = await bench.open(deployments, 'scaled', { subresource: 'scale' })
    await edit.replace('spec: {}', 'spec:\n  replicas: 2')
    await edit.submit(await edit.review(force))
    expect(valueAt(await bench.get(deployments, 'scaled'), ['spec', 'replicas'])).toBe(2)

    const custom = await bench.open('statefulsets.v1alpha1.apps.kruise.io', 'sample', { subresource: 'scale' })
    await custom.replace('replicas: 3', 'replicas: 1')
    const review = await custom.review()
    expect(offerOf(review, 'apply')?.state).toBe('not-served')
    await custom.submit(await custom.review(replace))
    expect(valueAt(await bench.get('statefulsets.v1alpha1.apps.kruise.io', 'sample'), ['spec', 'replicas'])).toBe(1)
  })
})
