import type { OpenedEdit } from '../../contract/edit.ts'

/** What the frame gives to an open edit, and what it hears from it. */
export type EditTabProps = {
  /** The edit as `edit.open`, `edit.resume` or `edit.recreate` answered. Another edit wants another `key`. */
  readonly opened: OpenedEdit
  /** Whether the tab is on screen. A tab that is not may stay mounted, hidden: it keeps its undo history. */
  readonly active: boolean
  /** Told whenever it changes whether the text differs from the base. */
  readonly onChanged: (changed: boolean) => void
  /** The edit goes on as another one: after a creation, or as a creation. */
  readonly onMoved: (opened: OpenedEdit) => void
  /** The edit was discarded, or is of no use any more: the tab shall go. */
  readonly onClosed: () => void
}

/** An open edit: its header, the editor, and the review in its place. */
export function EditTab({ opened }: EditTabProps) {
  return <div>{opened.ref.name}</div>
}
