import { type ComponentType, lazy } from 'react'
import type { Settings } from '../../../contract/app.ts'
import type { OpenedEdit } from '../../../contract/edit.ts'
import type { EditWork } from '../edit-work.ts'

/** What a pane beside the text is given. It is mounted while it is on screen, and only then. */
export type PaneProps = { readonly work: EditWork; readonly opened: OpenedEdit }

export type PaneId = NonNullable<Settings['editSide']>

/** What can stand beside the text, in the order of its tabs. Its name is `side:panes.<id>`; `keys` open and close it. */
export const panes: readonly { readonly id: PaneId; readonly keys: string; readonly Pane: ComponentType<PaneProps> }[] =
  [
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
