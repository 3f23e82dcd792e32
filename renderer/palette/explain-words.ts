import type { ServedKind } from '../../contract/kinds.ts'

/** A kind that is to be explained, and which of its fields: '' for all of it. */
export type Explained = { readonly kind: ServedKind; readonly field: string }

/**
 * What is meant by `explain deployments.spec`, as kubectl reads it: the longest beginning that names a kind, then a field;
 * while only a kind is typed those whose names begin so. None for any other text. `namesOf` are a kind's names, in lower case.
 */
export function readExplained(
  text: string,
  kinds: readonly ServedKind[],
  namesOf: (kind: ServedKind) => readonly string[],
): readonly Explained[] {
  const typed = /^explain\s+([\w.-]+)$/i.exec(text.trim())?.[1]
  if (typed === undefined) return []
  const preferred = kinds.filter(kind => kind.preferred)
  const parts = typed.split('.')
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('.').toLowerCase()
    const named = preferred.filter(kind => namesOf(kind).includes(name))
    const field = parts.slice(length).join('.')
    if (named.length > 0) return named.map(kind => ({ kind, field }))
  }
  const begun = typed.toLowerCase()
  const meant = preferred.filter(kind => namesOf(kind).some(name => name.startsWith(begun)))
  return meant.map(kind => ({ kind, field: '' }))
}
