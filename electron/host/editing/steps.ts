import type { ReviewSteps, StepDone, StepFields } from '../../../contract/steps.ts'
import type { WriteChoice } from '../../../contract/strategy.ts'
import { type Change, diffFields } from '../../../core/diff.ts'
import type { JsonObject } from '../../../core/json.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { formatPath, startsWithPath } from '../../../core/path.ts'
import { ok, type Problem, type Result } from '../../../core/problem.ts'
import { type PartSubresource, takePart, takeRest } from '../../../core/subresources.ts'
import type { Plan, WriteRequest } from './plan.ts'
import { type Sides, type Wanted, wantedObject } from './strategies/wanted.ts'

/** What one endpoint takes of an edit; null is the object's own. A submit sends the first of them, each in its turn. */
export type Part = Wanted & {
  readonly subresource: PartSubresource | null
  /** The base with this part of the text in it: what is saved once the part is. */
  readonly edited: JsonObject
  /** Against live, field by field. */
  readonly changes: readonly Change[]
}

/** A step that comes after the planned one, as it would be sent if that were left out: so that its refusal is known before. */
export type LaterStep = {
  readonly subresource: PartSubresource | null
  readonly changes: readonly Change[]
  readonly request: Result<WriteRequest>
}

/**
 * Divides what an edit wants by the endpoints that take it, the object's own first. An edit that changes nothing is one
 * part, of the object itself. `merge-conflict` is of the whole text: what would meet somebody's change in the last step is
 * decided before the first.
 */
export function divide(
  sides: Sides,
  choice: WriteChoice,
  subresources: readonly PartSubresource[],
  schema: PatchSchema | null,
): Result<readonly [Part, ...Part[]]> {
  const whole = wantedObject(sides, choice, schema)
  if (!whole.ok) return whole
  const part = (subresource: PartSubresource | null) => partOf(subresource, sides, whole.value, subresources, schema)
  const own = part(null)
  const [first, ...rest] = [own, ...subresources.map(part)].filter(({ changes }) => changes.length > 0)
  return ok([first ?? own, ...rest])
}

/** What one endpoint takes of what an edit wants; `null` all that the subresources do not. */
export function partOf(
  subresource: PartSubresource | null,
  { base, edited, before }: Sides,
  whole: Wanted,
  subresources: readonly PartSubresource[],
  schema: PatchSchema | null,
): Part {
  const take = (into: JsonObject, from: JsonObject) =>
    subresource === null ? takeRest(into, from, subresources) : takePart(into, from, subresource)
  const merged = take(before, whole.merged)
  const changes = diffFields(before, merged, schema)
  const overwrites = whole.overwrites.filter(({ path }) =>
    changes.some(change => startsWithPath(path, change.path) || startsWithPath(change.path, path)),
  )
  return { subresource, edited: take(base, edited), changes, merged, taken: whole.taken, overwrites }
}

/** Beyond these the fields of a step are counted. */
const mostPaths = 5

/** The steps of an edit as its review tells them; `refusals` as the dry runs of the later ones ended. */
export function showSteps(
  { request, before, merged, later }: Plan,
  refusals: readonly (Problem | null)[],
  done: readonly StepDone[],
  schema: PatchSchema | null,
): ReviewSteps {
  return {
    done,
    now: fieldsOf(request.subresource, diffFields(before, merged, schema)),
    later: later.map(({ subresource, changes }, index) => ({
      ...fieldsOf(subresource, changes),
      refusal: refusals[index] ?? null,
    })),
  }
}

/** A step with its fields, as it is told. */
export function fieldsOf(subresource: string | null, changes: readonly Change[]): StepFields {
  const paths = changes.slice(0, mostPaths).map(({ path }) => formatPath(path))
  return { subresource, paths, changed: changes.length }
}
