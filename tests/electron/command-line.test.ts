import { expect, test } from 'vitest'
import { parseCommandLine, usage } from '../../electron/command-line.mjs'

const plain = {
  practice: false,
  kubeconfig: null,
  context: null,
  port: null,
  hosts: [],
  profile: null,
  open: true,
  dev: false,
  help: false,
  target: null,
}
const target = { verb: 'edit', type: 'deployment', name: 'nginx', namespace: null, context: null }

test.each([
  ['', plain],
  ['--practice --no-open', { ...plain, practice: true, open: false }],
  ['--kubeconfig a.yaml --context b', { ...plain, kubeconfig: 'a.yaml', context: 'b' }],
  ['--port 8080 --host a --host b:1 --profile p', { ...plain, port: 8080, hosts: ['a', 'b:1'], profile: 'p' }],
  ['--dev -h', { ...plain, dev: true, help: true }],
  ['edit deployment/nginx', { ...plain, target }],
  ['edit deployment nginx', { ...plain, target }],
  ['edit deployment/a/b', { ...plain, target: { ...target, name: 'a/b' } }],
  [
    'edit deployments.apps/nginx -n default --context c',
    { ...plain, context: 'c', target: { ...target, type: 'deployments.apps', namespace: 'default', context: 'c' } },
  ],
  [
    'list po --namespace kube-system',
    { ...plain, target: { verb: 'list', type: 'po', name: null, namespace: 'kube-system', context: null } },
  ],
])('npm start -- %s', (words, expected) => {
  expect(parseCommandLine(words.split(' ').filter(word => word !== ''))).toEqual(expected)
})

test.each([
  ['--bogus', "Unknown option '--bogus'."],
  ['--port', "Option '--port <value>' argument missing."],
  ['--port 0', '--port needs a number from 1 to 65535.'],
  ['--port 65536', '--port needs a number from 1 to 65535.'],
  ['--port 1e3', '--port needs a number from 1 to 65535.'],
  ['--kubeconfig=', '--kubeconfig needs a value.'],
  ['--practice --kubeconfig f', '--practice and --kubeconfig exclude each other.'],
  ['-n default', '--namespace goes with a target: edit or list.'],
  ['delete pod/a', 'Unknown target "delete": use edit or list.'],
  ['edit', 'edit takes a type and a name, such as: edit deployment/nginx.'],
  ['edit deployment', 'edit takes a type and a name, such as: edit deployment/nginx.'],
  ['edit deployment/', 'edit takes a type and a name, such as: edit deployment/nginx.'],
  ['edit /nginx', 'edit takes a type and a name, such as: edit deployment/nginx.'],
  ['edit a b c', 'edit takes a type and a name, such as: edit deployment/nginx.'],
  ['list', 'list takes one type, such as: list pods.'],
  ['list a b', 'list takes one type, such as: list pods.'],
])('npm start -- %s is refused in one sentence', (words, sentence) => {
  expect(parseCommandLine(words.split(' '))).toBe(sentence)
})

test('the usage names every option', () => {
  for (const name of [
    'practice',
    'kubeconfig',
    'context',
    'namespace',
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
