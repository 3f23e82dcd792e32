import type { Layer, LineMark } from '../../../contract/review.ts'
import { type Change, diffFields, diffObjects } from '../../../core/diff.ts'
import { equalJson, type JsonObject } from '../../../core/json.ts'
import type { PatchSchema } from '../../../core/patch/schema.ts'
import { formatPath, indexPath, type Path, pathKey, startsWithPath } from '../../../core/path.ts'
import { printYaml } from '../../../core/yaml.ts'
import { type LineSpan, yamlLines } from '../../../core/yaml-lines.ts'

/** The three versions that a review compares, in the edit's view. `empty` is the answer to the empty patch's dry run. */
export type Versions = {
  readonly live: JsonObject
  readonly answer: JsonObject
  readonly empty: JsonObject | null
}

/** A difference between live and answer, with the layer that it belongs to. */
export type LayeredChange = { readonly change: Change; readonly layer: Layer }

/**
 * Tells apart what is my edit, what any write would cause, and what the server adds because of mine. What was added or
 * removed as a whole comes first as that whole (its keys and dashes are mine where something in it is), then field by field.
 */
export function layerChanges(
  versions: Versions,
  mine: readonly Change[],
  schema: PatchSchema | null,
): readonly LayeredChange[] {
  const { live, answer, empty } = versions
  const isMine = within(mine)
  const caused = new Map(
    (empty === null ? [] : diffFields(live, empty, schema)).map(change => [pathKey(change.path), change]),
  )
  const layerOf = (change: Change): Layer => {
    if (isMine(change.path)) return 'mine'
    const same = caused.get(pathKey(change.path))
    return same !== undefined && sameOutcome(same, change) ? 'any-write' : 'server'
  }
  const frame = (change: Change): Layer =>
    mine.some(({ path }) => startsWithPath(path, change.path)) ? 'mine' : layerOf(change)
  return [
    ...diffObjects(live, answer, schema).map(change => ({ change, layer: frame(change) })),
    ...diffFields(live, answer, schema).map(change => ({ change, layer: layerOf(change) })),
  ]
}

/** Whether a place is one of the changed fields or lies inside one that was changed as a whole. */
function within(changes: readonly Change[]): (path: Path) => boolean {
  const fields = new Set(changes.map(change => pathKey(change.path)))
  return path => {
    for (let length = path.length; length > 0; length--) {
      if (fields.has(pathKey(path.slice(0, length)))) return true
    }
    return false
  }
}

function sameOutcome(a: Change, b: Change): boolean {
  if (a.kind === 'moved' || b.kind === 'moved') return a.kind === b.kind
  if (a.kind === 'removed' || b.kind === 'removed') return a.kind === b.kind
  return equalJson(a.to, b.to)
}

/** One side of a review: the object, and as it is shown, masked. `shown` null is printed as no text at all. */
export type Side = { readonly object: JsonObject; readonly shown: JsonObject | null; readonly text: string }

/** A side of a review, printed. */
export function printSide(object: JsonObject, shown: JsonObject | null): Side {
  return { object, shown, text: shown === null ? '' : printYaml(shown) }
}

/** The layered changes as lines of the two printed texts: removed and changed fields in `before`, added and changed in `after`. */
export function markLines(
  sides: { readonly before: Side; readonly after: Side },
  layered: readonly LayeredChange[],
  schema: PatchSchema | null,
): readonly LineMark[] {
  const marks = { before: new Map<number, LineMark>(), after: new Map<number, LineMark>() }
  const locate = { before: lineFinder(sides.before, schema), after: lineFinder(sides.after, schema) }
  for (const { change, layer } of layered) {
    const path = formatPath(change.path)
    for (const side of sidesOf(change)) {
      const span = locate[side](change.path)
      if (span === null) continue
      for (let line = span.first; line <= span.last; line++) marks[side].set(line, { side, line, layer, path })
    }
  }
  const inOrder = (side: LineMark['side']) => [...marks[side].values()].sort((a, b) => a.line - b.line)
  return [...inOrder('after'), ...inOrder('before')]
}

function sidesOf(change: Change): readonly LineMark['side'][] {
  if (change.kind === 'added') return ['after']
  return change.kind === 'removed' ? ['before'] : ['before', 'after']
}

/** Finds the lines of a place in a side's text; identities are looked up in the object itself, which is not masked. */
function lineFinder({ object, shown, text }: Side, schema: PatchSchema | null): (path: Path) => LineSpan | null {
  const lines = yamlLines(text, shown)
  return path => {
    const place = shown === null ? null : indexPath(object, path, schema)
    return place === null ? null : lines(place)
  }
}
