import { diffObjects } from '../../core/diff.ts'
import { canonicalJson, type JsonObject } from '../../core/json.ts'
import { mergeThreeWay } from '../../core/merge.ts'
import type { PatchSchema } from '../../core/patch/schema.ts'
import { formatPath, indexPath, type Path, startsWithPath } from '../../core/path.ts'
import type { Conflict } from '../../core/problem.ts'
import { isBookkeeping } from '../../core/view.ts'
import { readYaml } from '../../core/yaml.ts'
import type { YamlRanges } from '../../core/yaml-ranges.ts'
import { maskedConflict, storedPath } from './settle.ts'
import { objectOfJson, objectOfYaml, type SchemaText, schemaOf } from './text-objects.ts'

/** A text to be compared with what is live. `base` and `live` are JSON. */
export type OthersTask = {
  readonly kind: 'others'
  readonly base: string
  readonly text: string
  readonly live: string
  readonly schema: SchemaText | null
  readonly secret: boolean
}

/** Where in the text a change of others is to be seen: the first line of the field, or of the nearest one around it. */
export type OthersPlace = {
  /** As `formatPath` writes it. */
  readonly path: string
  readonly from: number
  readonly to: number
  /** Whether it meets a change of mine. */
  readonly overlaps: boolean
}

/** A conflict as it may be shown, and what tells whether the other side has moved on since. */
export type Dispute = { readonly conflict: Conflict; readonly stamp: string }

/**
 * What others changed, seen from the text: in order of the text, the server's bookkeeping left out, and of `status` what
 * meets no change of mine.
 */
export type OthersSeen = { readonly places: readonly OthersPlace[]; readonly disputes: readonly Dispute[] }

/** What others changed since the base, and where that meets what the text says. Null for a text that cannot be read. */
export function compareWithLive({ base, text, live, schema: schemaText, secret }: OthersTask): OthersSeen | null {
  const reading = readYaml(text)
  const mine = objectOfYaml(text)
  if (!reading.ok || !mine.ok) return null
  const schema = schemaOf(schemaText)
  const [from, onto] = [objectOfJson(base), objectOfJson(live)]
  const merge = mergeThreeWay(from, mine.value, onto, schema)
  const conflicts = merge.ok ? [] : merge.problem.conflicts
  const meets = (path: Path) =>
    conflicts.some(conflict => startsWithPath(path, conflict.path) || startsWithPath(conflict.path, path))
  const named = (path: Path) => (secret ? storedPath(path) : path)
  const isTold = (path: Path) => !isBookkeeping(path) && (path[0] !== 'status' || meets(path))
  const changes = diffObjects(from, onto, schema).filter(({ path }) => isTold(path))
  const places = changes.map(({ path }) => ({
    path: formatPath(named(path)),
    overlaps: meets(path),
    ...firstLineOf(placeOf(path, mine.value, { ranges: reading.ranges, schema }), text),
  }))
  return {
    places: places.sort((a, b) => a.from - b.from),
    disputes: conflicts.map(conflict => ({
      conflict: secret ? maskedConflict(conflict) : conflict,
      stamp: canonicalJson([conflict.mine ?? null, conflict.theirs ?? null]),
    })),
  }
}

/** A text that was read, for finding places in it. */
export type ReadText = { readonly ranges: YamlRanges; readonly schema: PatchSchema | null }

/** Where what is at a path stands in an object's text; `around` where that is the nearest entry around it. */
export function placeOf(path: Path, object: JsonObject, { ranges, schema }: ReadText) {
  let plain: (string | number)[] | null = null
  let length = path.length
  for (; plain === null; length -= 1) plain = indexPath(object, path.slice(0, length), schema)
  const nearest = ranges.nearest(plain)
  const { from, to } = nearest.range.entry
  return { from, to, around: nearest.path.length < path.length }
}

/** A place without what stands below its first line. */
export function firstLineOf({ from, to }: { readonly from: number; readonly to: number }, text: string) {
  const lineBreak = text.indexOf('\n', from)
  return { from, to: lineBreak < 0 ? to : Math.min(to, lineBreak) }
}
