import { expect, test } from 'vitest'
import { listCommand, objectCommand } from '../../../../electron/host/sharing/list-command.ts'

const pods = { contexts: ['a'], group: '', version: 'v1', resource: 'pods', namespaces: ['default'] }
const list = { scope: pods, namespaced: true, filter: '', sort: null, labels: [], wide: false }
const facts = { contexts: ['a'], actingAs: () => null, kubeconfigGiven: false }
const sorted = (column: string, descending = false) => ({ ...list, sort: { column, descending } })
const get = 'kubectl --context=a --namespace=default get pods'

test.each([
  ['a list', list, get],
  [
    'selectors',
    { ...list, filter: 'app=x tier in (a,b) field:status.phase=Running' },
    `${get} -l 'tier in (a,b),app=x' --field-selector=status.phase=Running`,
  ],
  ['wide and label columns', { ...list, wide: true, labels: ['app', 'a.b/c'] }, `${get} -L app,a.b/c -o wide`],
  ['an order by name', sorted('Name'), `${get} --sort-by=.metadata.name`],
  ['the oldest first', sorted('Age', true), `${get} --sort-by=.metadata.creationTimestamp`],
  ['an order that kubectl has not', sorted('Status', true), `# Patchbay sorts by: Status, descending\n${get}`],
  [
    'words',
    { ...list, filter: 'web changed:1h by:kubelet' },
    `# Patchbay also filters by: web changed:3600s by:kubelet\n${get}`,
  ],
  ['all namespaces', { ...list, scope: { ...pods, namespaces: [] } }, 'kubectl --context=a -A get pods'],
  [
    'no namespaces',
    { ...list, namespaced: false, scope: { ...pods, resource: 'nodes', namespaces: [] } },
    'kubectl --context=a get nodes',
  ],
  [
    'another group',
    { ...list, scope: { ...pods, group: 'apps', resource: 'deployments' } },
    'kubectl --context=a --namespace=default get deployments.v1.apps',
  ],
])('%s', (_, input, expected) => {
  expect(listCommand(input, facts).posix).toBe(expected)
})

test('several contexts and namespaces are a command each', () => {
  const input = { ...list, scope: { ...pods, namespaces: ['n', 'm'] } }
  expect(listCommand(input, { ...facts, contexts: ['a', "it's"], kubeconfigGiven: true })).toEqual({
    posix: [
      '# with KUBECONFIG as Patchbay was given it',
      'kubectl --context=a --namespace=n get pods',
      'kubectl --context=a --namespace=m get pods',
      "kubectl '--context=it'\\''s' --namespace=n get pods",
      "kubectl '--context=it'\\''s' --namespace=m get pods",
    ].join('\n'),
    powershell: expect.stringContaining("kubectl '--context=it''s' --namespace=m get pods"),
  })
})

test('who acts as somebody else in a context does so in its commands', () => {
  const jane = { user: 'jane doe', groups: ['dev', 'ops'], uid: '7' }
  const actingAs = (context: string) => (context === 'a' ? jane : null)
  expect(listCommand(list, { ...facts, contexts: ['a', 'b'], actingAs }).posix).toBe(
    "kubectl --context=a '--as=jane doe' --as-group=dev --as-group=ops --as-uid=7 --namespace=default get pods\n" +
      'kubectl --context=b --namespace=default get pods',
  )
})

test('what was typed into the filter does not leave its comment', () => {
  const { posix } = listCommand({ ...list, filter: 'a\u2028b $(rm) \u0085`x`' }, facts)
  expect(posix.split(/[\n\r\u0085\u2028\u2029]/)).toHaveLength(2)
  expect(posix).toMatch(/^# .*\n/)
})

test('objects are a command each, in their own version', () => {
  const target = { context: 'a', group: 'apps', version: 'v1', resource: 'deployments', namespace: 'n', name: 'x' }
  const node = { ...target, group: '', resource: 'nodes', namespace: null, name: 'a b' }
  expect(objectCommand({ targets: [target, node], verb: 'edit' }, facts).posix).toBe(
    "kubectl --context=a --namespace=n edit deployments.v1.apps/x\nkubectl --context=a edit 'nodes/a b'",
  )
})
