import { expect, test } from 'vitest'
import type { ServedKind } from '../../../contract/kinds.ts'
import { readExplained } from '../../../renderer/palette/explain-words.ts'

const kind = (group: string, resource: string, shortName: string, preferred = true): ServedKind => ({
  group,
  version: preferred ? 'v1' : 'v1beta1',
  resource,
  kind: resource,
  singular: resource.slice(0, -1),
  shortNames: [shortName],
  namespaced: true,
  verbs: ['list'],
  subresources: [],
  categories: [],
  preferred,
})
const kinds = [
  kind('apps', 'deployments', 'deploy'),
  kind('apps', 'deployments', 'deploy', false),
  kind('batch', 'cronjobs', 'cj'),
  kind('', 'events', 'ev'),
  kind('events.k8s.io', 'events', 'ev'),
]
const namesOf = ({ resource, singular, shortNames, group }: ServedKind) => [
  resource,
  singular,
  ...shortNames,
  `${resource}.${group}`,
]

test.each([
  ['explain deploy', ['apps deployments ']],
  ['explain Deployments.spec.strategy', ['apps deployments spec.strategy']],
  ['explain cronjobs.batch.spec', ['batch cronjobs spec']],
  ['explain ev.reason', [' events reason', 'events.k8s.io events reason']],
  ['explain de', ['apps deployments ']],
  ['explain none.spec', []],
  ['explain', []],
  ['deploy.spec', []],
])('%s', (typed, expected) => {
  const found = readExplained(typed, kinds, namesOf)
  expect(found.map(one => `${one.kind.group} ${one.kind.resource} ${one.field}`)).toEqual(expected)
})
