import { expect, test } from 'vitest'
import { parseCommandLine, usage } from '../../electron/command-line.mjs'

const plain = {
  practice: false,
  kubeconfig: null,
  context: null,
  as: null,
  port: null,
  hosts: [],
  profile: null,
  open: true,
  dev: false,
  help: false,
  target: null,
}
const target = {
  kind: 'object',
  verb: 'edit',
  type: 'deployment',
  name: 'nginx',
  namespace: null,
  context: null,
  section: null,
  subresource: null,
}
const pods = { kind: 'list', type: 'pods', contexts: null, namespaces: null, filter: '', sort: null, columns: null }
const inContext = (context: string, target: object) => ({ ...plain, context, target })

test.each([
  ['', plain],
  ['--practice --no-open', { ...plain, practice: true, open: false }],
  ['--kubeconfig a.yaml --context b', { ...plain, kubeconfig: 'a.yaml', context: 'b' }],
  ['--port 8080 --host a --host b:1 --profile p', { ...plain, port: 8080, hosts: ['a', 'b:1'], profile: 'p' }],
  ['--as jane', { ...plain, as: { user: 'jane', groups: [], uid: null } }],
  [
    '--context c --as jane --as-group dev --as-group ops --as-uid 7',
    { ...plain, context: 'c', as: { user: 'jane', groups: ['dev', 'ops'], uid: '7' } },
  ],
  ['--dev -h', { ...plain, dev: true, help: true }],
  ['edit deployment/nginx', { ...plain, target }],
  ['edit deployment nginx', { ...plain, target }],
  ['edit deployment/a/b', { ...plain, target: { ...target, name: 'a/b' } }],
  [
    'edit deployments.apps/nginx -n default --context c',
    inContext('c', { ...target, type: 'deployments.apps', namespace: 'default', context: 'c' }),
  ],
  ['edit deployment/nginx --subresource=scale', { ...plain, target: { ...target, subresource: 'scale' } }],
  ['describe deployment/nginx', { ...plain, target: { ...target, verb: 'show' } }],
  ['get deployment nginx -o yaml', { ...plain, target: { ...target, verb: 'show', section: 'yaml' } }],
  [
    'explain deploy.spec --context c',
    inContext('c', { kind: 'explain', type: 'deploy.spec', apiVersion: null, context: 'c' }),
  ],
  [
    'explain hpa --api-version autoscaling/v1',
    { ...plain, target: { kind: 'explain', type: 'hpa', apiVersion: 'autoscaling/v1', context: null } },
  ],
  ['list po --namespace kube-system', { ...plain, target: { ...pods, type: 'po', namespaces: ['kube-system'] } }],
  ['get pods -l app=x -A', { ...plain, target: { ...pods, filter: 'app=x', namespaces: [] } }],
  ['get pods -n a -n b', { ...plain, target: { ...pods, namespaces: ['a', 'b'] } }],
  ['get pods --context a --context b', inContext('a', { ...pods, contexts: ['a', 'b'] })],
  ['get pods --all-contexts', { ...plain, target: { ...pods, contexts: [] } }],
  [
    'get pods -l app,!canary --field-selector status.phase!=Running,spec.nodeName=n1',
    { ...plain, target: { ...pods, filter: 'app,!canary field:status.phase!=Running field:spec.nodeName=n1' } },
  ],
  ['get pods -l app', { ...plain, target: { ...pods, filter: 'label:app' } }],
  [
    'get pods -o wide -L app,tier -L app',
    { ...plain, target: { ...pods, columns: ['**', 'label:app', 'label:tier'] } },
  ],
  ['get pods -l=app=x -n=a', { ...plain, target: { ...pods, filter: 'app=x', namespaces: ['a'] } }],
  ['get pods -L app', { ...plain, target: { ...pods, columns: ['*', 'label:app'] } }],
  [
    'get pods --sort-by=.metadata.creationTimestamp',
    { ...plain, target: { ...pods, sort: { column: 'Age', descending: true } } },
  ],
  [
    'get pods --sort-by={.metadata.name}',
    { ...plain, target: { ...pods, sort: { column: 'Name', descending: false } } },
  ],
  ['get pods --sort-by=-Restarts', { ...plain, target: { ...pods, sort: { column: 'Restarts', descending: true } } }],
])('npm start -- %s', (words, expected) => {
  expect(parseCommandLine(words.split(' ').filter(word => word !== ''))).toEqual(expected)
})

test.each([
  ['--bogus', "Unknown option '--bogus'."],
  ['--as-group dev', '--as-group and --as-uid need --as.'],
  ['--port', "Option '--port <value>' argument missing."],
  ['--port 0', '--port needs a number from 1 to 65535.'],
  ['--port 65536', '--port needs a number from 1 to 65535.'],
  ['--port 1e3', '--port needs a number from 1 to 65535.'],
  ['--kubeconfig=', '--kubeconfig needs a value.'],
  ['--practice --kubeconfig f', '--practice and --kubeconfig exclude each other.'],
  ['-n default', '--namespace goes with a target, such as: get pods.'],
  ['-A', '--all-namespaces goes with a target, such as: get pods.'],
  ['--context a --context b', 'Several --context go with a list, such as: get pods.'],
  ['delete pod/a', 'Unknown target "delete": use get, describe, edit or explain.'],
  ['edit', 'edit takes a type and a name, such as: edit deployment/nginx.'],
  ['edit deployment', 'edit takes a type and a name, such as: edit deployment/nginx.'],
  ['edit deployment/', 'edit takes a type and a name, such as: edit deployment/nginx.'],
  ['edit /nginx', 'edit takes a type and a name, such as: edit deployment/nginx.'],
  ['edit a b c', 'edit takes a type and a name, such as: edit deployment/nginx.'],
  ['edit a/b -A', '--all-namespaces goes with a list, such as: get pods.'],
  ['edit a/b -o yaml', '--output goes with a list, such as: get pods.'],
  ['describe a/b --context a --context b', 'describe with a name takes one --context and one --namespace.'],
  ['get a/b --subresource=scale', '--subresource goes with edit, such as: edit deployment/nginx --subresource=scale.'],
  ['list', 'list takes one type, such as: list pods.'],
  ['list a b', 'list takes one type, such as: list pods.'],
  ['get', 'get takes a type, such as: get pods.'],
  ['get pods a b', 'get takes one name: for several, get the list and filter it.'],
  ['get deploy,svc', 'get takes one type: deploy first, the others are a key away in the app.'],
  ['get pods -A -n a', '--all-namespaces and --namespace exclude each other.'],
  ['get pods --all-contexts --context a', '--all-contexts and --context exclude each other.'],
  ['get pods --namespace=', '--namespace needs a value.'],
  ['get pods -o json', '-o takes wide, or yaml with a name, not "json": a list is copied as CSV or JSON in the app.'],
  [
    'get pods --sort-by=.spec.priority',
    '--sort-by: no column shows .spec.priority. Name a column, such as --sort-by Restarts.',
  ],
  ['get pods -w', "Unknown option '-w'. Lists follow the cluster by themselves: leave -w out."],
])('npm start -- %s is refused in one sentence', (words, sentence) => {
  expect(parseCommandLine(words.split(' '))).toBe(sentence)
})

test('the usage names every option', () => {
  for (const name of [
    'practice',
    'kubeconfig',
    'context',
    'all-contexts',
    'namespace',
    'all-namespaces',
    'selector',
    'field-selector',
    'sort-by',
    'label-columns',
    'port',
    'host',
    'profile',
    'no-open',
    'dev',
    'help',
  ]) {
    expect(usage).toContain(`--${name}`)
  }
})
