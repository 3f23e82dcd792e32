import type { Node } from 'yaml'
import type { Json } from './json.ts'
import { parseSyntax, type YamlProblem, type YamlSyntax } from './yaml-syntax.ts'
import { type Aliases, readValues, resolveAliases } from './yaml-values.ts'

/** A text's one document: its value, and the nodes that it was read from. `root` is null for an empty text. */
export type YamlDocument = {
  readonly ok: true
  readonly value: Json
  readonly root: Node | null
  readonly aliases: Aliases
  readonly rangeOf: YamlSyntax['rangeOf']
}

/** Reads a text's one document, or finds everything that is wrong with it, in order of the text. */
export function readDocument(
  text: string,
): YamlDocument | { readonly ok: false; readonly problems: readonly YamlProblem[] } {
  const syntax = parseSyntax(text)
  if (syntax.problems.some(isUnreadable)) return { ok: false, problems: syntax.problems }
  const aliases = resolveAliases(text.includes('*') ? syntax.root : null)
  const { value, problems } = readValues(syntax, aliases)
  const all = [...syntax.problems, ...problems].sort((a, b) => (a.range?.from ?? 0) - (b.range?.from ?? 0))
  if (all.length > 0) return { ok: false, problems: all }
  return { ok: true, value, root: syntax.root, aliases, rangeOf: syntax.rangeOf }
}

/** Whether nodes are missing or made up, so that reading them on would tell of faults that are none. */
function isUnreadable({ code }: YamlProblem): boolean {
  return code === 'yaml-syntax' || code === 'too-deep'
}
