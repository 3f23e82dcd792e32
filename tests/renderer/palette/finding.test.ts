import { expect, test } from 'vitest'
import { type Entry, findEntries, makeBook, type Section } from '../../../renderer/palette/finding.ts'

const entry = (section: Section, label: string, also: readonly string[] = [], usual = 0): Entry => ({
  id: `${section} ${label}`,
  section,
  label,
  also,
  note: '',
  leads: '',
  keys: null,
  usual,
  completes: null,
  run: () => undefined,
})
const book = makeBook([
  entry('kinds', 'Pods', ['po', 'pods', 'pod'], 1),
  entry('kinds', 'Deployments', ['deploy', 'deployments', 'deployment', 'deployments.apps'], 0.7),
  ...['Services', 'ConfigMaps', 'Secrets', 'Nodes'].map(label => entry('kinds', label, [label.toLowerCase()])),
  entry('kinds', 'NetworkPolicies', ['netpol', 'networkpolicies.networking.k8s.io']),
  entry('kinds', 'PodDisruptionBudgets', ['pdb']),
  entry('kinds', 'Ports', ['po-rts']),
  ...['default', 'payments'].map(label => entry('namespaces', label)),
  entry('commands', 'Filter the list'),
])
const show = (text: string, section: Section | null = null) =>
  findEntries(book, text, section).map(
    ({ section, found }) => `${section}: ${found.map(one => one.entry.label).join(' ')}`,
  )

test('nothing typed offers the first of each heading', () => {
  expect(show('')).toEqual([
    'kinds: Pods Deployments Services ConfigMaps Secrets',
    'namespaces: default payments',
    'commands: Filter the list',
  ])
})

test.each([
  ['po', 'kinds: Pods'],
  ['PDB', 'kinds: PodDisruptionBudgets'],
  ['netpol', 'kinds: NetworkPolicies'],
  ['  depl ', 'kinds: Deployments'],
  ['deployments.apps', 'kinds: Deployments'],
  ['networking', 'kinds: NetworkPolicies'],
  ['paym', 'namespaces: payments'],
  ['filter', 'commands: Filter the list'],
])('%s means first %s', (typed, first) => {
  expect(show(typed)[0]).toMatch(new RegExp(`^${first}`))
})

test('a heading alone shows all of it that matches', () => {
  expect(show('', 'namespaces')).toEqual(['namespaces: default payments'])
  expect(show('po', 'namespaces')).toEqual([])
})

test('the typed letters of a label are told', () => {
  const [section] = findEntries(book, 'cmaps')
  expect(section?.found[0]?.entry.label).toBe('ConfigMaps')
  expect(section?.found[0]?.places.map(place => 'ConfigMaps'[place]).join('')).toBe('CMaps')
  // Found by another name, nothing of the label was typed.
  expect(findEntries(book, 'pdb')[0]?.found[0]?.places.length).toBeLessThanOrEqual(3)
})

test('of 5,000 kinds the one with that very short name stands first', () => {
  const many = Array.from({ length: 5_000 }, (_, n) =>
    entry('kinds', `Widget${n}s`, [`w${n}`, `widget${n}s.example.com`]),
  )
  const found = findEntries(makeBook(many), 'w417')
  expect(found[0]?.found[0]?.entry.label).toBe('Widget417s')
  expect(found[0]?.found.length).toBeLessThan(10)
})
