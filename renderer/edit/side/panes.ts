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
export type SidePane = {
  readonly id: PaneId
  readonly keys: string
  readonly Pane: ComponentType<PaneProps>
  /** Fetches what it is drawn with, ahead of its first time on screen. */
  readonly load: () => Promise<unknown>
}

/** All of them, in the order of their tabs; each is loaded when it is first seen. */
export const panes: readonly SidePane[] = [
  pane('explain', 'F1', async () => (await import('../../explain/explain-pane.tsx')).ExplainPane),
  pane('outline', 'Alt+O', async () => (await import('../../outline/outline-pane.tsx')).OutlinePane),
  pane('owners', 'Alt+M', async () => (await import('../../owners/owners-pane.tsx')).OwnersPane),
]

function pane(id: PaneId, keys: string, load: () => Promise<ComponentType<PaneProps>>): SidePane {
  return { id, keys, load, Pane: lazy(async () => ({ default: await load() })) }
}
