import { equalJson, type JsonObject } from '../../core/json.ts'
import { editJson } from '../../core/json-edit.ts'
import type { Span } from '../../core/json-reader.ts'
import { jsonPathAt, jsonPlace, printJsonText, readJsonText } from '../../core/json-text.ts'
import { mergeThreeWay } from '../../core/merge.ts'
import { isObject } from '../../core/object.ts'
import type { Problem } from '../../core/problem.ts'
import { changeText, type TextChange } from '../../core/session.ts'
import { type LineChange, lineChanges } from '../../core/text-diff.ts'
import { readYaml } from '../../core/yaml.ts'
import { editYaml } from '../../core/yaml-edit.ts'
import { rangesIn } from '../../core/yaml-syntax.ts'
import { itemKeyIn, objectOfJson, objectOfYaml, rememberLast, type SchemaText, schemaOf } from '../edit/text-objects.ts'

/**
 * The two texts of one object, to be brought to say the same. `said` is the YAML that both said last: what differs from
 * it in either text is carried into the other. `json` is null before there is one. `base` as in the edit's state.
 */
export type JsonSyncTask = {
  readonly kind: 'json-sync'
  readonly said: string
  readonly json: string | null
  readonly yaml: string
  readonly base: string | null
  readonly schema: SchemaText | null
}

/** What changes each text so that both say the same, and the lines of the JSON that differ from the base's; or what is wrong with one. */
export type JsonSync =
  | {
      readonly ok: true
      readonly yaml: readonly TextChange[]
      readonly json: readonly TextChange[]
      readonly lines: readonly LineChange[]
    }
  | { readonly ok: false; readonly of: 'yaml' | 'json'; readonly problems: readonly Problem[] }

/** Places of one text, to be found in the other, which says the same. */
export type JsonPlacesTask = {
  readonly kind: 'json-places'
  readonly from: 'yaml' | 'json'
  readonly yaml: string
  readonly json: string
  readonly ranges: readonly Span[]
}

/** Brings both texts to say the same. Where both changed the same place, the JSON counts: there the person types. */
export function syncJson({ said, json, yaml, base, schema: schemaText }: JsonSyncTask): JsonSync {
  const theirs = objectOfYaml(yaml)
  if (!theirs.ok) return { ok: false, of: 'yaml', problems: theirs.problems }
  if (json === null) {
    const text = `${printJsonText(theirs.value)}\n`
    return { ok: true, yaml: [], json: [{ from: 0, to: 0, insert: text }], lines: linesSince(base, text) }
  }
  const mine = objectOfJsonText(json)
  if (!mine.ok) return { ok: false, of: 'json', problems: mine.problems }
  const before = said === yaml ? theirs : objectOfYaml(said)
  const schema = schemaOf(schemaText)
  const to = before.ok ? merged(before.value, mine.value, theirs.value, schema) : mine.value
  const itemKey = itemKeyIn(to, schema)
  const [inYaml, inJson] = [editYaml(yaml, to, itemKey), editJson(json, to, itemKey)]
  if (!inYaml.ok) return { ok: false, of: 'yaml', problems: [inYaml.problem] }
  if (!inJson.ok) return { ok: false, of: 'json', problems: [inJson.problem] }
  return {
    ok: true,
    yaml: inYaml.value,
    json: inJson.value,
    lines: linesSince(base, changeText(json, inJson.value)),
  }
}

function merged(
  before: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  schema: ReturnType<typeof schemaOf>,
): JsonObject {
  if (equalJson(before, theirs)) return mine
  if (equalJson(before, mine)) return theirs
  const merge = mergeThreeWay(before, mine, theirs, schema)
  return merge.ok ? merge.merged : merge.partial
}

function objectOfJsonText(
  text: string,
): { readonly ok: true; readonly value: JsonObject } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const reading = readJsonText(text)
  if (!reading.ok) return reading
  const { value, root } = reading
  if (isObject(value)) return { ok: true, value }
  return { ok: false, problems: [{ code: 'yaml-not-an-object', range: rangesIn(text)(root.from, root.to) }] }
}

const baseText = rememberLast(base => `${printJsonText(objectOfJson(base))}\n`)

function linesSince(base: string | null, json: string): readonly LineChange[] {
  return base === null ? [] : lineChanges(baseText(base), json)
}

/** The same places in the other text, each null where neither text can be read. */
export function placesAcross({ from, yaml, json, ranges }: JsonPlacesTask): readonly (Span | null)[] {
  const [inYaml, inJson] = [readYaml(yaml), readJsonText(json)]
  if (!inYaml.ok || !inJson.ok) return ranges.map(() => null)
  if (from === 'json') {
    return ranges.map(range => {
      const entry = inYaml.ranges.nearest(jsonPathAt(inJson.root, json, range.from)).range
      return entry.key ?? entry.value
    })
  }
  return ranges.map(range => {
    const path = inYaml.ranges.at(range.from)
    const entry = inYaml.ranges.nearest(path).range
    const part = entry.key !== null && range.from < entry.key.to ? 'key' : 'value'
    return jsonPlace(inJson.root, path, part)
  })
}
