import { expect, test } from 'vitest'
import type { ListAddress } from '../../../renderer/app/router.ts'
import { isRecent, lastHour, notRecent } from '../../../renderer/browse/last-hour.ts'
import { plainList } from '../../../renderer/browse/scope.ts'
import { isShown, renamed, savedAs, viewList, wholeList } from '../../../renderer/browse/views.ts'

const pods = plainList({ contexts: ['a'], group: '', version: 'v1', resource: 'pods', namespaces: ['default'] })
const view = (name: string, address = '/list/a/core/v1/pods/default?columns=*') => ({ name, address })
const names = (views: readonly { readonly name: string }[]) => views.map(({ name }) => name).join(' ')

test('a view of a name that is taken replaces the other where it stands', () => {
  const views = savedAs([view('a', '/'), view('b', '/')], 'a', wholeList(pods, {}))
  expect(views).toEqual([view('a'), view('b', '/')])
  expect(names(savedAs(views, 'c', pods))).toBe('a b c')
})

test('a view that is called otherwise stays where it is', () => {
  const views = [view('a'), view('b'), view('c')]
  expect(names(renamed(views, 'b', 'x'))).toBe('a x c')
  expect(names(renamed(views, 'b', 'c'))).toBe('a c')
  expect(names(renamed(views, 'b', 'b'))).toBe('a b c')
})

test('a view is on screen when all that is seen is the same, remembered columns too', () => {
  const looks = { '/pods': { columns: ['Name', 'Age'], widths: {} } }
  expect(isShown(view('a'), pods, {})).toBe(true)
  expect(isShown(view('a'), pods, looks)).toBe(false)
  expect(isShown(view('a'), { ...pods, columns: ['*'] }, looks)).toBe(true)
  expect(viewList(view('a'))).toEqual({ ...pods, columns: ['*'] })
  expect(viewList(view('a', '/history'))).toBeNull()
})

test.each<[Partial<ListAddress>, Partial<ListAddress>]>([
  [{}, { filter: 'changed:1h' }],
  [{ filter: 'web app=x' }, { filter: 'web app=x changed:1h' }],
  [{ filter: 'changed:2d web' }, { filter: 'web changed:1h' }],
])('the last hour of %o', (before, after) => {
  const list = lastHour({ ...pods, ...before })
  expect(list).toEqual({ ...pods, ...after, sort: { column: 'Changed', descending: true } })
  expect(isRecent(list)).toBe(true)
})

test('back from the last hour, an order that was chosen meanwhile stays', () => {
  const name = { column: 'Name', descending: false }
  const recent = lastHour({ ...pods, filter: 'web' })
  expect(notRecent(recent, name)).toEqual({ ...pods, filter: 'web', sort: name })
  expect(notRecent({ ...recent, sort: { column: 'Age', descending: true } }, name).sort?.column).toBe('Age')
})
