import { expect, test } from 'vitest'
import { type Entry, findEntries } from '../../../renderer/app/palette-entries.ts'

const entry = (group: string, label: string, note = ''): Entry => ({
  id: `${group} ${label}`,
  group,
  label,
  note,
  keys: null,
  run: () => undefined,
})
const entries = [
  ...['Pods', 'Deployments', 'Services', 'ConfigMaps', 'Secrets', 'Nodes'].map(label => entry('kinds', label)),
  entry('kinds', 'NetworkPolicies', 'netpol · networking.k8s.io'),
  ...['default', 'payments'].map(label => entry('namespaces', label)),
]
const show = (text: string, always: readonly Entry[] = []) =>
  findEntries(entries, always, text).map(
    ({ group, entries }) => `${group}: ${entries.map(({ label }) => label).join(' ')}`,
  )

test('nothing typed offers the first of each heading', () => {
  expect(show('')).toEqual(['kinds: Pods Deployments Services ConfigMaps Secrets', 'namespaces: default payments'])
})

test('typing finds by label and by note, the best heading first', () => {
  expect(show('paym')).toEqual(['namespaces: payments'])
  expect(show('netpol')[0]).toBe('kinds: NetworkPolicies')
  expect(show('  depl ')[0]).toMatch(/^kinds: Deployments/)
})

test('what the host found is shown whatever its name', () => {
  expect(show('zzzz', [entry('objects', 'nginx')])).toEqual(['objects: nginx'])
})
