import { expect, test } from 'vitest'
import { readTyped } from '../../../renderer/palette/reading.ts'
import { recentObjects, withRecentObject } from '../../../renderer/palette/recent-objects.ts'

test.each([
  ['> filter', 'commands', 'filter'],
  ['@staging', 'contexts', 'staging'],
  ['#kube', 'namespaces', 'kube'],
  [':dep', 'kinds', 'dep'],
  ['  nginx', 'all', 'nginx'],
])('%s looks among %s', (typed, mode, text) => {
  expect(readTyped(typed)).toMatchObject({ mode, text })
})

const plain = { filter: '', isName: false, namespace: null, context: null, allNamespaces: false }
test.each([
  ['pods nginx', { kind: 'pods', filter: 'nginx' }],
  ['deploy/nginx', { kind: 'deploy', filter: 'nginx', isName: true }],
  ['deploy/nginx -n shop', { kind: 'deploy', filter: 'nginx', isName: true, namespace: 'shop' }],
  ['po #kube-system @staging dns', { kind: 'po', filter: 'dns', namespace: 'kube-system', context: 'staging' }],
  ['po -A', { kind: 'po', allNamespaces: true }],
  ['svc --namespace=shop --context staging', { kind: 'svc', namespace: 'shop', context: 'staging' }],
  ['po app=web tier!=db', { kind: 'po', filter: 'app=web tier!=db' }],
  [':po kube-system', { kind: 'po', namespace: 'kube-system' }],
  [':po /nginx', { kind: 'po', filter: 'nginx' }],
])('%s is a kind and what is wanted of it', (typed, words) => {
  expect(readTyped(typed).kindWords).toEqual({ ...plain, ...words })
})

test.each(['pods', 'pods ', '', '>pods nginx', '/nginx'])('%s goes on with nothing', typed => {
  expect(readTyped(typed).kindWords).toBeNull()
})

test('objects that were looked at are remembered once, newest first; what is no object is left out', () => {
  const [a, b] = ['/object/c/core/v1/pods/n/a', '/object/c/core/v1/pods/n/b']
  expect(withRecentObject([a ?? '', b ?? ''], b ?? '')).toEqual([b, a])
  const same = [a ?? '']
  expect(withRecentObject(same, a ?? '')).toBe(same)
  expect(recentObjects([a ?? '', '/list/x', 'nonsense']).map(one => one.target.name)).toEqual(['a'])
})
