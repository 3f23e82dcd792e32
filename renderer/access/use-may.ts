import { askedOf, type May, type Question } from '../../contract/access.ts'
import type { Problem } from '../../core/problem.ts'
import { useAnswer } from '../app/use-host.ts'

const unknown: May = { answer: 'unknown', reason: '' }

/** A question and what is known of its answer. `problem` says why an act should not be offered; null where it may be tried. */
export type Known = May & { readonly problem: Problem | null }

/**
 * Whether the acts asked for are allowed, in the order of the questions. All that is not a plain no may be tried, so that
 * nothing is greyed out before the answer is there.
 */
export function useMay(questions: readonly Question[]): readonly Known[] {
  const key = questions.length === 0 ? null : JSON.stringify(questions)
  const { result } = useAnswer(key, async (client, signal) => ({
    ok: true as const,
    value: await client.access.may({ questions: [...questions] }, { signal }),
  }))
  return questions.map((question, index) => {
    const may = (result?.ok === true ? result.value[index] : undefined) ?? unknown
    return { ...may, problem: may.answer === 'no' ? refusal(question, may) : null }
  })
}

function refusal(question: Question, { reason }: May): Problem {
  return { code: 'forbidden', asked: askedOf(question), message: reason }
}
