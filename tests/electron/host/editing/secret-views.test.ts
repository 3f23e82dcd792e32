import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type JsonObject, parseJson } from '../../../../core/json.ts'
import { openWorkbench, unwrap, type Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('editing-secret-views')
}, 120_000)
afterAll(() => bench?.end())

const encoded = (value: string | Uint8Array) => Buffer.from(value).toString('base64')
const values = {
  user: 'admin',
  certificate: '-----BEGIN-----\nQUJD\n-----END-----\n',
  keystore: new Uint8Array([0xfe, 0xed, 0xfe, 0xed, 0]),
}

async function plant(name: string, more: JsonObject = {}) {
  const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, encoded(value)]))
  await bench.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, type: 'Opaque', data, ...more })
  return bench.open('secrets.v1', name)
}

async function dataOf(name: string) {
  return (await bench.get('secrets.v1', name)).data
}

describe('a Secret is opened decoded', () => {
  test('texts under stringData, lines as a block, bytes as they are; nothing is changed by that', async () => {
    const edit = await plant('shown')
    expect(edit.opened.secretData).toBe('decoded')
    expect(edit.text).toContain(`data:\n  keystore: ${encoded(values.keystore)}\nkind: Secret\n`)
    expect(edit.text).toContain(
      'stringData:\n  certificate: |\n    -----BEGIN-----\n    QUJD\n    -----END-----\n  user: admin\n',
    )
    expect((await edit.review()).changesAnything).toBe(false)
    const [listed] = (await bench.client.edit.list()).filter(({ ref }) => ref.name === 'shown')
    expect(listed?.changed).toBe(false)
  })

  test('a patch names what was changed alone, as base64 in data', async () => {
    const edit = await plant('patched')
    await edit.replace('  user: admin\n', '  user: |+\n    root\n\n  added: "yes"\n')
    const review = await edit.review()
    expect(parseJson(review.request.body)).toMatchObject({ ok: true, value: { data: { user: '***', added: '***' } } })
    expect(review.request.body).not.toContain('certificate')
    expect(review.request.body).not.toContain('stringData')
    const line = edit.text.split('\n').findIndex(at => at.startsWith('  user:')) + 1
    expect(review.fates).toMatchObject([
      { path: 'data.user', fate: 'taken', line },
      { path: 'data.added', fate: 'taken' },
    ])
    const saved = await edit.submit(review)
    expect(await dataOf('patched')).toEqual({
      ...Object.fromEntries(Object.entries(values).map(([key, value]) => [key, encoded(value)])),
      user: encoded('root\n\n'),
      added: encoded('yes'),
    })
    // What the page goes on with is shown as before.
    expect(parseJson(saved.base)).toMatchObject({
      ok: true,
      value: { stringData: { user: 'root\n\n', added: 'yes' }, data: { keystore: encoded(values.keystore) } },
    })
  })

  test('a key that is taken out is deleted, all of them too', async () => {
    const edit = await plant('emptied')
    await edit.replace('  user: admin\n', '')
    await edit.submit(await edit.review())
    expect(Object.keys((await dataOf('emptied')) as JsonObject)).toEqual(['certificate', 'keystore'])
    const again = await bench.open('secrets.v1', 'emptied')
    const without = again.text.replace(/^data:\n(?: .*\n)+/m, '').replace(/^stringData:\n(?: .*\n)+/m, '')
    await again.type(without)
    await again.submit(await again.review())
    expect(await dataOf('emptied')).toBeUndefined()
  })

  test('a key under data and under stringData is refused at its line, with nothing sent', async () => {
    const edit = await plant('twice')
    await edit.replace('\nkind: Secret', '\n  user: cm9vdA==\nkind: Secret')
    expect(await edit.refusal()).toMatchObject({
      code: 'secret-key-twice',
      key: 'user',
      range: { line: edit.text.split('\n').indexOf('  user: admin') + 1 },
    })
  })

  test('base64 typed under data is taken as typed', async () => {
    const edit = await plant('typed')
    await edit.replace('  user: admin\n', '')
    await edit.replace('\nkind: Secret', '\n  user: cm9vdA==\nkind: Secret')
    await edit.submit(await edit.review())
    expect(await dataOf('typed')).toMatchObject({ user: 'cm9vdA==' })
  })

  test('what the server refuses is at the decoded line', async () => {
    const edit = await plant('immutable', { immutable: true })
    await edit.replace('user: admin', 'user: root')
    const problem = await edit.refusal()
    expect(problem.code).toBe('invalid')
    const heading = edit.text.split('\n').findIndex(line => /^(stringData|data):/.test(line)) + 1
    expect(problem.range?.line).toBe(heading)
  })

  test('others write at the same time: theirs is kept, and the same key is a conflict', async () => {
    const edit = await plant('moving')
    await edit.replace('user: admin', 'user: root')
    await bench.patch('secrets.v1', 'moving', { data: { certificate: encoded('theirs') } })
    const live = unwrap(await bench.client.edit.live({ edit: edit.opened.edit, read: true }))
    expect(live.base).toContain('"certificate":"theirs"')
    await edit.submit(await edit.review())
    expect(await dataOf('moving')).toMatchObject({ user: encoded('root'), certificate: encoded('theirs') })
  })
})

describe('a Secret shown as base64', () => {
  test('is the same object: nothing is changed by showing it so, and what is typed is sent', async () => {
    const edit = await plant('encoded')
    await edit.showSecretAs('encoded')
    expect(edit.text).toContain(`user: ${encoded('admin')}`)
    expect((await edit.review()).changesAnything).toBe(false)
    await edit.replace(encoded('admin'), encoded('root'))
    await edit.showSecretAs('decoded')
    expect(edit.text).toContain('user: root\n')
    await edit.submit(await edit.review())
    expect(await dataOf('encoded')).toMatchObject({ user: encoded('root') })
  })

  test('is taken up as it is shown, and refused where it names another text', async () => {
    const edit = await plant('taken-up')
    await edit.showSecretAs('encoded')
    const again = unwrap(await bench.client.edit.resume({ edit: edit.opened.edit }))
    expect(again).toMatchObject({ secretData: 'encoded', text: edit.text })
    expect(again.base).toContain(encoded('admin'))
    const stale = { edit: again.edit, lease: again.lease, secretData: 'decoded' as const, changes: [] }
    expect(await bench.client.edit.report({ kind: 'viewed', ...stale, fromVersion: 0, textVersion: 9 })).toMatchObject({
      ok: false,
      problem: { code: 'text-behind' },
    })
  })
})
