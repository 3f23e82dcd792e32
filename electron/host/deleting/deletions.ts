import type { DeleteObject, DeleteOptions, DeleteState } from '../../../contract/delete.ts'
import type { Result } from '../../../core/problem.ts'
import { createRuns, sendConfirmed } from '../runs.ts'
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
    send: (id, { typed, ...ask }) => sendConfirmed(runs, id, typed, ask),
    stop(id) {
      const run = runs.find(id)
      if (run.ok) run.value.stop()
    },
    end: runs.end,
  }
}
