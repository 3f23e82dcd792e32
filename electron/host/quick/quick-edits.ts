import type { EditTarget } from '../../../contract/edit.ts'
import type { QuickAsk, QuickState, Revision, UnfinishedRun } from '../../../contract/quick.ts'
import type { Result } from '../../../core/problem.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { openTarget } from '../editing/open-target.ts'
import type { WriteOptions } from '../editing/write-facts.ts'
import { createRuns } from '../runs.ts'
import { listRevisions } from './revisions.ts'
import { createQuickRun, type QuickAsked, type QuickRun, type QuickSend } from './run.ts'
import type { Unfinished } from './unfinished.ts'

/** The quick edits of several objects under way. */
export type QuickEdits = {
  readonly run: (ask: QuickAsked, signal: AbortSignal) => AsyncGenerator<QuickState, void>
  readonly adjust: (run: string, ask: QuickAsk) => boolean
  readonly send: (run: string, ask: QuickSend) => Result<void>
  readonly stop: (run: string) => void
  /** Those that an earlier run of the app was sending when it ended. */
  readonly unfinished: (signal: AbortSignal) => AsyncGenerator<readonly UnfinishedRun[], void>
  readonly leave: (run: string) => void
  readonly revisions: (target: EditTarget, signal: AbortSignal) => Promise<Result<readonly Revision[]>>
  readonly end: () => void
}

/** What quick edits work with: the way of every edit from its text to what was saved. */
export type QuickParts = { readonly clusters: Clusters; readonly write: WriteOptions; readonly unfinished: Unfinished }

/** No quick edit yet. */
export function createQuickEdits(parts: QuickParts): QuickEdits {
  const runs = createRuns<QuickState, QuickSend, QuickRun>()
  return {
    run: (asked, signal) => runs.follow(asked.run, own => createQuickRun(parts, asked, own), signal),
    adjust(id, ask) {
      const run = runs.find(id)
      return run.ok && run.value.adjust(ask)
    },
    send: runs.send,
    stop(id) {
      const run = runs.find(id)
      if (run.ok) run.value.stop()
    },
    unfinished: parts.unfinished.states,
    leave: run => parts.unfinished.end([run]),
    async revisions(target, signal) {
      const cluster = parts.clusters.cluster(target.context)
      if (!cluster.ok) return cluster
      const opened = await openTarget(cluster.value, target, signal)
      return opened.ok ? listRevisions(cluster.value, opened.value, signal) : opened
    },
    end: runs.end,
  }
}
