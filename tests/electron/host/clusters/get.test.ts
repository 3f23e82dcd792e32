import { expect, test } from 'vitest'
import { objectOf } from '../../../../electron/host/clusters/get.ts'

function answered(body: string) {
  return objectOf({ status: 200, body, headers: {}, warnings: [] })
}

test('an object that nests too deep to be printed or compared is named as such', () => {
  const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`
  expect(answered(nested(999)).ok).toBe(true)
  expect(answered(nested(1000))).toEqual({ ok: false, problem: { code: 'too-deep', limit: 1000 } })
  expect(answered(nested(100_000))).toMatchObject({ ok: false, problem: { code: 'too-deep' } })
})

test.each(['<html>sign in</html>', '[]', 'null', ''])('a body that is no object (%s) is the server at fault', body => {
  expect(answered(body)).toMatchObject({ ok: false, problem: { code: 'server-error', status: 200 } })
})
