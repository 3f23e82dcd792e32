import type { Json } from './json.ts'
import { readDocument } from './yaml-document.ts'
import { type YamlRanges, yamlRanges } from './yaml-ranges.ts'
import type { YamlProblem } from './yaml-syntax.ts'

export { printYaml } from './yaml-print.ts'
export type { PlainPath, YamlRanges } from './yaml-ranges.ts'
export type { YamlProblem } from './yaml-syntax.ts'

/** A YAML text's one document with the places of its parts, or everything that is wrong with it. */
export type YamlReading =
  | { readonly ok: true; readonly value: Json; readonly ranges: YamlRanges }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] }

/**
 * Reads a text as kubectl does (`sigs.k8s.io/yaml`), but refuses what kubectl takes silently: duplicate keys, a second
 * document, aliases without end. An empty text is null; whether the value is an object is for the caller to judge.
 */
export function readYaml(text: string): YamlReading {
  const document = readDocument(text)
  return document.ok ? { ok: true, value: document.value, ranges: yamlRanges(text, document) } : document
}
