import { expect, test } from 'vitest'
import type { ContextState } from '../../../contract/app.ts'
import type { Scope } from '../../../contract/browse.ts'
import { placeOf } from '../../../renderer/app/router.ts'
import { homeList, listIn, placeScope, scopeContexts, withContexts, withKind } from '../../../renderer/browse/scope.ts'
import { createStandIn } from '../stand-in-host.ts'
import { kindOf } from '../stand-in-kinds.ts'

const pods: Scope = { contexts: ['a'], group: '', version: 'v1', resource: 'pods', namespaces: ['shop'] }
const app = createStandIn({ rows: 0, contexts: { a: null, b: null } }).state()
const [a, b] = app.contexts as readonly [ContextState, ContextState]

test('the first list is of the current context, or of the only one, or none', () => {
  expect(homeList(app)?.scope).toMatchObject({ contexts: ['a'], resource: 'deployments', namespaces: ['default'] })
  expect(homeList({ ...app, currentContext: null })).toBeNull()
  expect(homeList({ ...app, currentContext: null, contexts: [{ ...b, namespace: 'own' }] })?.scope).toMatchObject({
    contexts: ['b'],
    namespaces: ['own'],
  })
})

test('an edit opened by its address points at its neighbours', () => {
  expect(placeScope(placeOf('/edit/a/core/v1/pods/shop/web-1'))).toEqual(pods)
  expect(placeScope(placeOf('/edit/a/core/v1/nodes/_/n1'))?.namespaces).toEqual([])
  expect(placeScope(placeOf('/'))).toBeNull()
})

test('another kind keeps contexts and namespaces, unless it has none', () => {
  expect(withKind(pods, kindOf('apps', 'v1', 'deployments', 'Deployment'))).toMatchObject({
    contexts: ['a'],
    namespaces: ['shop'],
  })
  expect(withKind(pods, kindOf('', 'v1', 'nodes', 'Node', false)).namespaces).toEqual([])
})

test('another context begins in its own namespace; all namespaces stay all', () => {
  expect(withContexts(pods, [{ ...b, namespace: 'own' }])).toMatchObject({ contexts: ['b'], namespaces: ['own'] })
  expect(withContexts({ ...pods, namespaces: [] }, [b]).namespaces).toEqual([])
  expect(withContexts(pods, [a, b])).toMatchObject({ contexts: ['a', 'b'], namespaces: ['shop'] })
})

test('a context is gone to from the list on screen, or from nowhere', () => {
  expect(listIn(app, pods, [b])?.scope).toMatchObject({ contexts: ['b'], resource: 'pods' })
  expect(listIn({ ...app, currentContext: null }, null, [b])?.scope).toMatchObject({
    contexts: ['b'],
    resource: 'deployments',
  })
  expect(listIn(app, pods, [])).toBeNull()
})

test('no named context means all', () => {
  expect(scopeContexts({ ...pods, contexts: [] }, app.contexts)).toEqual([a, b])
  expect(scopeContexts(pods, app.contexts)).toEqual([a])
  expect(scopeContexts(null, app.contexts)).toEqual([])
})
