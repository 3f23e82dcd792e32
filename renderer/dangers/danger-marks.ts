import type { Diagnostic } from '@codemirror/lint'
import { StateEffect } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { findings } from '../edit/findings.ts'

/** A danger as the editor draws it. */
export type DangerMark = Diagnostic & {
  /** Does what helps against it; null where nothing does. */
  readonly fix: (() => void) | null
  /** Tells of this sort of danger no more. */
  readonly turnOff: () => void
}

/** Has hidden characters looked for everywhere, not only in what was changed. */
export const everyHiddenCharacter = StateEffect.define<null>()

/** The marks of dangers in an editor, in the order of the text. */
export function dangerMarks(view: EditorView): readonly DangerMark[] {
  const found = view.state.field(findings).get('dangers') ?? []
  return found.flatMap(one => (isDangerMark(one) ? [one] : [])).toSorted((a, b) => a.from - b.from)
}

function isDangerMark(one: Diagnostic): one is DangerMark {
  return 'turnOff' in one
}
