import { type Choice, type Merge, mergeThreeWay } from '../../core/merge.ts'
import { equalPath, formatPath, type Path } from '../../core/path.ts'
import { type Conflict, fail, ok, type Problem, type Result } from '../../core/problem.ts'
import { maskConflict } from '../../core/secrets.ts'
import { changeText, type TextChange } from '../../core/session.ts'
import { isBookkeeping } from '../../core/view.ts'
import { editYaml } from '../../core/yaml-edit.ts'
import { itemKeyIn, objectOfJson, objectOfYaml, type SchemaText, schemaOf } from './text-objects.ts'

/** What a person wants at the place of a conflict. */
export type Decision = { readonly path: Path; readonly choice: Choice }

/** A text to be moved from its base onto what is live. `base` and `live` are JSON. */
export type SettleTask = {
  readonly kind: 'settle'
  readonly base: string
  readonly text: string
  readonly live: string
  readonly schema: SchemaText | null
  readonly secret: boolean
  readonly decisions: readonly Decision[]
}

/**
 * How the text is moved: first `changes`, which bring what others changed and keep mine wherever both did; then `chosen`,
 * what was decided instead of mine, with places in the text after `changes`. `came` are the fields that others changed alone.
 */
export type Settlement = Result<{
  readonly changes: readonly TextChange[]
  readonly chosen: readonly TextChange[]
  readonly came: readonly string[]
}>

/**
 * Moves a text onto what is live. `merge-conflict` names the conflicts that nobody has decided, masked in a Secret; a
 * text that cannot be read fails with its first problem.
 */
export function settle({ base, text, live, schema: schemaText, secret, decisions }: SettleTask): Settlement {
  const mine = objectOfYaml(text)
  if (!mine.ok) return fail(firstOf(mine.problems))
  const schema = schemaOf(schemaText)
  const [from, onto] = [objectOfJson(base), objectOfJson(live)]
  const named = (path: Path) => (secret ? storedPath(path) : path)
  const choiceAt = (path: Path) =>
    decisions.find(decision => equalPath(named(decision.path), named(path)))?.choice ?? null
  const kept = mergeThreeWay(from, mine.value, onto, schema, path => (choiceAt(path) === null ? null : 'mine'))
  if (!kept.ok) return fail(secret ? masked(kept.problem) : kept.problem)
  const decided = mergeThreeWay(from, mine.value, onto, schema, choiceAt)
  if (!decided.ok) throw new Error('what was decided once is decided')

  const changes = editYaml(text, kept.merged, itemKeyIn(kept.merged, schema))
  if (!changes.ok) return changes
  const moved = changeText(text, changes.value)
  const chosen = editYaml(moved, decided.merged, itemKeyIn(decided.merged, schema))
  if (!chosen.ok) return chosen
  const came = kept.taken.filter(({ path }) => !isBookkeeping(path) && path[0] !== 'status')
  return ok({ changes: changes.value, chosen: chosen.value, came: came.map(({ path }) => formatPath(named(path))) })
}

/** A Secret's value by the name that the server and the host know, wherever the text shows it. */
export function storedPath(path: Path): Path {
  return path[0] === 'stringData' ? ['data', ...path.slice(1)] : path
}

/** A conflict in a Secret's text as it may be shown. */
export function maskedConflict(conflict: Conflict): Conflict {
  return maskConflict({ ...conflict, path: storedPath(conflict.path) })
}

type MergeConflict = Extract<Merge, { ok: false }>['problem']

function masked(problem: MergeConflict): MergeConflict {
  return { ...problem, conflicts: problem.conflicts.map(maskedConflict) }
}

function firstOf([problem]: readonly Problem[]): Problem {
  if (problem === undefined) throw new Error('a text that was refused without a problem')
  return problem
}
