import { copyObject } from './copy.ts'
import type { KeptField } from './dangers/kept-fields.ts'
import type { JsonObject } from './json.ts'
import { withoutGiven } from './manifest.ts'
import { mergeThreeWay } from './merge.ts'
import type { PatchSchema } from './patch/schema.ts'
import type { Problem } from './problem.ts'

/** How servers say that a field cannot be changed in an object that is there. (Kubernetes: apimachinery and core validation.) */
const unchangeable =
  /immutable|may not be (changed|updated|modified|unset)|may not change|can(not| ?not) be changed|updates to .* for fields other than|may not add or remove containers|is not allowed to be changed/i

/** A rule of a definition that compares with what was, without a message of its own. (apiextensions-apiserver, ruleErrorString.) */
const keptByRule = /failed rule: self((?:\.\w+)*) ?== ?oldSelf\1\s*$/

/**
 * Whether a server refuses a change of what is there that it may take in an object made anew. `kept` are the fields that the
 * kind's own rules let never change: the message of such a rule may say anything.
 */
export function refusesChange(problem: Problem, kept: readonly KeptField[] = []): boolean {
  if (problem.code !== 'invalid') return false
  const words = [problem.message, ...problem.causes.map(({ message }) => message)]
  const said = kept.flatMap(({ message }) => (message === '' ? [] : [message]))
  return words.some(
    one => unchangeable.test(one) || keptByRule.test(one) || said.some(message => one.endsWith(message)),
  )
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
