import { expect, test } from 'vitest'
import {
  findKinds,
  groupKinds,
  kindKey,
  listableKinds,
  pluralKind,
  toggleFavourite,
  usualFirst,
  withRecent,
} from '../../../renderer/browse/kind-groups.ts'
import { kindOf, standInKinds } from '../stand-in-kinds.ts'

const kinds = listableKinds(standInKinds)

test.each([
  ['Pod', 'pods', 'Pods'],
  ['Ingress', 'ingresses', 'Ingresses'],
  ['NetworkPolicy', 'networkpolicies', 'NetworkPolicies'],
  ['Endpoints', 'endpoints', 'Endpoints'],
  ['Person', 'people', 'people'],
])('many of %s are %s', (kind, resource, plural) => {
  expect(pluralKind({ kind, resource })).toBe(plural)
})

test('each resource is listed once, in the preferred version, when it can be listed', () => {
  const review = {
    ...kindOf('authorization.k8s.io', 'v1', 'subjectaccessreviews', 'SubjectAccessReview'),
    verbs: ['create'],
  }
  const listed = listableKinds([...standInKinds, review])
  expect(listed.filter(kind => kind.resource === 'horizontalpodautoscalers').map(kind => kind.version)).toEqual(['v2'])
  expect(listed.map(kindKey)).not.toContain('authorization.k8s.io/subjectaccessreviews')
})

test('favourites come first, then recents, then the groups, built-in ones before others', () => {
  const groups = groupKinds(kinds, ['apps/deployments', '/pods', '/gone'], ['/pods', '/secrets', '/events'])
  expect(groups.map(({ id }) => id)).toEqual([
    'favourites',
    'recents',
    'group:',
    'group:apps',
    'group:batch',
    'group:autoscaling',
    'group:networking.k8s.io',
    'group:rbac.authorization.k8s.io',
    'group:apps.kruise.io',
  ])
  expect(groups[0]?.kinds.map(kindKey)).toEqual(['apps/deployments', '/pods'])
  expect(groups[1]?.kinds.map(kindKey)).toEqual(['/events', '/secrets'])
})

test.each([
  ['deploy', 'apps/deployments'],
  ['po', '/pods'],
  ['cm', '/configmaps'],
  ['netpol', 'networking.k8s.io/networkpolicies'],
  ['kruise', 'apps.kruise.io/statefulsets'],
])('%s finds %s first', (text, key) => {
  expect(findKinds(kinds, text, 10).map(kindKey)[0]).toBe(key)
})

test('nonsense finds nothing', () => {
  expect(findKinds(kinds, 'qqqq', 10)).toEqual([])
})

test('favourites and recents', () => {
  expect(toggleFavourite(['/pods'], 'apps/deployments')).toEqual(['/pods', 'apps/deployments'])
  expect(toggleFavourite(['/pods'], '/pods')).toEqual([])
  expect(withRecent(['/a', '/b'], '/b')).toEqual(['/b', '/a'])
  const same = ['/a', '/b']
  expect(withRecent(same, '/a')).toBe(same)
})

test('the usual kinds stand first and none is lost', () => {
  const sorted = usualFirst(kinds, {
    favourites: ['apps/deployments', '/gone', '/pods'],
    recents: ['/pods', '/events'],
  })
  expect(sorted.slice(0, 3).map(kindKey)).toEqual(['apps/deployments', '/pods', '/events'])
  expect(new Set(sorted)).toEqual(new Set(kinds))
})
