import type { Path, Step } from '../path.ts'
import { fail, ok, type PatchProblem, type Result } from '../problem.ts'

/** The way from the root to where a walk stands, innermost step first, and how many steps it has; null at the root. */
export type Trail = { readonly up: Trail; readonly step: Step; readonly depth: number } | null

/** The trail one step further in. */
export function below(up: Trail, step: Step): Trail {
  return { up, step, depth: depthOf(up) + 1 }
}

/** How many steps a trail has. */
export function depthOf(trail: Trail): number {
  return trail?.depth ?? 0
}

/** The trail as a path from the root. */
export function pathOf(trail: Trail): Path {
  const path: Step[] = []
  for (let here = trail; here !== null; here = here.up) path.push(here.step)
  return path.reverse()
}

class Refusal extends Error {
  readonly problem: PatchProblem
  constructor(problem: PatchProblem) {
    super(problem.code)
    this.problem = problem
  }
}

/** Ends the walk that `attempt` began, with a problem. */
export function refuse(problem: PatchProblem): never {
  throw new Refusal(problem)
}

/**
 * Runs a walk and turns its refusal into a Result; anything else thrown is a bug and passes. The walks recurse
 * through many small functions, any of which may refuse: a throw kept inside this folder reads better there.
 */
export function attempt<T>(walk: () => T): Result<T, PatchProblem> {
  try {
    return ok(walk())
  } catch (thrown) {
    if (thrown instanceof Refusal) return fail(thrown.problem)
    throw thrown
  }
}
