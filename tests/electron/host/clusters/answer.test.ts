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
