import { afterEach, describe, expect, it } from 'vitest'
import type { Question } from '../../../../contract/access.ts'
import { createAccess } from '../../../../electron/host/access/access.ts'
import { getObject } from '../../../../electron/host/clusters/get.ts'
import { type Handler, json, openFake, refusal, startFakeServer } from '../clusters/fake-server.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const pods = { group: '', version: 'v1', resource: 'pods' }
const mayDelete = (more: Partial<Question> = {}): Question => ({
  context: 'fake',
  verb: 'delete',
  group: '',
  resource: 'pods',
  namespace: 'n',
  name: null,
  ...more,
})

// A server whose rules allow to look, and whose other authorizer allows to delete where `incomplete` says that it has one.
async function open(incomplete: boolean) {
  const handler: Handler = (request, response) => {
    const { spec = {} } = request.body === '' ? {} : JSON.parse(request.body)
    if (request.url.endsWith('selfsubjectrulesreviews')) {
      const resourceRules = [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }]
      return json(response, 201, { kind: 'SelfSubjectRulesReview', status: { resourceRules, incomplete } })
    }
    if (request.url.endsWith('selfsubjectaccessreviews')) {
      const allowed = spec.resourceAttributes.verb === 'delete'
      return json(response, 201, { kind: 'SelfSubjectAccessReview', status: { allowed, reason: 'said the webhook' } })
    }
    return json(response, 403, refusal(403, 'Forbidden', 'pods "p" is forbidden: User "u" cannot get resource "pods"'))
  }
  const server = await startFakeServer(handler)
  ends.push(server.close)
  const fake = await openFake(server.url)
  ends.push(fake.end)
  const asked = () => server.seen.map(({ url }) => url.slice(url.lastIndexOf('/') + 1))
  return { ...fake, asked, access: createAccess(fake.clusters) }
}

describe('what may be done', () => {
  it('is asked for once, however many questions there are', async () => {
    const { access, asked } = await open(false)
    const questions = [mayDelete(), mayDelete({ verb: 'get' }), mayDelete({ verb: 'get', name: 'p' })]
    const answers = await Promise.all([access.may(questions), access.may(questions)])
    expect(answers.map(each => each.map(({ answer }) => answer))).toEqual([
      ['no', 'yes', 'yes'],
      ['no', 'yes', 'yes'],
    ])
    expect(asked()).toEqual(['selfsubjectrulesreviews'])
  })

  it('is asked precisely where the rules are not all, and where no namespace is meant', async () => {
    const { access, asked } = await open(true)
    expect(await access.may([mayDelete()])).toEqual([{ answer: 'yes', reason: 'said the webhook' }])
    expect(await access.may([mayDelete({ verb: 'patch' })])).toMatchObject([{ answer: 'no' }])
    expect(await access.may([mayDelete({ namespace: null })])).toMatchObject([{ answer: 'yes' }])
    expect(asked()).toEqual(['selfsubjectrulesreviews', ...Array(3).fill('selfsubjectaccessreviews')])
  })

  it('is asked anew after a refusal', async () => {
    const { access, asked, cluster, signal } = await open(false)
    await access.may([mayDelete()])
    expect(await getObject(cluster, pods, { namespace: 'n', name: 'p' }, signal)).toMatchObject({ ok: false })
    await access.may([mayDelete()])
    expect(asked()).toEqual(['selfsubjectrulesreviews', 'p', 'selfsubjectrulesreviews'])
  })

  it('is unknown where the server does not answer, and not kept', async () => {
    const server = await startFakeServer((_, response) => json(response, 500, refusal(500, 'InternalError', 'no')))
    ends.push(server.close)
    const fake = await openFake(server.url)
    ends.push(fake.end)
    const access = createAccess(fake.clusters)
    expect(await access.may([mayDelete()])).toEqual([{ answer: 'unknown', reason: '' }])
    expect(await access.may([mayDelete({ context: 'other' })])).toEqual([{ answer: 'unknown', reason: '' }])
    const before = server.seen.length
    await access.may([mayDelete()])
    expect(server.seen.length).toBe(2 * before)
  })
})
