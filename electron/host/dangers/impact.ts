import type { Impact, ImpactLine } from '../../../contract/dangers.ts'
import { diffObjects } from '../../../core/diff.ts'
import type { JsonObject } from '../../../core/json.ts'
import { metadataText } from '../../../core/object.ts'
import { ok, type Problem, type Result } from '../../../core/problem.ts'
import type { Cluster } from '../clusters/connection.ts'
import { discover } from '../clusters/discovery.ts'
import type { KindSchema } from '../editing/schema.ts'
import { type Effect, lookAt } from './look.ts'
import { namespaceEffects } from './namespaces.ts'
import { later, podEffects } from './pods.ts'
import { stored, uses } from './uses.ts'

/** Milliseconds in which all is looked at; what is not known by then is said to be missing. */
const budgetMs = 5_000

const effects: readonly Effect[] = [...podEffects, uses, stored, namespaceEffects, later]

const weights: readonly ImpactLine['severity'][] = ['serious', 'warning', 'note']

/** What a change does beyond its object, most serious first. Fails only where the cluster's kinds cannot be read. */
export async function findImpact(
  cluster: Cluster,
  {
    before,
    after,
    schema,
  }: { readonly before: JsonObject; readonly after: JsonObject; readonly schema: KindSchema['schema'] },
  signal: AbortSignal,
): Promise<Result<Impact>> {
  const served = await discover(cluster, { signal })
  if (!served.ok) return served
  const missed: { resource: string; problem: Problem | null }[] = []
  const budget = AbortSignal.timeout(budgetMs)
  const look = lookAt(
    cluster,
    served.value.kinds,
    (resource, problem) => void missed.push({ resource, problem }),
    AbortSignal.any([signal, budget]),
  )
  const changed = {
    before,
    after,
    changes: diffObjects(before, after, schema),
    namespace: metadataText(before, 'namespace'),
  }
  const found = await Promise.all(
    effects.map(effect =>
      effect(changed, look).catch((error: unknown) => {
        if (signal.aborted || !budget.aborted) throw error
        missed.push({ resource: '', problem: null })
        return []
      }),
    ),
  )
  const lines = found.flat().toSorted((a, b) => weights.indexOf(a.severity) - weights.indexOf(b.severity))
  return ok({ lines, missed })
}
