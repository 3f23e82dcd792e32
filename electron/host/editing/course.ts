import { randomUUID } from 'node:crypto'
import type { SavedSteps, StepOf } from '../../../contract/steps.ts'
import type { Plan } from './plan.ts'
import { fieldsOf } from './steps.ts'

/** How far a text is submitted that takes several steps. `id` is the same for all its submits. */
export type Course = SavedSteps & { readonly id: string }

/** The course that a plan goes on with; null where it begins anew: nothing is wanted any more of what was left. */
export function courseOf(course: Course | null, { request, later }: Plan): Course | null {
  const wanted = [request.subresource, ...later.map(({ subresource }) => subresource)]
  return course?.left.some(({ subresource }) => wanted.includes(subresource)) ? course : null
}

/** Which part of one edit a submit is; null where it is all of it. */
export function stepOf(course: Course | null, { request, later }: Plan): StepOf | null {
  const before = course?.done.length ?? 0
  const of = before + 1 + later.length
  if (of === 1) return null
  return { subresource: request.subresource, edit: course?.id ?? randomUUID(), number: before + 1, of }
}

/** What a plan leaves unsent of its text. */
export function leftBy({ later }: Plan): SavedSteps['left'] {
  return later.map(({ subresource, changes }) => fieldsOf(subresource, changes))
}

/** How far the text is submitted once a step is saved, as the object's new version; null for a submit that is no step. */
export function afterStep(
  course: Course | null,
  step: StepOf | null,
  left: SavedSteps['left'],
  version: string,
): Course | null {
  if (step === null) return null
  return { id: step.edit, done: [...(course?.done ?? []), { subresource: step.subresource, version }], left }
}

/** The same for as long as something is left. */
export function unfinished(course: Course | null): Course | null {
  return course === null || course.left.length === 0 ? null : course
}
