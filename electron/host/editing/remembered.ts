import type { ApplyForecast, LastApplied } from '../../../contract/strategy.ts'
import { annotationsFit, readApplied } from '../../../core/client-side-apply.ts'
import { type Change, diffObjects } from '../../../core/diff.ts'
import type { JsonObject } from '../../../core/json.ts'
import { driftOf, type Forecast, forecastApply, holds, withChangesApplied } from '../../../core/last-applied.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { equalPath, formatPath } from '../../../core/path.ts'
import { lastApplied } from '../../../core/secrets.ts'
import { isBookkeeping } from '../../../core/view.ts'
import type { Plan } from './plan.ts'
import { showChange, showValue } from './show.ts'
import type { PatchWays } from './strategies/ways.ts'

/** The merged object with my change, alone, in what was applied last too; as it is where the annotations would become too large. */
export function rememberChange(before: JsonObject, merged: JsonObject, schema: PatchSchema | null): JsonObject {
  const remembered = withChangesApplied(merged, diffObjects(before, merged, schema), schema)
  return annotationsFit(remembered) ? remembered : merged
}

/**
 * What the object keeps of the configuration applied last, beside my edit; null where it keeps none. `answer` is what the
 * server would make of the edit: the next apply would meet that.
 */
export function showLastApplied(plan: Plan, answer: JsonObject, ways: PatchWays, secret: boolean): LastApplied | null {
  const applied = readApplied(plan.before)
  if (applied.kind === 'absent') return null
  if (applied.kind !== 'present') return { drift: [], forecast: [], holds: [], trouble: applied.kind }
  const { schema } = ways
  const mine = plan.mine.filter(isField)
  const left = readApplied(plan.merged)
  const forecast = left.kind === 'present' ? forecastApply(answer, left.configuration, mine, ways) : null
  const fits = annotationsFit(withChangesApplied(plan.merged, mine, schema))
  return {
    drift: driftOf(plan.before, applied.configuration, schema).map(change => showChange(change, secret)),
    forecast: (forecast ?? []).map(one => showForecast(one, secret)),
    holds: mine.filter(change => holds(applied.configuration, change, schema)).map(({ path }) => formatPath(path)),
    trouble: fits ? null : 'too-large',
  }
}

/** The annotation itself and the server's bookkeeping are no fields that anybody applies. */
function isField({ path }: Change): boolean {
  return !isBookkeeping(path) && !equalPath(path, ['metadata', 'annotations', lastApplied])
}

function showForecast({ change, outcome, mine, next }: Forecast, secret: boolean): ApplyForecast {
  const { path } = change
  return {
    path: formatPath(path),
    outcome,
    mine: showValue(mine, path, secret),
    next: showValue(next, path, secret),
  }
}
