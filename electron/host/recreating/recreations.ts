import type { DeleteOptions } from '../../../contract/delete.ts'
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
  readonly end: () => void
}

/** None yet. */
export function createRecreations(
  parts: Omit<RecreateParts, 'edits'> & { readonly edits: RecreateParts['edits'] & Pick<Edits, 'find'> },
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
    end: runs.end,
  }
}
