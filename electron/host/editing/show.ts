import type { FieldChange, ForeignChange } from '../../../contract/edit.ts'
import type { Change } from '../../../core/diff.ts'
import type { Json, JsonObject } from '../../../core/json.ts'
import { changedBy } from '../../../core/ownership.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { formatPath, type ItemIdentity, type Path } from '../../../core/path.ts'
import type { Problem } from '../../../core/problem.ts'
import { maskText } from '../../../core/secret-text.ts'
import { maskAt, maskChange, maskConflict } from '../../../core/secrets.ts'
import { isBookkeeping } from '../../../core/view.ts'
import { printYaml } from '../../../core/yaml.ts'

/** Longer values are cut in messages and lists; the diff shows them whole. */
const longestValue = 2_000

/** A value as short YAML for a message or a list, masked where it is a Secret's; null where there is none. */
export function showValue(value: Json | undefined, path: Path, secret: boolean): string | null {
  if (value === undefined) return null
  const text = printYaml(secret ? maskAt(path, value) : value).trimEnd()
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text
}

/** A change as the page lists it. */
export function showChange(change: Change, secret: boolean): FieldChange {
  const { before, after } = sidesOf(secret ? maskChange(change) : change)
  return {
    path: formatPath(change.path),
    before: showValue(before, change.path, false),
    after: showValue(after, change.path, false),
  }
}

function sidesOf(change: Change): { readonly before?: Json; readonly after?: Json } {
  switch (change.kind) {
    case 'added':
      return { after: change.to }
    case 'removed':
      return { before: change.from }
    case 'changed':
      return { before: change.from, after: change.to }
    case 'moved':
      return { before: change.from.map(nameOf), after: change.to.map(nameOf) }
  }
}

function nameOf(item: ItemIdentity): Json {
  return 'value' in item ? item.value : item.keys
}

/** The changes that a person made or a controller meant: without the server's bookkeeping. */
export function withoutBookkeeping(changes: readonly Change[]): readonly Change[] {
  return changes.filter(change => !isBookkeeping(change.path))
}

type Showing = { readonly secret: boolean; readonly schema: PatchSchema | null }

/** What others changed between two versions, with the manager where managedFields can say; `status` is left out. */
export function foreignChanges(
  before: JsonObject,
  after: JsonObject,
  changes: readonly Change[],
  showing: Showing,
): readonly ForeignChange[] {
  const meant = changes.filter(change => change.path[0] !== 'status')
  return withWriters(before, after, meant, showing)
}

/** Changes between two versions, with the manager where managedFields can say. */
export function withWriters(
  before: JsonObject,
  after: JsonObject,
  changes: readonly Change[],
  { secret, schema }: Showing,
): readonly ForeignChange[] {
  const meant = withoutBookkeeping(changes)
  const writers = changedBy(before, after, meant, schema)
  return meant.map((change, index) => ({ ...showChange(change, secret), manager: writers[index]?.manager ?? null }))
}

/** A problem of a Secret's edit: conflicts masked by path, and the values masked in every text that quotes them. */
export function maskProblem(problem: Problem, values: readonly string[]): Problem {
  const masked =
    problem.code === 'merge-conflict' ? { ...problem, conflicts: problem.conflicts.map(maskConflict) } : problem
  // maskTexts keeps the shape: only strings change.
  return maskTexts(masked, values) as Problem
}

function maskTexts(value: unknown, values: readonly string[]): unknown {
  if (typeof value === 'string') return maskText(value, values)
  if (Array.isArray(value)) return value.map(item => maskTexts(item, values))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, key === 'code' ? child : maskTexts(child, values)]),
  )
}
