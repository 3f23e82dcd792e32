import { expect, test } from 'vitest'
import {
  addressOf,
  createRouter,
  keepOf,
  type ListAddress,
  placeOf,
  restorePlace,
} from '../../../renderer/app/router.ts'
import { fakeWindow } from './fake-window.ts'

const list = '/list/practice/apps/v1/deployments/default'
const edit = '/edit/practice/apps/v1/deployments/default/nginx'

function listAt(address: string): ListAddress {
  const { list } = placeOf(address)
  if (list === null) throw new Error(`${address} is no list`)
  return list
}

test.each([[list], [edit], ['/'], ['/create/e1'], [`${list}?filter=a%3Db&sort=-Age&columns=IP%2CNode`]])(
  '%s is kept as it is',
  address => {
    expect(addressOf(placeOf(address))).toBe(address)
  },
)

test('the history takes the place of the list, beside an edit, and gives it back', () => {
  const { window, address } = fakeWindow(list)
  const router = createRouter(window)
  const over = placeOf('/history?filter=x').over
  if (over?.kind !== 'history') throw new Error('the history has an address')
  router.showHistory(over)
  expect([address(), router.place().list]).toEqual(['/history?filter=x', listAt(list)])
  const opened = placeOf(edit).edit
  if (opened === null) throw new Error('an edit has an address')
  router.showEdit(opened)
  expect(restorePlace(edit, keepOf(router.place()))).toMatchObject({ over, edit: opened, acted: 'edit' })
  router.showHistory(null)
  expect(addressOf(router.place())).toBe(list)
})

test('a foreign address is kept and called so', () => {
  const place = placeOf('/elsewhere')
  expect(place).toEqual({ list: null, over: null, edit: null, acted: 'list', invalid: '/elsewhere' })
  expect(addressOf(place)).toBe('/elsewhere')
})

test('the other half is kept beside the address', () => {
  const place = { ...placeOf(edit), list: listAt(list) }
  expect(keepOf(place)).toEqual({ beside: list })
  expect(restorePlace(edit, keepOf(place))).toEqual(place)
  expect(restorePlace(edit, { beside: edit })).toEqual(placeOf(edit))
  expect(restorePlace(edit, 'junk')).toEqual(placeOf(edit))
})

test('back from an edit leads to the list alone, forward to both', () => {
  const browser = fakeWindow(list)
  const router = createRouter(browser.window)
  const target = placeOf(edit).edit
  if (target === null) throw new Error('no edit')
  router.showEdit(target)
  expect(browser.address()).toBe(edit)
  expect(router.place()).toMatchObject({ list: listAt(list), edit: target })
  browser.go(-1)
  expect(router.place()).toMatchObject({ list: listAt(list), edit: null })
  browser.go(1)
  expect(router.place()).toMatchObject({ list: listAt(list), edit: target, acted: 'edit' })
})

test('another list keeps the edit beside it; typing in the filter adds no history', () => {
  const browser = fakeWindow(edit)
  const router = createRouter(browser.window)
  router.showList(listAt(list))
  expect(browser.address()).toBe(list)
  expect(router.place().edit).toEqual(placeOf(edit).edit)
  const before = browser.count()
  router.showList({ ...listAt(list), filter: 'ng' }, 'replace')
  expect(browser.count()).toBe(before)
  expect(browser.address()).toBe(`${list}?filter=ng`)
  router.hideEdit()
  expect(router.place().edit).toBeNull()
})

test('only a page just opened at the start is fresh', () => {
  expect(createRouter(fakeWindow(list).window).fresh()).toBe(false)
  const router = createRouter(fakeWindow('/').window)
  expect(router.fresh()).toBe(true)
  router.goTo(edit)
  expect(router.fresh()).toBe(false)
})
