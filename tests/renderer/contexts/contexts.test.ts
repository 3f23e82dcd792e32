import { describe, expect, test } from 'vitest'
import type { ConnectionState, ContextState } from '../../../contract/app.ts'
import type { PluginRun } from '../../../contract/contexts.ts'
import { noGuard } from '../../../contract/guard.ts'
import { rightsOf } from '../../../renderer/access/rights.ts'
import { findContexts, groupContexts } from '../../../renderer/contexts/context-groups.ts'
import { standingOf } from '../../../renderer/contexts/standing.ts'

const ready: ConnectionState = { kind: 'ready', version: 'v1.37.2', tooOld: false, slowMs: null }
const context = (name: string, connection: ConnectionState, more: Partial<ContextState> = {}): ContextState => ({
  name,
  cluster: 'one',
  server: 'https://one',
  user: 'admin',
  namespace: null,
  connection,
  actingAs: null,
  guard: { ...noGuard, unlockedUntil: null, offered: false },
  ...more,
})
const failed = (code: 'forbidden' | 'unauthorized' | 'kubeconfig-invalid' | 'timed-out'): ConnectionState => {
  const asked = { verb: 'list', group: '', resource: 'pods', namespace: null, name: null }
  const facts = { message: '', detail: '', asked, seconds: 1 }
  return { kind: 'failed', problem: { code, ...facts } }
}
const run: PluginRun = {
  id: '1',
  state: 'running',
  contexts: ['a'],
  command: 'aws',
  args: [],
  variables: [],
  file: '/f',
  since: 0,
  lines: [],
}

describe('how a context stands', () => {
  test.each([
    [{ kind: 'idle' }, 'sleeping'],
    [{ kind: 'connecting' }, 'connecting'],
    [ready, 'ready'],
    [{ ...ready, slowMs: 1_500 }, 'slow'],
    [{ ...ready, tooOld: true }, 'old'],
    [failed('forbidden'), 'forbidden'],
    [failed('unauthorized'), 'credentials'],
    [failed('kubeconfig-invalid'), 'broken'],
    [failed('timed-out'), 'unreachable'],
  ] as const)('%j is %s', (connection, standing) => {
    expect(standingOf(context('a', connection), [])).toBe(standing)
  })

  test('while its plugin runs it signs in; one that waits to be allowed is none that runs', () => {
    expect(standingOf(context('a', { kind: 'connecting' }), [run])).toBe('login')
    expect(standingOf(context('b', { kind: 'connecting' }), [run])).toBe('connecting')
    expect(standingOf(context('a', failed('unauthorized'), {}), [{ ...run, state: 'unconfirmed' }])).toBe('credentials')
  })
})

describe('many contexts', () => {
  const all = [
    context('prod-eu', ready, { cluster: 'eu' }),
    context('prod-us', failed('timed-out'), { cluster: 'us', server: 'https://us.example' }),
    context('dev-eu', ready, { cluster: 'eu', actingAs: { user: 'jane', groups: [], uid: null, from: 'session' } }),
  ].map(one => ({ context: one, standing: standingOf(one, []) }))
  const names = (found: readonly { readonly context: ContextState }[]) => found.map(one => one.context.name).join(' ')

  test.each([
    ['', 'prod-eu prod-us dev-eu'],
    ['EU prod', 'prod-eu'],
    ['us.example', 'prod-us'],
    ['unreachable', 'prod-us'],
    ['jane', 'dev-eu'],
    ['nothing', ''],
  ])('%j finds %j', (text, expected) => expect(names(findContexts(all, text, standing => standing))).toBe(expected))

  test.each([
    ['none', ['null: prod-eu prod-us dev-eu']],
    ['cluster', ['eu: prod-eu dev-eu', 'us: prod-us']],
    ['state', ['ready: prod-eu dev-eu', 'unreachable: prod-us']],
  ] as const)('grouped by %s', (by, expected) => {
    expect(groupContexts(all, by).map(({ id, contexts }) => `${id}: ${names(contexts)}`)).toEqual(expected)
  })
})

test('rights stand by resource and verb, with those that hold for some names alone', () => {
  const kind = { group: '', version: 'v1', kind: '', singular: '', shortNames: [], categories: [], namespaced: true }
  const kinds = [
    {
      ...kind,
      resource: 'pods',
      verbs: ['get', 'delete'],
      subresources: [{ name: 'log', verbs: ['get'] }],
      preferred: true,
    },
    { ...kind, resource: 'configmaps', verbs: ['get', 'patch'], subresources: [], preferred: true },
  ]
  const rules = [
    { verbs: ['get'], groups: [''], resources: ['pods', 'configmaps'], names: [] },
    { verbs: ['patch'], groups: [''], resources: ['configmaps'], names: ['mine'] },
  ]
  const told = rightsOf({ rules }, kinds).map(({ resource, rights }) => {
    const words = rights.map(right => (right === null ? '.' : right.kind === 'some' ? right.names.join() : right.kind))
    return `${resource} ${words.join(' ')}`
  })
  // get list watch create update patch delete deletecollection
  expect(told).toEqual(['configmaps yes . . . . mine . .', 'pods yes . . . . . no .', 'pods/log no . . . . . . .'])
})
