import type { Json } from './json.ts'
import { type YamlRanges, yamlRanges } from './yaml-ranges.ts'
import { parseSyntax, type YamlProblem } from './yaml-syntax.ts'
import { readValues, resolveAliases } from './yaml-values.ts'

export { printYaml } from './yaml-print.ts'
export type { EntryRange, PlainPath, YamlRanges } from './yaml-ranges.ts'
export type { YamlProblem, YamlUnsupported } from './yaml-syntax.ts'

/** A YAML text's one document with the places of its parts, or everything that is wrong with it. */
export type YamlReading =
  | { readonly ok: true; readonly value: Json; readonly ranges: YamlRanges }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] }

/**
 * Reads a text as kubectl does (`sigs.k8s.io/yaml`), but refuses what kubectl takes silently: duplicate keys, a second
 * document, aliases without end. An empty text is null; whether the value is an object is for the caller to judge.
 */
export function readYaml(text: string): YamlReading {
  const syntax = parseSyntax(text)
  if (syntax.problems.some(isUnreadable)) return { ok: false, problems: syntax.problems }
  const aliases = resolveAliases(text.includes('*') ? syntax.root : null)
  const { value, problems } = readValues(syntax, aliases)
  const all = [...syntax.problems, ...problems].sort((a, b) => (a.range?.from ?? 0) - (b.range?.from ?? 0))
  return all.length > 0 ? { ok: false, problems: all } : { ok: true, value, ranges: yamlRanges(text, syntax, aliases) }
}

/** Whether nodes are missing or made up, so that reading them on would tell of faults that are none. */
function isUnreadable({ code }: YamlProblem): boolean {
  return code === 'yaml-syntax' || code === 'too-deep'
}
