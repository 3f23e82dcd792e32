import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AppState } from '../../../../contract/app.ts'
import type { ViewState } from '../../../../contract/browse.ts'
import type { Impersonation } from '../../../../contract/contexts.ts'
import { kubeconfigText, scratchFolder } from '../clusters/fake-server.ts'
import { openWorkbench, problemOf, unwrap, type Workbench } from '../editing/workbench.ts'

let bench: Workbench
const folder = scratchFolder()
const ends = new AbortController()
beforeAll(async () => {
  bench = await openWorkbench('contexts')
})
afterEach(() => actAs(null))
afterAll(async () => {
  ends.abort()
  await bench.end()
  folder.remove()
})

const viewer: Impersonation = { user: 'practice-viewer', groups: [], uid: null }
const actAs = async (impersonation: Impersonation | null) =>
  unwrap(await bench.client.contexts.impersonate({ context: 'practice', impersonation }))
const may = async (verb: string, resource: string) => {
  const question = { context: 'practice', verb, group: '', resource, namespace: bench.namespace, name: null }
  const [answer] = await bench.client.access.may({ questions: [question] })
  return answer?.answer
}

async function until<State>(states: AsyncIterable<State>, is: (state: State) => boolean): Promise<State> {
  for await (const state of states) if (is(state)) return state
  throw new Error('the states ended')
}
const app = async (is: (state: AppState) => boolean) =>
  until(await bench.client.app.watch(undefined, { signal: ends.signal }), is)
const contextNow = (state: AppState) => state.contexts.find(({ name }) => name === 'practice')

describe('acting as somebody else', () => {
  it('holds for what is asked from then on, and is told with the context', async () => {
    expect(await may('delete', 'configmaps')).toBe('yes')
    await actAs(viewer)
    expect(await may('delete', 'configmaps')).toBe('no')
    expect(contextNow(await app(() => true))?.actingAs).toEqual({ ...viewer, from: 'session' })
    await actAs(null)
    expect(await may('delete', 'configmaps')).toBe('yes')
    expect(contextNow(await app(() => true))?.actingAs).toBeNull()
  })

  it('holds for an open list: what the other person may not see leaves it, and comes back', async () => {
    const scope = {
      contexts: ['practice'],
      group: '',
      version: 'v1',
      resource: 'secrets',
      namespaces: [bench.namespace],
    }
    const ask = { filter: '', sort: null, window: { start: 0, count: 50 } }
    const stream = await bench.client.browse.view(
      { view: 'acting', scope, ask: { ...ask, labels: [] } },
      { signal: ends.signal },
    )
    const shows = (is: (state: ViewState) => boolean) => nextState(stream, is)
    const before = await shows(({ total, sources }) => total > 0 && sources[0]?.state === 'live')
    await actAs({ ...viewer, user: 'nobody-at-all' })
    const refused = await shows(({ sources }) => sources[0]?.state === 'failed')
    expect(refused).toMatchObject({ total: 0, sources: [{ problem: { code: 'forbidden' } }] })
    await actAs(null)
    const after = await shows(({ sources }) => sources[0]?.state === 'live')
    expect(after.total).toBe(before.total)
  })

  it('makes a review that was done as another person worthless', async () => {
    const editing = await bench.open('configmaps.v1', 'envoy-initializer')
    await editing.type(editing.text.replace(/^data:\n/m, 'data:\n  added: here\n'))
    const review = await editing.review()
    await actAs({ user: 'jane', groups: ['system:masters'], uid: null })
    expect(problemOf(await editing.trySubmit(review))).toMatchObject({
      code: 'person-changed',
      context: 'practice',
      now: expect.stringContaining(' as jane (system:masters)'),
    })
    const again = await editing.review()
    expect(again.command.posix).toContain('--context=practice --as=jane --as-group=system:masters ')
    await editing.submit(again)
    expect(await bench.get('configmaps.v1', 'envoy-initializer')).toMatchObject({ data: { added: 'here' } })
  })
})

it('a namespace that was typed is kept with its cluster, for all its contexts, until it is forgotten', async () => {
  const { client } = bench
  const names = async (context: string) => {
    const { names, typed } = unwrap(await client.browse.namespaces({ context }))
    return { typed, has: names.includes('not-listed') }
  }
  const typed = { context: 'practice', namespace: 'not-listed' }
  unwrap(await client.contexts.rememberNamespace(typed))
  unwrap(await client.contexts.rememberNamespace(typed))
  expect(await names('practice-viewer')).toEqual({ typed: ['not-listed'], has: true })
  expect(await names('practice-2')).toEqual({ typed: [], has: false })
  unwrap(await client.contexts.forgetNamespace({ ...typed, context: 'practice-viewer' }))
  expect(await names('practice')).toEqual({ typed: [], has: false })
})

it('where namespaces may not be listed, those that contexts of the cluster begin with are there, and typed ones', async () => {
  await actAs({ ...viewer, user: 'nobody-at-all' })
  unwrap(await bench.client.contexts.rememberNamespace({ context: 'practice', namespace: 'mine' }))
  const { names, problem } = unwrap(await bench.client.browse.namespaces({ context: 'practice' }))
  expect(names).toEqual(['default', 'mine'])
  expect(problem).toMatchObject({ code: 'forbidden', asked: { verb: 'list', resource: 'namespaces' } })
  unwrap(await bench.client.contexts.forgetNamespace({ context: 'practice', namespace: 'mine' }))
})

it('a further kubeconfig file is read as long as it is wanted, a wrong one never', async () => {
  const path = join(folder.path, 'edge')
  expect(problemOf(await bench.client.contexts.addKubeconfig({ path }))).toMatchObject({ code: 'kubeconfig-invalid' })
  writeFileSync(path, kubeconfigText('https://edge.invalid'))
  unwrap(await bench.client.contexts.addKubeconfig({ path }))
  const has = (state: AppState) => state.contexts.some(({ name }) => name === 'fake')
  const state = await app(has)
  expect(state.kubeconfigs.at(-1)).toEqual({ path, added: true, found: true })
  unwrap(await bench.client.contexts.removeKubeconfig({ path }))
  await app(state => !has(state))
})

async function nextState<State>(stream: AsyncIterator<State>, is: (state: State) => boolean): Promise<State> {
  for (;;) {
    const { value, done } = await stream.next()
    if (done === true) throw new Error('the states ended')
    if (is(value)) return value
  }
}
