import type { JsonObject } from '../../../core/json.ts'
import { metadataText, type ObjectRef } from '../../../core/object.ts'
import type { Problem, Result } from '../../../core/problem.ts'
import { reportBug } from '../bugs.ts'
import { backOff } from '../clusters/back-off.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { getObject } from '../clusters/get.ts'
import { openApiAddress } from '../clusters/openapi.ts'
import { contextOf, pinnedCluster } from '../clusters/pinned.ts'
import { type Found, outcomeOf, readOutcome } from '../editing/cut-off.ts'
import { readSentPlan, type SentPlan } from '../editing/journal.ts'
import { readKindSchema } from '../editing/read-schema.ts'
import { eachByContext } from '../runs.ts'
import type { Submits } from '../store/submits.ts'
import { createNotifier, type Notifier } from '../streams.ts'
import type { Ledger } from './ledger.ts'

/**
 * The submits that an earlier run of the app left without an end, and that no draft comes back to settle: creations,
 * deletions, and quick edits of many objects.
 */
export type Abandoned = {
  /**
   * Finds out what became of them, by reading each object and comparing it with the plan that was kept before it was sent.
   * Nothing is sent. Tries until each can be read or the host ends; the first call begins it.
   */
  readonly settle: () => void
  /** Why the object of a submit could not be read so far; null where that is not so. */
  readonly hindrance: (id: string) => Problem | null
  /** Hears of hindrances; of ends the ledger tells. */
  readonly listen: Notifier['listen']
}

type Left = { readonly id: string; readonly context: string; readonly ref: ObjectRef; readonly plan: SentPlan }

/** What an earlier run abandoned, asked when the host begins: what this one sends comes later. */
export function abandonedSubmits(
  clusters: Clusters,
  submits: Pick<Submits, 'abandoned' | 'read'>,
  ledger: Pick<Ledger, 'written' | 'ended'>,
  signal: AbortSignal,
): Abandoned {
  const ids = submits.abandoned()
  const changed = createNotifier()
  const hindrances = new Map<string, Problem>()
  const hinder = ({ id }: Left, problem: Problem) => void hindrances.set(id, problem)

  /** Opens one that has still no end. Of one whose key is gone nobody can tell anything. */
  const open = (id: string): Left | null => {
    const submit = submits.read(id)
    if (submit?.state !== 'sent') return null
    const plan = readSentPlan(submit.plan)
    const { context, ref } = submit
    if (plan !== null && ref.name !== '') return { id, context: contextOf(clusters, context, ref.cluster), ref, plan }
    ledger.ended(id, 'unknown', plan === null ? null : { code: 'undetermined', reason: 'unnamed' }, null)
    return null
  }

  const settleOne = async (left: Left): Promise<void> => {
    const { id, ref, plan } = left
    const found = await look(clusters, left, signal)
    if (signal.aborted) return
    if (!found.ok) return hinder(left, found.problem)
    hindrances.delete(id)
    if (found.value === null) return
    const { outcome, now } = found.value
    const told = { basis: 'read', warnings: [], attempts: null } as const
    if (outcome === 'written') ledger.written(id, plan.strategy === 'delete' ? null : now, told)
    else ledger.ended(id, outcome, outcome === 'unknown' ? doubtOf(ref, plan, now) : null, null)
  }

  const settleAll = async (): Promise<void> => {
    const pauses = backOff()
    const leftNow = () => ids.flatMap(id => open(id) ?? [])
    for (let left = leftNow(); left.length > 0 && !signal.aborted; left = leftNow()) {
      await eachByContext(clusters, left, { contextOf: ({ context }) => context, act: settleOne, barred: hinder })
      changed.notify()
      await pauses.pause(signal)
    }
  }

  let begun = false
  return {
    settle() {
      if (begun) return
      begun = true
      settleAll().catch(error => {
        if (!signal.aborted) reportBug(error)
      })
    },
    hindrance: id => hindrances.get(id) ?? null,
    listen: changed.listen,
  }
}

async function look(
  clusters: Clusters,
  { context, ref, plan }: Left,
  signal: AbortSignal,
): Promise<Result<Found | null>> {
  const cluster = pinnedCluster(clusters, context, ref.cluster)
  const target = { ...ref, subresource: ref.subresource ?? null }
  return readOutcome(
    () => getObject(cluster, ref, target, signal),
    async now => {
      // How lists are keyed says which items are mine. Where nothing is known of that, more stays in doubt, never less.
      const address = await openApiAddress(cluster, ref, signal)
      const schema = now === null ? null : await readKindSchema(cluster, { address, target, object: now }, signal)
      return outcomeOf(plan, ref, now, schema?.schema ?? null)
    },
    signal,
  )
}

function doubtOf(ref: ObjectRef, plan: SentPlan, now: JsonObject | null): Problem {
  if (now === null) return { code: 'undetermined', reason: 'gone' }
  const isOther = plan.write.live !== null && metadataText(now, 'uid') !== ref.uid
  return { code: 'undetermined', reason: isOther ? 'replaced' : 'changed' }
}
