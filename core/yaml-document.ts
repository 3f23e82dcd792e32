import type { Json } from './json.ts'
import type { YamlNode } from './yaml-nodes.ts'
import { parseSyntax, type YamlProblem, type YamlSyntax } from './yaml-syntax.ts'
import { readValues } from './yaml-values.ts'

/** A text's one document: its value, and the nodes that it was read from. `root` is null for an empty text. */
export type YamlDocument = {
  readonly ok: true
  readonly value: Json
  readonly root: YamlNode | null
  readonly rangeOf: YamlSyntax['rangeOf']
}

/** Reads a text's one document, or finds everything that is wrong with it, in order of the text. */
export function readDocument(
  text: string,
): YamlDocument | { readonly ok: false; readonly problems: readonly YamlProblem[] } {
  const syntax = parseSyntax(text)
  const { value, problems } = readValues(syntax)
  const all = [...syntax.problems, ...problems].sort((a, b) => (a.range?.from ?? 0) - (b.range?.from ?? 0))
  if (all.length > 0) return { ok: false, problems: all }
  return { ok: true, value, root: syntax.root, rangeOf: syntax.rangeOf }
}
