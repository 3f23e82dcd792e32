import { readFileSync } from 'node:fs'
import i18next from 'i18next'
import { describe, expect, test } from 'vitest'
import en from '../../../assets/messages/en/problems.json'
import zh from '../../../assets/messages/zh-CN/problems.json'
import { problemMessage } from '../../../renderer/parts/problem-message.ts'
import { problemExamples } from './problem-examples.ts'

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

/** The codes as the source declares them. */
function declaredCodes(): string[] {
  const unions = read('core/problem.ts').matchAll(/code:((?:\s*\|?\s*'[a-z-]+')+)/g)
  return [...unions].flatMap(([, union]) => [...(union ?? '').matchAll(/'([a-z-]+)'/g)].map(([, code]) => code ?? ''))
}

function documentedCodes(): string[] {
  return [...read('docs/problems.md').matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code ?? '')
}

describe('the codes of problems', () => {
  const codes = declaredCodes().sort()

  test('are found in the source, each once', () => {
    expect(codes.length).toBeGreaterThan(50)
    expect(new Set(codes).size).toBe(codes.length)
  })

  test.each([
    ['docs/problems.md', documentedCodes()],
    ['the examples', Object.keys(problemExamples)],
    ['en', Object.keys(en)],
    ['zh-CN', Object.keys(zh)],
  ])('are exactly those of %s', (_, found) => {
    expect([...found].sort()).toEqual(codes)
  })
})

describe.each([
  ['en', en],
  ['zh-CN', zh],
])('in %s', (language, catalogue) => {
  const i18n = i18next.createInstance({
    lng: language,
    ns: ['problems'],
    resources: { [language]: { problems: catalogue } },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  void i18n.init()
  // The keys are made from codes; that they exist is what is tested.
  const t = i18n.getFixedT(language, 'problems') as (key: string, values: object) => string

  test.each(
    Object.values(problemExamples)
      .flat()
      .map(problem => [problem.code, problem] as const),
  )('%s has a whole sentence and a next step', (_, problem) => {
    const { sentence, next, values } = problemMessage(problem)
    for (const key of [sentence, next]) {
      const text = t(key, values)
      expect(text).not.toBe(key)
      expect(text).toMatch(/^\S[^{}]*[.。)）]$|detail$|server$|\/nowhere$/)
    }
  })
})

test('a refusal says which verb on what is missing', () => {
  const [inNamespace, , inCluster] = problemExamples.forbidden
  expect(inNamespace && problemMessage(inNamespace).values).toEqual({
    verb: 'patch',
    resource: 'deployments.apps',
    what: 'deployments.apps “nginx”',
    namespace: 'default',
  })
  expect(inCluster && problemMessage(inCluster).values).toEqual({
    verb: 'list',
    resource: 'nodes',
    what: 'nodes',
    context: 'cluster',
  })
})

test('the words of the server are quoted where no sentence of ours says the same', () => {
  expect(problemMessage({ code: 'server-error', status: 500, message: 'etcd is full' }).quote).toBe('etcd is full')
  const cause = { reason: 'FieldValueInvalid', field: 'spec.x', message: 'must be positive' }
  const invalid = problemMessage({ code: 'invalid', message: 'all of it', causes: [cause] })
  expect(invalid.quote).toBeNull()
  expect(invalid.causes).toEqual([cause])
})
