import type { ChangeSet, Text } from '@codemirror/state'
import type { ServerWarning } from '../../contract/review.ts'
import type { Cause, Problem } from '../../core/problem.ts'

/** A problem (or one of its causes) at its place in the text. `from` and `to` are null where it has none. */
export type PlacedProblem = {
  readonly problem: Problem
  readonly cause: Cause | null
  readonly from: number | null
  readonly to: number | null
}

/** The places of problems, one entry for each place that they speak of. */
export function placeProblems(problems: readonly Problem[]): PlacedProblem[] {
  return problems.flatMap(problem => {
    const causes = 'causes' in problem ? problem.causes : []
    if (causes.length === 0) return [placed(problem, null)]
    return causes.map(cause => placed(problem, cause))
  })
}

function placed(problem: Problem, cause: Cause | null): PlacedProblem {
  const range = (cause ?? problem).range
  return { problem, cause, from: range?.from ?? null, to: range?.to ?? null }
}

/** The same problems after a change of the text. */
export function mapProblems(problems: readonly PlacedProblem[], changes: ChangeSet): PlacedProblem[] {
  return problems.map(problem => {
    if (problem.from === null || problem.to === null || problem.to > changes.length)
      return { ...problem, from: null, to: null }
    return { ...problem, from: changes.mapPos(problem.from, 1), to: changes.mapPos(problem.to, -1) }
  })
}

/** A warning of the server at its place in the text. */
export type PlacedWarning = { readonly message: string; readonly from: number; readonly to: number }

/** The warnings that have a place. */
export function placeWarnings(warnings: readonly ServerWarning[]): PlacedWarning[] {
  return warnings.flatMap(({ message, range }) =>
    range === undefined ? [] : [{ message, from: range.from, to: range.to }],
  )
}

/** The same warnings after a change of the text. */
export function mapWarnings(warnings: readonly PlacedWarning[], changes: ChangeSet): PlacedWarning[] {
  return warnings.flatMap(warning =>
    warning.to > changes.length
      ? []
      : [{ ...warning, from: changes.mapPos(warning.from, 1), to: changes.mapPos(warning.to, -1) }],
  )
}

/** The 1-based line of a problem, null where it has no place. */
export function lineOf({ from }: PlacedProblem, text: Text | null): number | null {
  return from === null ? null : lineAt(from, text)
}

/** The 1-based line of an offset, null while there is no text. */
export function lineAt(offset: number, text: Text | null): number | null {
  return text === null ? null : text.lineAt(Math.min(offset, text.length)).number
}
