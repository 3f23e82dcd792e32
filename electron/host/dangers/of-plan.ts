import type { ShownDanger } from '../../../contract/dangers.ts'
import { type Danger, danger } from '../../../core/dangers/danger.ts'
import { findDangers } from '../../../core/dangers/find.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { formatPath, indexPath, type Path } from '../../../core/path.ts'
import type { Plan } from '../editing/plan.ts'
import type { TextReading } from '../editing/read-as.ts'

/** What dangers of a plan are judged by, beside it. */
export type DangerFacts = {
  /** Dangers that are not to be told of. */
  readonly off: readonly string[]
  /** uids of owners that the plan adds and that are not there. */
  readonly missingOwners: readonly string[]
}

/** What may go wrong by a plan, with the lines of its text. */
export function dangersOfPlan(
  plan: Plan,
  facts: DangerFacts,
  reading: TextReading,
  schema: PatchSchema | null,
): readonly ShownDanger[] {
  const missing = new Set(facts.missingOwners)
  const off = new Set(facts.off)
  const lineOf = (path: Path) => {
    const place = indexPath(plan.whole, path, schema)
    return place === null || !reading.ok ? null : (reading.ranges.of(place)?.entry.line ?? null)
  }
  const known = (found: Danger): Danger =>
    found.id === 'owner-added' && missing.has(String(found.facts.uid))
      ? danger('owner-missing', found.path, found.facts)
      : found
  return findDangers(plan.live === null ? null : plan.before, plan.merged, schema)
    .map(known)
    .filter(({ id }) => !off.has(id))
    .map(({ id, severity, facts, path }) => ({ id, severity, facts, place: formatPath(path), line: lineOf(path) }))
}
