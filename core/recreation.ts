import { copyObject } from './copy.ts'
import type { JsonObject } from './json.ts'
import { withoutGiven } from './manifest.ts'
import { mergeThreeWay } from './merge.ts'
import type { PatchSchema } from './patch/schema.ts'
import type { Problem } from './problem.ts'

/** How servers say that a field cannot be changed in an object that is there. (Kubernetes: apimachinery and core validation.) */
const unchangeable =
  /immutable|may not be (changed|updated|modified|unset)|may not change|can(not| ?not) be changed|updates to .* for fields other than|may not add or remove containers|is not allowed to be changed/i

/** Whether a server refuses a change of what is there that it may take in an object made anew. */
export function refusesChange(problem: Problem): boolean {
  if (problem.code !== 'invalid') return false
  return [problem.message, ...problem.causes.map(({ message }) => message)].some(words => unchangeable.test(words))
}

/**
 * An edited object as it can be created again under its name: without what the server, admission and controllers made of
 * the one that was there, but with everything that was edited, and with its owners.
 */
export function objectToCreateAgain(base: JsonObject, edited: JsonObject, schema: PatchSchema | null): JsonObject {
  const clean = copyObject(base, { owners: true }).object
  const merged = mergeThreeWay(base, edited, clean, schema, () => 'mine')
  if (!merged.ok) throw new Error('all that is disputed is mine')
  const { status: _, ...again } = withoutGiven(merged.merged)
  return again
}
