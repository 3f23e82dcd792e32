import type { Json, JsonObject } from '../../../core/json.ts'
import { isList, isObject, metadataOf } from '../../../core/object.ts'
import type { Random } from '../../../scripts/soak/random.ts'

/** What somebody may make of a live object: some fields, labels and annotations changed, added, removed or moved. */
export function randomEdit(live: JsonObject, random: Random): JsonObject {
  const { metadata: _, status: _status, apiVersion, kind, ...fields } = live
  const content = random() < 0.8 ? changed(fields, random) : fields
  const { labels, annotations, ...metadata } = metadataOf(live)
  const named = [
    ['labels', random() < 0.5 ? changedWords(labels, random) : labels],
    ['annotations', random() < 0.5 ? changedWords(annotations, random) : annotations],
  ] as const
  const kept = named.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))
  return {
    ...(isObject(content) ? content : fields),
    ...('status' in live ? { status: live.status ?? null } : {}),
    apiVersion: apiVersion ?? null,
    kind: kind ?? null,
    metadata: { ...metadata, ...Object.fromEntries(kept) },
  }
}

function changedWords(words: Json | undefined, random: Random): JsonObject {
  const kept = Object.entries(isObject(words) ? words : {}).filter(() => random() < 0.7)
  return { ...Object.fromEntries(kept), [`e${Math.floor(random() * 4)}`]: `v${Math.floor(random() * 9)}` }
}

/** One to three places below this one changed. */
function changed(value: Json, random: Random): Json {
  if (isList(value)) return changedList(value, random)
  if (isObject(value)) return changedMap(value, random)
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  return typeof value === 'string' ? `${value}${pick(['x', '1', '-z'], random)}` : value
}

function changedMap(value: JsonObject, random: Random): JsonObject {
  const keys = Object.keys(value)
  if (keys.length === 0) return value
  const [first, second] = [pick(keys, random), pick(keys, random)]
  if (random() < 0.12) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== first))
  const inner = { ...value, [first]: changed(value[first] ?? null, random) }
  return random() < 0.3 ? { ...inner, [second]: changed(inner[second] ?? null, random) } : inner
}

function changedList(value: readonly Json[], random: Random): Json {
  if (value.length === 0) return value
  const at = Math.floor(random() * value.length)
  const item = value[at] ?? null
  const dice = random()
  if (dice < 0.15) return value.toSpliced(at, 1)
  if (dice < 0.35) return value.toSpliced(Math.floor(random() * (value.length + 1)), 0, renamed(item, random))
  if (dice < 0.45) return value.toReversed()
  return value.with(at, changed(item, random))
}

/** An item like another one, with another name and number. */
function renamed(item: Json, random: Random): Json {
  if (!isObject(item)) return changed(item, random)
  const differs = new Set(['name', 'port', 'containerPort', 'host', 'key', 'path', 'mountPath', 'type'])
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) => [key, differs.has(key) ? changed(value, random) : value]),
  )
}

function pick<T>(from: readonly T[], random: Random): T {
  const found = from[Math.floor(random() * from.length)]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}
