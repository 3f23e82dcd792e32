import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import type { Editor } from './editor.ts'
import { foundBeside } from './findings.ts'
import { type PlacedProblem, placeProblems } from './placed-problems.ts'
import type { TabState } from './use-work.ts'

/** All that is wrong with the text, by our own checks and by what the server said last. */
export function useProblems({ inspection, served }: TabState): readonly PlacedProblem[] {
  const found = inspection?.problems
  return useMemo(() => [...placeProblems(found ?? []), ...served], [found, served])
}

/** Why Review cannot be pressed, in words; null when it can. */
export function useBlocked(opened: OpenedEdit, state: TabState, following: boolean, problems: number): string | null {
  const { t } = useTranslation(['edit', 'json'])
  if (opened.readOnly !== null) return t('blocked.readOnly')
  if (following) return t('blocked.following')
  if (state.trouble?.kind === 'away') return t('blocked.away')
  if (state.json.problems.length > 0) return t('json:blocked')
  return hasProblems(state) ? t('blocked.problems', { count: problems }) : null
}

/** A text that nothing is known of yet is tried. */
export function canBeRead({ inspection }: TabState): boolean {
  return inspection === null || inspection.changed !== null
}

/** Whether something is wrong that no review is made of. */
export function hasProblems({ inspection }: TabState): boolean {
  return (inspection?.problems.length ?? 0) > 0
}

/** Whether another page writes this edit now. */
export function isFollowing({ lease, live, trouble }: TabState): boolean {
  return (live?.lease ?? 0) > lease || (trouble?.kind === 'refused' && trouble.problem.code === 'edit-busy')
}

/** Goes to the next place, or the one before, of which there is something to say; round the ends of the text. */
export function goToNext(editor: Editor | null, problems: readonly PlacedProblem[], step: 1 | -1): void {
  if (editor === null) return
  const { state } = editor.view
  const places = [...problems.flatMap(({ from }) => from ?? []), ...foundBeside(state).map(({ from }) => from)]
  const { head } = state.selection.main
  const inOrder = [...new Set(places)].sort((a, b) => a - b)
  const next =
    step === 1
      ? (inOrder.find(place => place > head) ?? inOrder[0])
      : (inOrder.findLast(place => place < head) ?? inOrder.at(-1))
  if (next !== undefined) editor.goTo(next)
}
