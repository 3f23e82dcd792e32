import type { Diagnostic } from '@codemirror/lint'
import type { TFunction } from 'i18next'
import type { Problem } from '../../core/problem.ts'
import type { ProblemWords } from '../parts/problem-text.tsx'
import type { EditorWords } from './editor.ts'
import type { PlacedProblem } from './placed-problems.ts'

/** The editor's words in the page's language; `t` of the namespace `edit`. */
export function editorWords(t: TFunction<'edit'>): EditorWords {
  return {
    label: t('label'),
    phrases: t('phrases', { returnObjects: true }),
    folded: lines => t('folded', { count: lines }),
  }
}

/** What a placed problem says: the server's own words for one of its causes, else our sentence. */
export function placedWords({ problem, cause }: PlacedProblem, say: (problem: Problem) => ProblemWords): string {
  if (cause === null) return say(problem).sentence
  return cause.field === '' ? cause.message : `${cause.field}: ${cause.message}`
}

/** Problems as CodeMirror draws them; those without a place in a text of `length` units are left out. */
export function diagnosticsOf(
  problems: readonly PlacedProblem[],
  say: (problem: Problem) => ProblemWords,
  length: number,
): Diagnostic[] {
  return problems.flatMap(problem => {
    if (problem.from === null || problem.to === null) return []
    const from = Math.min(problem.from, length)
    const to = Math.min(Math.max(problem.to, from), length)
    return [{ from, to, severity: 'error' as const, message: placedWords(problem, say) }]
  })
}
