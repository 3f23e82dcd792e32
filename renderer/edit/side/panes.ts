import { type ComponentType, lazy } from 'react'
import type { Settings } from '../../../contract/app.ts'
import type { OpenedEdit } from '../../../contract/edit.ts'
import type { EditWork } from '../edit-work.ts'

/** What a pane beside the text is given. It is mounted while it is on screen, and only then. */
export type PaneProps = {
  readonly work: EditWork
  readonly opened: OpenedEdit
  /** Rises each time that a command asks for the focus to go to what the pane says. */
  readonly entered: number
}

export type PaneId = NonNullable<Settings['editSide']>

/** What can stand beside the text. Its name is `side:panes.<id>`; `keys` open and close it. */
export type SidePane = { readonly id: PaneId; readonly keys: string; readonly Pane: ComponentType<PaneProps> }

/** All of them, in the order of their tabs; each is loaded when it is first seen. */
export const panes: readonly SidePane[] = [
  {
    id: 'explain',
    keys: 'F1',
    Pane: lazy(async () => ({ default: (await import('../../explain/explain-pane.tsx')).ExplainPane })),
  },
  {
    id: 'outline',
    keys: 'Alt+O',
    Pane: lazy(async () => ({ default: (await import('../../outline/outline-pane.tsx')).OutlinePane })),
  },
  {
    id: 'owners',
    keys: 'Alt+M',
    Pane: lazy(async () => ({ default: (await import('../../owners/owners-pane.tsx')).OwnersPane })),
  },
]
