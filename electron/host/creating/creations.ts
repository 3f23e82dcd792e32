import type { CreateCell, CreatePlace, CreateState } from '../../../contract/create.ts'
import type { Result } from '../../../core/problem.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { createWork, type Work } from '../editing/work.ts'
import type { Ledger } from '../history/ledger.ts'
import { createRuns } from '../runs.ts'
import { type CreateRun, createRun, type SendAsk } from './run.ts'

/** What creations are made with. */
export type CreationParts = {
  readonly clusters: Clusters
  readonly ledger: Ledger
  readonly work: Work
  readonly fieldManager: () => string
  readonly kubeconfigGiven: boolean
}

/** The creations under way. */
export type Creations = {
  readonly run: (
    ask: { readonly run: string; readonly text: string; readonly places: readonly CreatePlace[] },
    signal: AbortSignal,
  ) => AsyncGenerator<CreateState, void>
  readonly send: (run: string, ask: SendAsk) => Result<void>
  readonly stop: (run: string) => void
  readonly cell: (ask: {
    readonly run: string
    readonly document: number
    readonly place: number
  }) => Result<CreateCell>
  readonly end: () => Promise<void>
}

/** No creation yet. */
export function createCreations(parts: Omit<CreationParts, 'work'>): Creations {
  const work = createWork()
  const runs = createRuns<CreateState, SendAsk, CreateRun>()
  return {
    run: ({ run, ...ask }, signal) => runs.follow(run, own => createRun({ ...parts, work }, ask, own), signal),
    send: runs.send,
    stop(id) {
      const run = runs.find(id)
      if (run.ok) run.value.stop()
    },
    cell({ run: id, document, place }) {
      const run = runs.find(id)
      return run.ok ? run.value.cell(document, place) : run
    },
    async end() {
      runs.end()
      await work.end()
    },
  }
}
