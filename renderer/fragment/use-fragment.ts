import { useEffect, useState } from 'react'
import type { OpenedEdit } from '../../contract/edit.ts'
import { type Fragment, readFragments } from '../../core/fragment.ts'
import type { Problem } from '../../core/problem.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { doTextTask } from '../edit/text-worker.ts'
import type { FragmentChange, FragmentChoices } from './fragment-task.ts'

/** What a chosen text would make of the edit's. */
export type FragmentPreview = {
  /** The fragments that it holds; none while there is no text, or none in it. */
  readonly fragments: readonly Fragment[]
  readonly change: FragmentChange | null
  readonly problem: Problem | null
  /** False while what was chosen last is still being worked out: this is what was made of the choice before. */
  readonly current: boolean
}

const nothing: Omit<FragmentPreview, 'current'> = { fragments: [], change: null, problem: null }

/** Merges the fragment number `index` of a text into the edit's text, anew with each choice; nothing is changed by that. */
export function useFragment(
  opened: OpenedEdit,
  work: EditWork,
  { source, index, choices }: { readonly source: string; readonly index: number; readonly choices: FragmentChoices },
): FragmentPreview {
  const [preview, setPreview] = useState({ ...nothing, of: '' })
  const chosen = JSON.stringify(choices)
  const asked = JSON.stringify([source, index, chosen])
  useEffect(() => {
    let over = false
    const read = source.trim() === '' ? null : readFragments(source)
    if (read === null) return setPreview({ ...nothing, of: asked })
    if (!read.ok) return setPreview({ ...nothing, problem: read.problem, of: asked })
    const fragments = read.value
    const fragment = fragments[Math.min(index, fragments.length - 1)]
    const text = textOf(work)
    if (fragment === undefined || text === null) return setPreview({ ...nothing, of: asked })
    const task = { kind: 'fragment', text, schema: opened.schema, fragment, choices: JSON.parse(chosen) } as const
    void doTextTask(task).then(result => {
      if (over) return
      setPreview({
        fragments,
        change: result.ok ? result.value : null,
        problem: result.ok ? null : result.problem,
        of: asked,
      })
    })
    return () => {
      over = true
    }
  }, [opened, work, source, index, chosen, asked])
  return { ...preview, current: preview.of === asked }
}

function textOf(work: EditWork): string | null {
  return work.editor()?.view.state.doc.toString() ?? null
}
