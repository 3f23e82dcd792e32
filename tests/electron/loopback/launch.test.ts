import { expect, test } from 'vitest'
import { createEntrance } from '../../../electron/loopback/entrance.ts'
import { splitToken, withToken } from '../../../electron/loopback/launch.ts'

test.each(['/', '/list/_all/core/v1/pods/_all', '/list/_all/core/v1/pods/_all?filter=a%26b&sort=-Age', '/create/1'])(
  'a token goes on %s and comes off again',
  path => {
    expect(splitToken(withToken(path, 'abc'))).toEqual({ token: 'abc', clean: path })
  },
)

test.each([
  ['/', null, '/'],
  ['/?token=', '', '/'],
  ['/?token=a&token=b', 'a', '/'],
  ['/somewhere?token=a', 'a', '/'],
  ['//evil.example/?token=a', 'a', '/'],
  ['/list/a', null, '/'],
])('%s', (url, token, clean) => {
  expect(splitToken(url)).toEqual({ token, clean })
})

test('an entrance lets in by each token once, and by what it gave for it', () => {
  const entrance = createEntrance()
  const [one, two] = [entrance.issue(), entrance.issue()]
  expect(one).not.toBe(two)
  const cookie = entrance.redeem(one)
  expect(cookie).not.toBeNull()
  expect(entrance.redeem(one)).toBeNull()
  expect(entrance.admits(cookie)).toBe(true)
  expect(entrance.redeem(two)).not.toBe(cookie)
  for (const stranger of [null, '', one, two, `${cookie}x`]) expect(entrance.admits(stranger)).toBe(false)
  expect(entrance.redeem('')).toBeNull()
})
