import { describe, expect, test } from 'vitest'
import { matchCandidate } from '../../../../electron/host/search/match.ts'
import { planSearch, type Wishes } from '../../../../electron/host/search/plan.ts'
import { parseQuery } from '../../../../electron/host/search/query.ts'
import { standInKinds } from '../../../renderer/stand-in-kinds.ts'

const id = '8f14e45f-ceea-467f-9575-0123456789ab'

test.each([
  ['nginx web', { by: 'name', words: ['nginx', 'web'] }],
  [id.toUpperCase(), { by: 'uid', needle: id }],
  ['10.0.0.7', { by: 'ip', needle: '10.0.0.7' }],
  ['fd00::7', { by: 'ip', needle: 'fd00::7' }],
  ['nginx:1.27', { by: 'image', needle: 'nginx:1.27' }],
  ['registry:5000/team/app:v2', { by: 'image' }],
  ['image:nginx', { by: 'image', needle: 'nginx' }],
  ['app=nginx', { by: 'label', labels: 'app=nginx' }],
  ['app in (a,b) web', { by: 'label', labels: 'app in (a,b)', words: ['web'] }],
  ['deploy/nginx', { by: 'name', words: ['nginx'], kindOrNamespace: 'deploy' }],
  ['kind:po ns:shop web', { by: 'name', kind: 'po', namespace: 'shop', words: ['web'] }],
  ['category:all ns:shop', { by: 'all', category: 'all', namespace: 'shop' }],
])('%s is read as meant', (text, meant) => {
  expect(parseQuery(text)).toMatchObject(meant)
})

test('nothing to look for is no search', () => {
  expect(parseQuery('   ')).toBeNull()
})

describe('which kinds are asked, in which order', () => {
  const wishes: Wishes = { only: [], chosen: ['/secrets'] }
  const keys = (text: string, chosen = wishes) => {
    const query = parseQuery(text)
    if (query === null) throw new Error('no query')
    const { kinds, namespace } = planSearch(standInKinds, query, chosen)
    return { kinds: kinds.map(kind => `${kind.group}/${kind.resource}`), namespace }
  }

  test('what the person chose, then workloads, then the rest, and what controllers write last', () => {
    const { kinds } = keys('nginx')
    expect(kinds.slice(0, 3)).toEqual(['/secrets', 'apps/deployments', '/pods'])
    expect(kinds.indexOf('apps.kruise.io/statefulsets')).toBeGreaterThan(kinds.indexOf('/configmaps'))
    expect(kinds.at(-1)).toBe('/events')
    expect(new Set(kinds).size).toBe(kinds.length)
  })

  test.each([
    ['deploy/nginx', { kinds: ['apps/deployments'], namespace: null }],
    ['kind:po ns:shop x', { kinds: ['/pods'], namespace: 'shop' }],
    ['kind:nothing x', { kinds: [], namespace: null }],
  ])('%s narrows them', (text, plan) => {
    expect(keys(text)).toEqual(plan)
  })

  test('before a slash what is no kind is a namespace', () => {
    const { kinds, namespace } = keys('shop/web')
    expect(namespace).toBe('shop')
    expect(kinds).not.toContain('/nodes')
  })

  test('only the given kinds', () => {
    expect(keys('x', { ...wishes, only: ['/pods'] }).kinds).toEqual(['/pods'])
  })
})

describe('how well an object answers', () => {
  const candidate = { uid: id, namespace: 'shop', created: null, deleting: false, cells: [], images: [] }
  const score = (text: string, name: string, more: object = {}) => {
    const query = parseQuery(text)
    return query && matchCandidate(query, { ...candidate, name, ...more })
  }

  test('the very name first, then its beginning, a part of it, anything in it, its letters', () => {
    const scores = ['web', 'web-1', 'my-web', 'myweb', 'w-e-b'].map(name => score('web', name))
    expect(scores).toEqual([0, 1, 2, 3, 4])
    expect(score('web', 'api')).toBeNull()
    expect(score('web api', 'web-1')).toBeNull()
  })

  test.each([
    ['10.0.0.1', true],
    ['10.0.0.2,10.0.0.1', true],
    ['10.0.0.1:443', true],
    ['10.0.0.12', false],
    ['110.0.0.1', false],
    ['10.0.0.1.5', false],
  ])('the address 10.0.0.1 in a cell %s: %s', (cell, found) => {
    expect(score('10.0.0.1', 'any', { cells: ['any', 1, null, cell] }) !== null).toBe(found)
  })

  test('an image by a part of it, a uid as a whole', () => {
    expect(score('nginx:1.27', 'any', { images: ['docker.io/nginx:1.27.1'] })).not.toBeNull()
    expect(score('nginx:1.27', 'nginx:1.27')).toBeNull()
    expect(score(id, 'any')).not.toBeNull()
    expect(score(id.replace('8f', '9f'), 'any')).toBeNull()
  })
})
