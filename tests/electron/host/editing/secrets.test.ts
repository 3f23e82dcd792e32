import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorkbench, problemOf, show, unwrap, type Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('editing-secrets')
}, 120_000)
afterAll(() => bench?.end())

const planted = ['planted-secret-one', 'planted-secret-two', 'planted-secret-typed']
const forms = planted.flatMap(value => [value, Buffer.from(value).toString('base64').replace(/=+$/, '')])

function expectNoSecret(shown: unknown): void {
  const text = show(shown)
  for (const form of forms) expect(text).not.toContain(form)
}

async function plant(name: string) {
  await bench.kubectl(
    'create',
    'secret',
    'generic',
    name,
    `--from-literal=one=${planted[0]}`,
    `--from-literal=two=${planted[1]}`,
  )
  return bench.open('secrets.v1', name)
}

const encoded = (value: string) => Buffer.from(value).toString('base64')

describe('a Secret', () => {
  test('is masked in diff, request, command and fates; what changed is told', async () => {
    const edit = await plant('reviewed')
    await edit.replace('planted-secret-one', 'planted-secret-typed')
    const review = await edit.review()
    expectNoSecret({ ...review, plan: '' })
    expect(review.before).toContain("one: '*** (before)'")
    expect(review.after).toContain("one: '*** (after)'")
    expect(review.request.masked).toBe(true)
    expect(review.command.runnable).toBe(false)
    const saved = await edit.submit(review)
    expectNoSecret({ ...saved, base: '' })
  })

  test('gives one reviewed value for its place, and none once the review is another one', async () => {
    const edit = await plant('revealed')
    await edit.replace('planted-secret-one', 'planted-secret-typed')
    const review = await edit.review()
    expect(review.masked).toEqual(
      (['before', 'after'] as const).flatMap(side =>
        ['one', 'two'].map(key => ({
          side,
          path: `data.${key}`,
          line: review[side].split('\n').findIndex(line => line.startsWith(`  ${key}:`)) + 1,
        })),
      ),
    )
    const { client } = bench
    const ask = { edit: edit.opened.edit, plan: review.plan }
    const reveal = (side: 'before' | 'after', path: string) => client.edit.reveal({ ...ask, side, path })
    const text = (value: string) => ({ ok: true, value: { form: 'text', value } })
    expect(await reveal('before', 'data.one')).toEqual(text('planted-secret-one'))
    expect(await reveal('after', 'data.one')).toEqual(text('planted-secret-typed'))
    expect(await reveal('after', 'data.two')).toEqual(text('planted-secret-two'))
    for (const path of ['metadata.name', 'data', 'data.three'])
      expect(problemOf(await reveal('after', path)).code).toBe('plan-stale')
    const command = unwrap(await client.edit.revealCommand(ask))
    expect(command.posix).toContain(encoded('planted-secret-typed'))
    expect(command.posix).not.toContain('***')
    await edit.submit(review)
    expect(problemOf(await reveal('after', 'data.one')).code).toBe('plan-stale')
    expect(problemOf(await client.edit.revealCommand(ask)).code).toBe('plan-stale')
  })

  test('gives bytes as base64, and nothing of another kind', async () => {
    const data = { keystore: '/u3+7QA=' }
    await bench.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'bytes' }, data })
    const edit = await bench.open('secrets.v1', 'bytes')
    await edit.replace('keystore: /u3+7QA=', 'keystore: /u3+7QE=')
    const { plan } = await edit.review()
    const ask = { edit: edit.opened.edit, plan, side: 'before', path: 'data.keystore' } as const
    expect(await bench.client.edit.reveal(ask)).toEqual({ ok: true, value: { form: 'base64', value: '/u3+7QA=' } })
    const map = await bench.open('configmaps.v1', 'backup-script')
    await map.replace('0 3 * * *', '0 4 * * *')
    const review = await map.review()
    expect(review.masked).toEqual([])
    const other = { edit: map.opened.edit, plan: review.plan, side: 'after', path: 'data.schedule' } as const
    expect(problemOf(await bench.client.edit.reveal(other)).code).toBe('plan-stale')
  })

  test('is masked in the conflict that another writer makes', async () => {
    const edit = await plant('conflicting')
    await edit.replace('planted-secret-one', 'planted-secret-typed')
    await bench.patch('secrets.v1', 'conflicting', { data: { one: encoded('planted-secret-two') } })
    const problem = await edit.refusal()
    expect(problem.code).toBe('merge-conflict')
    expectNoSecret(problem)
  })

  test.each([
    ['bad base64', 'data:\n  one: planted-secret-typed!!\n'],
    ['a number', 'data:\n  one: 12345678901\n'],
    ['a map', 'data:\n  one: { planted-secret-typed: x }\n'],
    ['a number as text', 'stringData:\n  one: 12345678901\n'],
    ['a map as text', 'stringData:\n  one: { planted-secret-typed: x }\n'],
  ])('is not quoted when the server refuses %s, and is told at its place', async (what, values) => {
    const edit = await plant(`refused-${what.replaceAll(' ', '-')}`)
    await edit.replace('  one: planted-secret-one\n', '')
    await edit.replace('  two: planted-secret-two\n', '')
    await edit.replace('stringData:\n', values)
    const problem = await edit.refusal()
    expectNoSecret(problem)
    expect(problem.range?.line).toBe(edit.text.split('\n').findIndex(line => line.startsWith('  one:')) + 1)
  })

  test('is not quoted when a field is unknown', async () => {
    const edit = await plant('unknown-field')
    await edit.type(`${edit.text}unknownField: planted-secret-typed\n`)
    const problem = await edit.refusal()
    expect(problem.code).toBe('unknown-field')
    expectNoSecret(problem)
  })

  test('typed as stringData into a text that shows base64 is taken, and masked', async () => {
    const edit = await plant('string-data')
    await edit.showSecretAs('encoded')
    expect(edit.text).toContain(`one: ${encoded('planted-secret-one')}`)
    await edit.type(`${edit.text}stringData:\n  three: planted-secret-typed\n`)
    const review = await edit.review()
    expectNoSecret(review)
    expect(review.needsAcknowledgement).toBe(false)
    await edit.submit(review)
    const stored = await bench.get('secrets.v1', 'string-data')
    expect(show(stored)).toContain(encoded('planted-secret-typed'))
  })

  test('is masked in what others changed', async () => {
    const edit = await plant('others')
    await edit.replace('planted-secret-one', 'planted-secret-typed')
    const review = await edit.review()
    await bench.patch('secrets.v1', 'others', { data: { two: encoded('planted-secret-one') } })
    const saved = await edit.submit(review)
    expect(saved.mergedIn).toMatchObject([{ path: 'data.two', manager: 'somebody' }])
    expectNoSecret({ ...saved, base: '' })
    expect(problemOf(await edit.trySubmit(review)).code).toBe('plan-stale')
  })

  test('is masked in the warnings of a policy that quotes it', async () => {
    const name = `quotes-${bench.namespace}`
    const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['secrets'] }]
    const quote = { expression: 'false', messageExpression: "'quoted: ' + string(object.data.one)" }
    const kinds = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name } }
    await bench.apply({
      ...kinds,
      kind: 'ValidatingAdmissionPolicy',
      spec: { matchConstraints: { resourceRules: rules }, validations: [quote] },
    })
    const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': bench.namespace } }
    await bench.apply({
      ...kinds,
      kind: 'ValidatingAdmissionPolicyBinding',
      spec: { policyName: name, validationActions: ['Warn'], matchResources: { namespaceSelector } },
    })
    const edit = await plant('warned')
    await edit.replace('planted-secret-one', 'planted-secret-typed')
    // A policy holds a moment after it was made.
    let review = await edit.review()
    for (const end = Date.now() + 20_000; review.warnings.length === 0 && Date.now() < end; )
      review = await edit.review()
    expect(review.warnings.map(({ message }) => message).join()).toContain('quoted: ')
    expectNoSecret(review)
    const saved = await edit.submit(review)
    expect(saved.warnings.join()).toContain('quoted: ')
    expectNoSecret({ ...saved, base: '' })
    await bench.kubectl('delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', name)
  })
})
