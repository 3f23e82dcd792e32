import type { ObjectRef } from '../core/object.ts'
import type { Problem } from '../core/problem.ts'
import type { EditTarget, FieldChange, ForeignChange, OpenedEdit } from './edit.ts'
import type { CommandView, RequestView } from './review.ts'
import type { StepOf } from './steps.ts'
import type { Guard, Strategy } from './strategy.ts'

/** An object in the history, in whatever version and with whatever uid it had. */
export type HistoryObject = {
  readonly context: string
  readonly group: string
  readonly resource: string
  readonly namespace: string | null
  readonly name: string
}

/** What entries can be chosen by. `not-written` is what was refused, or known to have done nothing; `unknown` what nobody can tell, or not yet. */
export const historyOutcomes = ['written', 'not-written', 'unknown'] as const

/** Which entries are shown. */
export type HistoryFilter = {
  /** Words that must all occur: in context, kind, resource, namespace, name, reason or the changed paths. */
  readonly text: string
  readonly outcome: (typeof historyOutcomes)[number] | null
  readonly object: HistoryObject | null
}

/** The filter that takes all. */
export const wholeHistory: HistoryFilter = { text: '', outcome: null, object: null }

/** `jsonl`: all that is kept of each entry, one JSON object a line; else the kubectl commands that were sent, for a shell. */
export type HistoryFormat = 'jsonl' | 'posix' | 'powershell'

/**
 * How a submit ended. `sent`: its answer has not come yet; `refused`: by the server; `not-written`: the answer was lost and
 * the object told that nothing was written; `unknown`: nobody can tell.
 */
export type HistoryOutcome = 'sent' | 'written' | 'refused' | 'not-written' | 'unknown'

/** One submit in the list. */
export type HistoryRow = {
  readonly id: string
  readonly context: string
  readonly ref: ObjectRef
  /** In milliseconds since 1970. */
  readonly sent: number
  readonly outcome: HistoryOutcome
  /** The endpoint that it was sent to: of a subresource, or null for the object itself. */
  readonly subresource: string | null
  /** Which part of one edit it was; null where it was all of it. */
  readonly step: StepOf | null
  /** `delete` for a deletion; null where it is not known any more. */
  readonly strategy: Strategy | 'delete' | null
  /** What the person gave as the reason. */
  readonly reason: string | null
  /** The first paths that the submit changed, and how many there are; none for a creation. */
  readonly paths: readonly string[]
  readonly changed: number
}

/** The history as the page draws it, newest first: the rows of a window and the counts of the rest. */
export type HistoryState = {
  /** Entries kept, and entries that pass the filter. */
  readonly total: number
  readonly matched: number
  readonly window: { readonly start: number; readonly rows: readonly HistoryRow[] }
}

/** One submit, whole. Everything of a Secret is masked. */
export type HistoryEntry = HistoryRow & {
  readonly answered: number | null
  readonly guard: Guard | null
  readonly attempts: number | null
  /** False where the key that it was sealed with is gone: only what the list shows is known. */
  readonly readable: boolean
  readonly request: RequestView | null
  readonly command: CommandView | null
  /** Masked YAML texts of what stood there and what stands there then; `before` is empty for a creation. */
  readonly before: string
  readonly after: string
  /** Whether `after` is the server's answer, what was read after the answer was lost, or only what the dry run promised. */
  readonly basis: 'answer' | 'read' | 'promise'
  readonly changes: readonly FieldChange[]
  /** What came in from others on the way. */
  readonly mergedIn: readonly ForeignChange[]
  /** Where the real answer was not the reviewed one. */
  readonly differences: readonly FieldChange[]
  readonly warnings: readonly string[]
  /** Why it was refused. */
  readonly problem: Problem | null
  /** The address of the object's edit. */
  readonly target: EditTarget
  /**
   * `edit`: by the inverse change; `delete`: it created the object, so only deleting undoes it; `create`: it deleted the
   * object, which can be created again; `none`: it wrote nothing.
   */
  readonly undo: 'edit' | 'delete' | 'create' | 'none'
}

/**
 * What became of an undo. `opened`: an edit holds what is live with the inverse change in it, or, where `conflicts`, the
 * former text, for the usual ways of bringing in what others wrote. `nothing`: what is live says it already. `delete`:
 * only deleting the object undoes its creation, which these commands do. `gone`: there is no such object, or `uid` is
 * another one's; it can be created from what stood there, where `recreatable`.
 */
export type Undone =
  | { readonly kind: 'opened'; readonly opened: OpenedEdit; readonly conflicts: boolean }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'delete'; readonly posix: string; readonly powershell: string }
  | { readonly kind: 'gone'; readonly uid: string | null; readonly recreatable: boolean }
