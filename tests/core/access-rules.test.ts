import { describe, expect, it } from 'vitest'
import { isGranted, type ResourceRule } from '../../core/access-rules.ts'

// verb resource.group[/subresource] [name], against rules in the same words.
const rule = (verbs: string, groups: string, resources: string, names = ''): ResourceRule => ({
  verbs: verbs.split(' '),
  groups: groups.split(' ').map(group => (group === 'core' ? '' : group)),
  resources: resources.split(' '),
  names: names === '' ? [] : names.split(' '),
})
function may(rules: readonly ResourceRule[], words: string): boolean {
  const [, verb = '', resource = '', group = '', subresource, name = null] =
    /^(\S+) ([^./ ]+)(?:\.([^/ ]+))?(?:\/(\S+))?(?: (\S+))?$/.exec(words) ?? []
  const asked = { verb, group, resource, namespace: 'n', name: name ?? null }
  return isGranted(rules, subresource === undefined ? asked : { ...asked, subresource })
}

const viewer = [rule('get list', 'core apps', 'pods deployments pods/log')]
const admin = [rule('*', '*', '*')]
const scaler = [rule('patch', '*', '*/scale')]
const named = [rule('patch', 'core', 'configmaps', 'one two')]

describe('a right is granted as RBAC grants it', () => {
  it.each([
    ['get pods', viewer, true],
    ['get pods/log', viewer, true],
    ['get pods/status', viewer, false],
    ['delete pods', viewer, false],
    ['list deployments.apps', viewer, true],
    ['list deployments.extensions', viewer, false],
    ['deletecollection anything.example.com/status', admin, true],
    ['patch deployments.apps/scale', scaler, true],
    ['patch deployments.apps', scaler, false],
    ['patch configmaps one', named, true],
    ['patch configmaps three', named, false],
    // A grant for some names is none for all of them.
    ['patch configmaps', named, false],
    ['get pods', [], false],
  ] as const)('%s', (words, rules, expected) => expect(may(rules, words)).toBe(expected))
})
