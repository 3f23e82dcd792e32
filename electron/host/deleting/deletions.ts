import type { DeleteObject, DeleteOptions, DeleteState } from '../../../contract/delete.ts'
import { fail, type Result } from '../../../core/problem.ts'
import { createRuns } from '../runs.ts'
import { createDeleteRun, type DeleteAsk, type DeleteRun, type DeletionParts } from './run.ts'

/** The deletions under way. */
export type Deletions = {
  readonly run: (
    ask: { readonly run: string; readonly objects: readonly DeleteObject[]; readonly options: DeleteOptions },
    signal: AbortSignal,
  ) => AsyncGenerator<DeleteState, void>
  readonly adjust: (run: string, options: DeleteOptions) => boolean
  /** `typed` is what the person typed; `deletion-unconfirmed` where that is not what the state asks for. */
  readonly send: (run: string, ask: DeleteAsk & { readonly typed: string | null }) => Result<void>
  readonly stop: (run: string) => void
  readonly end: () => void
}

/** No deletion yet. */
export function createDeletions(parts: DeletionParts): Deletions {
  const runs = createRuns<DeleteState, DeleteAsk, DeleteRun>()
  return {
    run: ({ run, ...ask }, signal) => runs.follow(run, own => createDeleteRun(parts, ask, own), signal),
    adjust(id, options) {
      const run = runs.find(id)
      return run.ok && run.value.adjust(options)
    },
    send(id, { typed, ...ask }) {
      const run = runs.find(id)
      if (!run.ok) return run
      const expected = run.value.typed()
      if (expected !== null && typed?.trim() !== expected) return fail({ code: 'deletion-unconfirmed', expected })
      return runs.send(id, ask)
    },
    stop(id) {
      const run = runs.find(id)
      if (run.ok) run.value.stop()
    },
    end: runs.end,
  }
}
