import type { DeleteOptions } from '../../../contract/delete.ts'
import type { OpenedEdit } from '../../../contract/edit.ts'
import type { RecreateState } from '../../../contract/recreate.ts'
import type { Result } from '../../../core/problem.ts'
import type { Edits } from '../editing/edits.ts'
import { createRuns, sendConfirmed } from '../runs.ts'
import { createRecreateRun, type RecreateAsk, type RecreateParts, type RecreateRun } from './run.ts'

/** The objects that are being deleted and created again. */
export type Recreations = {
  readonly run: (
    ask: { readonly run: string; readonly edit: string; readonly options: DeleteOptions },
    signal: AbortSignal,
  ) => AsyncGenerator<RecreateState, void>
  readonly adjust: (run: string, options: DeleteOptions) => boolean
  /** `typed` is what the person typed; `deletion-unconfirmed` where that is not what the deletion asks for. */
  readonly send: (run: string, ask: RecreateAsk & { readonly typed: string | null }) => Result<void>
  readonly stop: (run: string) => void
  /** Tells no more of what was begun on an edit; its text stays. */
  readonly leave: (edit: string) => void
  /** Goes on with the object that an edit's re-creation has made, or whatever has its name; drops the edit. */
  readonly goOn: (edit: string) => Promise<Result<OpenedEdit>>
  readonly end: () => void
}

/** None yet. */
export function createRecreations(
  parts: Omit<RecreateParts, 'edits'> & {
    readonly edits: RecreateParts['edits'] & Pick<Edits, 'find' | 'open' | 'discard'>
  },
): Recreations {
  const runs = createRuns<RecreateState, RecreateAsk, RecreateRun>()
  return {
    async *run({ run, edit, options }, signal) {
      const found = parts.edits.find(edit)
      if (found.ok)
        yield* runs.follow(run, own => createRecreateRun(parts, { edit: found.value, options }, own), signal)
    },
    adjust(id, options) {
      const run = runs.find(id)
      return run.ok && run.value.adjust(options)
    },
    send: (id, { typed, ...ask }) => sendConfirmed(runs, id, typed, ask),
    stop(id) {
      const run = runs.find(id)
      if (run.ok) run.value.stop()
    },
    leave(id) {
      const edit = parts.edits.find(id)
      if (!edit.ok) return
      edit.value.recreating = null
      edit.value.changed.notify()
    },
    async goOn(id) {
      const edit = parts.edits.find(id)
      if (!edit.ok) return edit
      const { context, session } = edit.value
      const { group, version, resource, namespace, name } = session.ref
      const target = { context, group, version, resource, namespace, name, subresource: null }
      const next = await parts.edits.open(target)
      if (next.ok && next.value.edit !== id) parts.edits.discard(id)
      return next
    },
    end: runs.end,
  }
}
