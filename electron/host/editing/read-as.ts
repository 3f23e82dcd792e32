import type { JsonObject } from '../../../core/json.ts'
import { isObject } from '../../../core/object.ts'
import { checkSecretKeys, decodedRanges, encodeSecret, type SecretKeyTwice } from '../../../core/secret-data.ts'
import type { View } from '../../../core/view.ts'
import type { YamlProblem, YamlReading } from '../../../core/yaml.ts'

/** A text that was read: the object that it says as the server has it, and its places under the server's paths. */
export type TextReading =
  | { readonly ok: false; readonly problems: readonly (YamlProblem | SecretKeyTwice)[] }
  | Extract<YamlReading, { ok: true }>

/** What a text of this view says. `near` as for `encodeSecret`; `secret-key-twice` has its place in the text. */
export function readAs(reading: YamlReading, view: View, near: JsonObject | null = null): TextReading {
  if (!reading.ok || view.secretData === 'encoded' || !isObject(reading.value)) return reading
  const { value: shown, ranges } = reading
  const encoded = encodeSecret(shown, near)
  if (encoded.ok) return { ok: true, value: encoded.value, ranges: decodedRanges(ranges, shown) }
  return { ok: false, problems: checkSecretKeys(shown, ranges) }
}
