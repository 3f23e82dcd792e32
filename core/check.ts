import { equalJson, type Json, type JsonObject } from './json.ts'
import { apiVersionOf, isObject, type ObjectRef } from './object.ts'
import { type IndexPath, valueAt } from './path.ts'
import type { IdentityProblem, TextProblem, TextRange } from './problem.ts'
import type { YamlRanges } from './yaml-ranges.ts'

/** What an edited text may not be, whatever else it says. */
export type CheckProblem = IdentityProblem | Extract<TextProblem, { code: 'yaml-empty' | 'yaml-not-an-object' }>

const identityFields: readonly { readonly code: IdentityProblem['code']; readonly path: readonly string[] }[] = [
  { code: 'api-version-changed', path: ['apiVersion'] },
  { code: 'kind-changed', path: ['kind'] },
  { code: 'name-changed', path: ['metadata', 'name'] },
  { code: 'namespace-changed', path: ['metadata', 'namespace'] },
  { code: 'uid-changed', path: ['metadata', 'uid'] },
  { code: 'resource-version-changed', path: ['metadata', 'resourceVersion'] },
]

/**
 * Everything that makes an edited value another object than its base (`api-version-changed` to `resource-version-changed`;
 * a removed field counts as changed), or no object at all. All at once, with paths, and with the places in the text
 * where its ranges are given. A creation (base null) may be any object.
 */
export function checkEdited(
  ref: ObjectRef,
  base: JsonObject | null,
  value: Json,
  ranges: Pick<YamlRanges, 'nearest'> | null = null,
): readonly CheckProblem[] {
  if (value === null) return [{ code: 'yaml-empty', path: [] }]
  if (!isObject(value)) return [{ code: 'yaml-not-an-object', path: [], ...rangeAt(ranges, []) }]
  if (base === null) return []
  // A base that came from a list has no type of its own.
  const typed = { apiVersion: apiVersionOf(ref), kind: ref.kind, ...base }
  return identityFields.flatMap(({ code, path }) => {
    const [expected, found] = [valueAt(typed, path) ?? null, valueAt(value, path) ?? null]
    return equalJson(expected, found) ? [] : [{ code, expected, found, path, ...rangeAt(ranges, path) }]
  })
}

/** The text of the field's value; where the field is missing, the key that should hold it, or the beginning of the text. */
function rangeAt(ranges: Pick<YamlRanges, 'nearest'> | null, path: IndexPath): { readonly range?: TextRange } {
  if (ranges === null) return {}
  const { path: found, range } = ranges.nearest(path)
  if (found.length === path.length) return { range: range.value }
  return { range: range.key ?? { ...range.entry, to: range.entry.from } }
}
