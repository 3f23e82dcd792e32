import type { Diagnostic } from '@codemirror/lint'
import type { TFunction } from 'i18next'
import type { Cause, Problem } from '../../core/problem.ts'
import type { ProblemWords } from '../parts/problem-words.ts'
import type { EditorWords } from './editor.ts'
import type { OthersMark } from './others-marks.ts'
import type { PlacedProblem, PlacedWarning } from './placed-problems.ts'
import { changeAt, type Others } from './watching.ts'

/** The editor's words in the page's language; `t` of the namespace `edit`. */
export function editorWords(t: TFunction<'edit'>): EditorWords {
  return {
    label: t('label'),
    phrases: t('phrases', { returnObjects: true }),
    folded: ({ lines, characters }) =>
      lines > 0 ? t('folded', { count: lines }) : t('foldedCharacters', { count: characters }),
  }
}

/** How problems and their causes are said in the page's language. */
export type Say = { readonly say: (problem: Problem) => ProblemWords; readonly sayCause: (cause: Cause) => string }

/** What a placed problem says: the server's own words for one of its causes, else our sentence. */
export function placedWords({ problem, cause }: PlacedProblem, { say, sayCause }: Say): string {
  if (cause === null) return say(problem).sentence
  return cause.field === '' ? sayCause(cause) : `${cause.field}: ${sayCause(cause)}`
}

/** Problems, and the server's warnings, as CodeMirror draws them; those without a place in a text of `length` units are left out. */
export function diagnosticsOf(
  problems: readonly PlacedProblem[],
  warnings: readonly PlacedWarning[],
  words: Say,
  length: number,
): Diagnostic[] {
  const within = (from: number, to: number) => ({
    from: Math.min(from, length),
    to: Math.min(Math.max(to, from), length),
  })
  return [
    ...problems.flatMap(problem => {
      if (problem.from === null || problem.to === null) return []
      const message = placedWords(problem, words)
      return [{ ...within(problem.from, problem.to), severity: 'error' as const, message }]
    }),
    ...warnings.map(({ from, to, message }) => ({ ...within(from, to), severity: 'warning' as const, message })),
  ]
}

// Longer values are for the list of what others changed.
const longestWords = 80

/** What others changed as CodeMirror marks it, with who and what in words. */
export function othersMarksOf(others: Others | null, t: TFunction<'edit'>): readonly OthersMark[] {
  if (others === null) return []
  return others.places.map(({ path, from, to, overlaps }) => {
    const { manager = null, before = null, after = null } = changeAt(others, path) ?? {}
    const value = (text: string | null) => (text === null ? t('others.absent') : shortened(text))
    const who = manager ?? t('state.unknownWriter')
    const words = t('others.mark', { who, path, before: value(before), after: value(after) })
    return { from, to, overlaps, words: overlaps ? `${words} ${t('others.overlaps')}` : words }
  })
}

function shortened(text: string): string {
  const line = text.replaceAll('\n', ' ')
  return line.length > longestWords ? `${line.slice(0, longestWords)}…` : line
}
