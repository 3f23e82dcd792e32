import { decodeBase64, encodeBase64 } from './base64.ts'
import type { JsonObject } from './json.ts'
import { fieldOf, isObject } from './object.ts'

/**
 * A configuration as the server stores it: what a Secret's `stringData`, which can only be written, says stands in `data`
 * there. Other configurations are given back as they are.
 */
export function asStored(configuration: JsonObject): JsonObject {
  const texts = stringDataOf(configuration)
  if (texts === null) return configuration
  const { stringData: _, data, ...rest } = configuration
  const encoded = Object.entries(texts).map(([key, text]) => [key, encodeBase64(text)])
  return { ...rest, data: { ...(isObject(data) ? data : {}), ...Object.fromEntries(encoded) } }
}

/** The stored form as its author writes it: what `like` says in `stringData` stands there again, but what is no text. */
export function asWritten(stored: JsonObject, like: JsonObject): JsonObject {
  const texts = stringDataOf(like)
  if (texts === null) return stored
  const { data, ...rest } = stored
  const entries = Object.entries(isObject(data) ? data : {})
  const written = entries.flatMap(([key, value]) => {
    const text = Object.hasOwn(texts, key) && typeof value === 'string' ? decodeBase64(value) : null
    return text === null ? [] : [[key, text] as const]
  })
  const keys = new Set(written.map(([key]) => key))
  const left = entries.filter(([key]) => !keys.has(key))
  const hasData = left.length > 0 || fieldOf(like, 'data') !== undefined
  return {
    ...rest,
    ...(hasData ? { data: Object.fromEntries(left) } : {}),
    ...(written.length > 0 ? { stringData: Object.fromEntries(written) } : {}),
  }
}

function stringDataOf({ apiVersion, kind, stringData }: JsonObject): Readonly<Record<string, string>> | null {
  if (apiVersion !== 'v1' || kind !== 'Secret' || !isObject(stringData)) return null
  const texts = Object.entries(stringData).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : []))
  return Object.fromEntries(texts)
}
