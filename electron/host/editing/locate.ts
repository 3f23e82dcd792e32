import type { ServerWarning } from '../../../contract/review.ts'
import { identityPath } from '../../../core/identity.ts'
import type { JsonObject } from '../../../core/json.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { formatPath, indexPath, type Path, parseOwnedField, parseServerField } from '../../../core/path.ts'
import type { Cause, Place, Problem, TextRange } from '../../../core/problem.ts'
import { typeMistakes } from '../../../core/type-mistakes.ts'
import type { YamlRanges } from '../../../core/yaml.ts'
import { mentionsIn } from './mentions.ts'

/** Where a server's field path is to be looked up: its indices count the items of `predicted`, not those of the text. */
export type Ground = {
  readonly ranges: YamlRanges
  readonly edited: JsonObject
  readonly predicted: JsonObject
  readonly schema: PatchSchema | null
}

/**
 * The problem with its place in the person's text, as near as the text has one. The server counts list items in the
 * object that it made (another writer may have put one first), so a path goes by identity from there to the text.
 */
export function locateProblem(problem: Problem, ground: Ground): Problem {
  const place = (path: Path) => placeOf(path, ground)
  switch (problem.code) {
    case 'unknown-field':
      return { ...problem, ...place(serverPath(problem.field, ground)) }
    case 'invalid':
      return withCauses(problem, problem.causes, ground)
    case 'admission-denied':
      return withCauses(problem, problem.causes.length > 0 ? problem.causes : mentioned(problem, ground), ground)
    case 'decoding-failed':
      return withCauses(problem, problem.causes.length > 0 ? problem.causes : mistaken(ground), ground)
    case 'owner-conflict':
      return { ...problem, ...place(parseOwnedField(`.${problem.owners[0]?.field ?? ''}`) ?? []) }
    case 'merge-conflict':
      return { ...problem, ...place(problem.conflicts[0]?.path ?? []) }
    case 'patch-falls-short':
      return { ...problem, ...place(problem.paths[0] ?? []) }
    default:
      return problem.path === undefined ? problem : { ...problem, ...place(problem.path) }
  }
}

/** A server's warning with the first place that it names, if any: several are said in one warning, which is marked once. */
export function locateWarning(message: string, ground: Ground): ServerWarning {
  const [first] = mentionsIn(message, ground.predicted)
  const range = first === undefined ? undefined : placeOf(serverPath(first.field, ground), ground).range
  return range === undefined ? { message } : { message, range }
}

type WithCauses = Extract<Problem, { readonly causes: readonly Cause[] }>

function withCauses(problem: WithCauses, found: readonly Cause[], ground: Ground): Problem {
  const causes = found.map(cause => ({ ...cause, ...placeOf(causePath(cause, ground), ground) }))
  const range = causes.find(cause => cause.range !== undefined)?.range
  return { ...problem, causes, ...(range === undefined ? {} : { range }) }
}

function mentioned({ message }: { readonly message: string }, { predicted }: Ground): readonly Cause[] {
  return mentionsIn(message, predicted).map(mention => ({ reason: 'Mentioned', ...mention }))
}

/** The decoder of built-in kinds does not say where: the schema does. */
function mistaken({ predicted, schema }: Ground): readonly Cause[] {
  return typeMistakes(predicted, schema).map(({ path, expected, found }) => ({
    reason: 'FieldValueTypeInvalid',
    field: formatPath(path),
    message: '',
    types: { expected, found },
    path: identityPath(predicted, path, schema),
  }))
}

function causePath(cause: Cause, ground: Ground): Path {
  if (cause.path !== undefined) return cause.path
  return cause.field.startsWith('.') ? (parseOwnedField(cause.field) ?? []) : serverPath(cause.field, ground)
}

function serverPath(field: string, ground: Ground): Path {
  const indices = parseServerField(field)
  return indices === null ? [] : identityPath(ground.predicted, indices, ground.schema)
}

/** The empty path (`<nil>`, `[]`, a bare message) has no place: the whole text would say nothing. */
function placeOf(path: Path, ground: Ground): Place {
  if (path.length === 0) return {}
  for (let length = path.length; length > 0; length--) {
    const there = indexPath(ground.edited, path.slice(0, length), ground.schema)
    const range = there === null ? null : ground.ranges.of(there)
    if (range !== null) return { path, range: keyOrEntry(range) }
  }
  return { path }
}

function keyOrEntry(range: {
  readonly key: TextRange | null
  readonly value: TextRange
  readonly entry: TextRange
}): TextRange {
  return range.key === null ? range.entry : { ...range.key, to: Math.max(range.key.to, sameLineEnd(range)) }
}

/** A scalar is marked with its key; a whole subtree only by its key. */
function sameLineEnd(range: { readonly key: TextRange | null; readonly value: TextRange }): number {
  return range.key !== null && range.value.line === range.key.line ? range.value.to : 0
}
