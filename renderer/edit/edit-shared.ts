import type { Text } from '@codemirror/state'
import type { EditState, OpenedEdit } from '../../contract/edit.ts'
import type { OwnersState } from '../../contract/owners.ts'
import type { SavedSteps } from '../../contract/steps.ts'
import type { WriteChoice } from '../../contract/strategy.ts'
import type { Problem } from '../../core/problem.ts'
import type { SecretData } from '../../core/secret-data.ts'
import type { Host } from '../app/client.ts'
import type { DryRunState } from '../dry-run/state.ts'
import type { JsonState } from '../json-view/json-view.ts'
import type { Owned } from '../owners/owned-task.ts'
import type { Made } from './decisions.ts'
import type { Editor } from './editor.ts'
import { type Came, type Flow, type FlowEvent, type Saved, stepFlow } from './flow.ts'
import type { PlacedProblem, PlacedWarning } from './placed-problems.ts'
import type { Reporter, ReportState } from './reporter.ts'
import type { Inspection } from './text-tasks.ts'
import type { Others } from './watching.ts'

/** How the edit stands with the host and the object on the server, but for what follows every key. */
export type EditStanding = Omit<EditState, 'textVersion' | 'kept'> & {
  /** Why the text cannot be kept on disk; null while it can. */
  readonly unkept: Problem | null
}

/** All that the tab draws beside the text itself. */
export type EditSnapshot = {
  /** JSON of what the text is compared with, and its resourceVersion; both null for a creation. */
  readonly base: string | null
  readonly baseVersion: string | null
  /** What a manifest said when it was submitted last, as text; null before that, and for other edits. */
  readonly applied: string | null
  readonly lease: number
  /** How the text and the base show the values of a Secret. */
  readonly secretData: SecretData
  /** What was last found out about the text; null before the first time. `fresh` when it is of the text as it is now. */
  readonly inspection: Pick<Inspection, 'problems' | 'changed'> | null
  readonly lines: Inspection['lines']
  readonly fresh: boolean
  /** What the server said about places of the text at the last review or submit. */
  readonly served: readonly PlacedProblem[]
  /** What the server warned of at the last review, where it named a place. */
  readonly warned: readonly PlacedWarning[]
  /** What others changed since the base, as of the last look; null where there is nothing that the text has not. */
  readonly others: Others | null
  /** What came into the text by itself the last time. */
  readonly came: readonly Came[]
  /** What was decided of the disputes so far. */
  readonly made: readonly Made[]
  readonly report: ReportState
  /** Null until the host has told. */
  readonly live: EditStanding | null
  /** The newest version of the text that is on disk, as far as the host has told; -1 while it has not. */
  readonly keptVersion: number
  readonly flow: Flow
  /** What the server says of the text before any review. */
  readonly dryRun: DryRunState
  /** Who owns the object as it is live, and who keeps it; null until the host has told. */
  readonly owners: OwnersState | null
  /** Who owns what of the text, as of the last look; null before one was wanted. */
  readonly owned: Owned | null
  /** What was saved of a text that takes several steps, and what the last submit brought; null once all of it is, and for any other. */
  readonly partly: { readonly steps: SavedSteps; readonly saved: Saved | null } | null
  /** How the person wants this edit to be written, for as long as it is open. */
  readonly choice: WriteChoice
  /** Why this change is made, as typed: kept with the submit. */
  readonly reason: string
  readonly json: JsonState
  /** True when the text came with other line breaks than `\n`. */
  readonly lineBreaksChanged: boolean
}

/** What the parts of one open edit share: what is drawn, the text, and the way to the host. */
export type EditShared = {
  readonly opened: OpenedEdit
  readonly client: Host['client']
  readonly state: () => EditSnapshot
  readonly enter: (next: Partial<EditSnapshot>) => void
  readonly go: (event: FlowEvent) => void
  /** The text as it is now, on screen or not. */
  readonly text: () => Text
  readonly editor: () => Editor | null
  readonly reporter: () => Reporter
  readonly ended: () => boolean
}

/** A snapshot that those who subscribe are told of whenever it changes. */
export function createSnapshot(first: EditSnapshot) {
  const listeners = new Set<() => void>()
  let state = first
  const enter = (next: Partial<EditSnapshot>) => {
    const entered = { ...state, ...next }
    // Each key says that something was typed: all is drawn anew only where that tells anything.
    if (Object.entries(entered).every(([name, value]) => Object.is(value, Reflect.get(state, name)))) return
    state = entered
    for (const listener of [...listeners]) listener()
  }
  return {
    state: () => state,
    enter,
    go: (event: FlowEvent) => enter({ flow: stepFlow(state.flow, event) }),
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    end: () => listeners.clear(),
  }
}
