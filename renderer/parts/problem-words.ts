import type { i18n } from 'i18next'
import type { Cause, Problem } from '../../core/problem.ts'
import { problemMessage } from './problem-message.ts'

/** A problem in the page's language: what is wrong, and what to do next. */
export type ProblemWords = { readonly sentence: string; readonly next: string }

/** Says a problem in the page's language. */
export function problemWords(messages: Pick<i18n, 't'>, problem: Problem): ProblemWords {
  const { sentence, next, values } = problemMessage(problem)
  // The keys are made from the closed set of codes; a test holds every one of them against both catalogues.
  const say = messages.t as (key: string, values: Readonly<Record<string, unknown>>) => string
  return { sentence: say(`problems:${sentence}`, values), next: say(`problems:${next}`, values) }
}

/** Says one of a problem's causes: the server's words, or in the page's language what only the schema knew. */
export function causeWords({ t }: Pick<i18n, 't'>): (cause: Cause) => string {
  return ({ types, message }) => {
    if (types === undefined) return message
    const quote = types.expected === 'string' && scalars.has(types.found) ? { context: 'quote' } : {}
    return t('app:problem.types', {
      expected: t(`app:problem.expected.${types.expected}`),
      found: t(`app:problem.found.${types.found}`),
      ...quote,
    })
  }
}

const scalars: ReadonlySet<string> = new Set(['boolean', 'integer', 'number'])
