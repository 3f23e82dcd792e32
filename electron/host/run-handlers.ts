import { implement } from '@orpc/server'
import { keptCreationSchema } from '../../contract/create.ts'
import { runProcedures } from '../../contract/run-procedures.ts'
import type { Clusters } from './clusters/clusters.ts'
import { readCopy } from './creating/copy.ts'
import type { Creations } from './creating/creations.ts'
import { readSkeleton } from './creating/skeleton.ts'
import type { Deletions } from './deleting/deletions.ts'
import type { QuickEdits } from './quick/quick-edits.ts'
import type { Recreations } from './recreating/recreations.ts'
import type { Store } from './store/store.ts'
import { never } from './streams.ts'

/** What the procedures of runs work on. */
export type RunParts = {
  readonly clusters: Clusters
  readonly creations: Creations
  readonly deletions: Deletions
  readonly quickEdits: QuickEdits
  readonly recreations: Recreations
  readonly store: Store
}

/** Puts what is checked and then sent behind the contract. */
export function runHandlers({ clusters, creations, deletions, quickEdits, recreations, store }: RunParts) {
  const os = implement(runProcedures)
  return {
    create: {
      run: os.create.run.handler(({ input, signal = never }) => creations.run(input, signal)),
      send: os.create.send.handler(({ input: { run, ...ask } }) => creations.send(run, ask)),
      stop: os.create.stop.handler(({ input }) => creations.stop(input.run)),
      cell: os.create.cell.handler(({ input }) => creations.cell(input)),
      keep: os.create.keep.handler(({ input }) =>
        store.write(() => store.texts.keep('creation', JSON.stringify(input))),
      ),
      kept: os.create.kept.handler(() => {
        const kept = store.texts.read('creation')
        return kept === null ? null : keptCreationSchema.parse(JSON.parse(kept))
      }),
      copy: os.create.copy.handler(async ({ input, signal = never }) => {
        const cluster = clusters.cluster(input.object.context)
        return cluster.ok ? readCopy(cluster.value, input, signal) : cluster
      }),
      skeleton: os.create.skeleton.handler(async ({ input: { context, ...kind }, signal = never }) => {
        const cluster = clusters.cluster(context)
        return cluster.ok ? readSkeleton(cluster.value, kind, signal) : cluster
      }),
    },
    deletion: {
      run: os.deletion.run.handler(({ input, signal = never }) => deletions.run(input, signal)),
      adjust: os.deletion.adjust.handler(({ input }) => deletions.adjust(input.run, input.options)),
      send: os.deletion.send.handler(({ input: { run, ...ask } }) => deletions.send(run, ask)),
      stop: os.deletion.stop.handler(({ input }) => deletions.stop(input.run)),
    },
    quick: {
      run: os.quick.run.handler(({ input, signal = never }) => quickEdits.run(input, signal)),
      adjust: os.quick.adjust.handler(({ input }) => quickEdits.adjust(input.run, input.ask)),
      send: os.quick.send.handler(({ input: { run, ...ask } }) => quickEdits.send(run, ask)),
      stop: os.quick.stop.handler(({ input }) => quickEdits.stop(input.run)),
      unfinished: os.quick.unfinished.handler(({ signal = never }) => quickEdits.unfinished(signal)),
      leave: os.quick.leave.handler(({ input }) => quickEdits.leave(input.run)),
      revisions: os.quick.revisions.handler(({ input, signal = never }) => quickEdits.revisions(input.object, signal)),
    },
    recreation: {
      run: os.recreation.run.handler(({ input, signal = never }) => recreations.run(input, signal)),
      adjust: os.recreation.adjust.handler(({ input }) => recreations.adjust(input.run, input.options)),
      send: os.recreation.send.handler(({ input: { run, ...ask } }) => recreations.send(run, ask)),
      stop: os.recreation.stop.handler(({ input }) => recreations.stop(input.run)),
      leave: os.recreation.leave.handler(({ input }) => recreations.leave(input.edit)),
      goOn: os.recreation.goOn.handler(({ input }) => recreations.goOn(input.edit)),
    },
  }
}
