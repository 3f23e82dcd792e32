import { expect, test } from 'vitest'
import { groupKinds, servedOnce } from '../../../renderer/browse/kind-groups.ts'
import { kindLines, markedLine, moveFavourite } from '../../../renderer/kinds/kind-lines.ts'
import { kindOf, standInKinds } from '../stand-in-kinds.ts'

const review = {
  ...kindOf('authorization.k8s.io', 'v1', 'subjectaccessreviews', 'SubjectAccessReview'),
  verbs: ['create'],
}
const groups = groupKinds(servedOnce([...standInKinds, review]), ['/pods', 'apps/deployments'], ['/events'])
const lines = (open: readonly string[]) => kindLines(groups, ({ id }) => open.includes(id))

test('closed groups are headings alone, open ones have their kinds under them', () => {
  const shown = lines(['favourites', 'group:apps']).map(line => line.key)
  expect(shown.slice(0, 5)).toEqual([
    'favourites',
    'favourites /pods',
    'favourites apps/deployments',
    'recents',
    'group:',
  ])
  expect(shown).toContain('group:apps apps/daemonsets')
  expect(shown).not.toContain('group: /pods')
  expect(new Set(shown).size).toBe(shown.length)
})

test('a kind that cannot be listed has its line, too', () => {
  const [line] = lines(['group:authorization.k8s.io']).filter(line => line.type === 'kind')
  expect(line?.kind.kind).toBe('SubjectAccessReview')
})

test('what was found stands under no heading and says its group', () => {
  const found = kindLines([{ id: 'found', group: null, kinds: [...standInKinds] }], () => true)
  expect(found.every(line => line.type === 'kind' && line.withGroup)).toBe(true)
})

test('only the first place of the current kind is marked', () => {
  expect(markedLine(lines(['favourites', 'group:']), '/pods')).toBe('favourites /pods')
  expect(markedLine(lines(['group:']), '/pods')).toBe('group: /pods')
  expect(markedLine(lines([]), '/pods')).toBeNull()
})

test('favourites change places, up and down, and nothing else moves', () => {
  const favourites = ['/a', '/b', '/c', '/gone']
  expect(moveFavourite(favourites, '/a', '/b')).toEqual(['/b', '/a', '/c', '/gone'])
  expect(moveFavourite(favourites, '/c', '/a')).toEqual(['/c', '/a', '/b', '/gone'])
  expect(moveFavourite(favourites, '/a', '/a')).toBe(favourites)
  expect(moveFavourite(favourites, '/nowhere', '/a')).toBe(favourites)
})
