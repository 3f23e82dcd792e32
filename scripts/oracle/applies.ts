import { equalJson, type Json, type JsonObject, printJson } from '../../core/json.ts'
import { isObject, metadataOf } from '../../core/object.ts'
import {
  type ApplyAs,
  conflictsOfApply,
  createApplyConfiguration,
  mergeApplyConfiguration,
} from '../../core/patch/index.ts'
import { agrees, type Comparison } from './compare.ts'
import type { Applied, Owned } from './pair.ts'
import type { Oracle } from './process.ts'
import type { Failure, OracleReport, Tally } from './run.ts'
import type { Schemas } from './schemas.ts'

export type AppliesRun = {
  readonly oracle: Oracle
  readonly schemas: Schemas
  /** Unsigned, up to 2^53: the same seed makes the same objects. */
  readonly seed: number
  readonly applies: number
  readonly first?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number) => void
  readonly onFailure?: (failure: Failure) => void
  readonly failuresPerCheck?: number
}

const batchSize = 100
const manager = 'patchbay-apply'

/**
 * Makes that many objects with several owners, and what is wanted of each; compares what ours says an apply makes of them
 * with what structured-merge-diff makes, and whether there are conflicts.
 */
export async function runApplies(run: AppliesRun): Promise<OracleReport> {
  const { oracle, schemas, seed, applies, first = 0, signal, onProgress = () => {} } = run
  const tallies = new Map<string, Tally>()
  const failures: Failure[] = []
  let done = 0
  while (done < applies && !signal?.aborted) {
    const count = Math.min(batchSize, applies - done)
    const request = { owned: { seed, first: first + done, count, kinds: [...schemas.keys()] } }
    // The program is ours: it answers in the shape of pair.ts.
    const batch = (await oracle.ask(printJson(request), count)) as unknown as readonly Owned[]
    for (const [index, one] of batch.entries()) {
      for (const comparison of await compareApply(run, one)) {
        const tally = tallies.get(comparison.check) ?? { equal: 0, refused: 0, accepted: 0, failed: 0 }
        tallies.set(comparison.check, tally)
        const isEqual = agrees(comparison)
        tally[!isEqual ? 'failed' : comparison.go.value === undefined ? 'refused' : 'equal']++
        if (isEqual || tally.failed > (run.failuresPerCheck ?? 3)) continue
        const pair = { kind: one.kind, original: one.live, modified: one.wanted, current: one.live }
        const failure = { pairNumber: first + done + index, pair, comparison }
        failures.push(failure)
        run.onFailure?.(failure)
      }
    }
    done += count
    onProgress(done)
  }
  return { pairs: done, tallies, failures }
}

async function compareApply({ oracle, schemas }: AppliesRun, owned: Owned): Promise<readonly Comparison[]> {
  const { kind, live, wanted } = owned
  const as: ApplyAs = { manager, subresource: null, schema: schemas.get(kind) ?? null }
  const configuration = createApplyConfiguration(live, wanted, as)
  if (!configuration.ok) return []
  const [answer] = await oracle.ask(
    printJson({ apply: { kind, live, configuration: configuration.value, manager } }),
    1,
  )
  // As above.
  const { forced, unforced } = answer as unknown as Applied
  const made = mergeApplyConfiguration(live, configuration.value, as)
  const conflicts = made.ok ? conflictsOfApply(live, made.value, as) : []
  const saysConflict = forced.value !== undefined && unforced.value === undefined
  return [
    { check: 'apply', go: forced, ours: made.ok ? { value: unowned(made.value) } : { refused: made.problem.code } },
    { check: 'applyConflicts', go: { value: saysConflict }, ours: { value: conflicts.length > 0 } },
  ]
}

function unowned(object: JsonObject): Json {
  const { managedFields: _, ...metadata } = metadataOf(object)
  return isObject(object.metadata) && !equalJson(metadata, object.metadata) ? { ...object, metadata } : object
}
