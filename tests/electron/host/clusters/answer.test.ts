import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { problemFrom } from '../../../../electron/host/clusters/answer.ts'
import { refusal } from './fake-server.ts'

type Case = {
  readonly name: string
  readonly status: number
  readonly reason?: string
  readonly message?: string
  readonly details?: unknown
  readonly body?: string
  readonly headers?: Record<string, string>
  readonly secrets?: readonly string[]
  readonly asked?: { readonly group: string; readonly resource: string }
  readonly is: { readonly code: string }
}

const cases: readonly Case[] = parse(readFileSync(new URL('../../../tables/answers.yaml', import.meta.url), 'utf8'))

it.each(cases.map(one => [one.name, one] as const))('%s', (_, one) => {
  const body = one.body ?? JSON.stringify(refusal(one.status, one.reason ?? '', one.message ?? '', one.details))
  const asked = {
    verb: 'patch',
    group: 'apps',
    resource: 'deployments',
    namespace: 'default',
    name: 'web',
    ...one.asked,
  }
  const problem = problemFrom(one.status, one.headers ?? {}, body, asked, one.secrets ?? [], 'application/sent')
  expect(problem).toMatchObject(one.is)
  expect(JSON.stringify(problem)).not.toContain('planted')
})

it('words of megabytes are cut, after masking', () => {
  const asked = { verb: 'get', group: '', resource: 'pods', namespace: null, name: null }
  const words = `${'E'.repeat(9_995)}planted-value${'E'.repeat(5_000_000)}`
  const cause = { reason: 'FieldValueInvalid', field: 'spec', message: words }
  const problems = [
    problemFrom(500, {}, JSON.stringify(refusal(500, 'InternalError', words)), asked, ['planted-value']),
    problemFrom(
      422,
      {},
      JSON.stringify(
        refusal(422, 'Invalid', words, { causes: Array(300).fill({ ...cause, message: words.slice(0, 20_000) }) }),
      ),
      asked,
      ['planted-value'],
    ),
  ]
  for (const problem of problems) {
    const text = JSON.stringify(problem)
    expect(text.length).toBeLessThan(3_000_000)
    expect(text).not.toContain('plant')
  }
})

// A pattern that tries the rest of the answer at each of these would be busy for hours.
it.each([
  'admission webhook "',
  "ValidatingAdmissionPolicy 'a' with binding '",
  'failed calling webhook "',
  'strict decoding error: unknown field "',
  ' .a',
  'Invalid value: "',
  'Invalid value: {',
  '\\"',
])('a megabyte of %s is read in a moment', words => {
  const asked = { verb: 'patch', group: '', resource: 'secrets', namespace: null, name: 'one' }
  const message = `Invalid value: "${words.repeat(2 ** 20 / words.length)}`
  const causes = [{ reason: 'FieldValueInvalid', field: 'patch', message }]
  for (const status of [422, 500]) {
    const body = JSON.stringify(refusal(status, 'Invalid', message, { causes }))
    expect(JSON.stringify(problemFrom(status, {}, body, asked)).length).toBeLessThan(50_000)
  }
})
