import fuzzysort from 'fuzzysort'

/** How many namespaces are drawn; the rest is found by typing. */
const drawn = 300

/** What the picker offers. `more`: how many are not drawn; `typed`: the text itself, where it may be a namespace that is not listed. */
export type NamespaceOffer = {
  readonly names: readonly string[]
  readonly more: number
  readonly typed: string | null
}

/** The namespaces that a text finds; chosen ones come first while there is none. */
export function offerNamespaces(all: readonly string[], chosen: readonly string[], text: string): NamespaceOffer {
  const filter = text.trim()
  if (filter === '') {
    const names = [...chosen, ...all.filter(name => !chosen.includes(name))]
    return { names: names.slice(0, drawn), more: Math.max(0, names.length - drawn), typed: null }
  }
  const found = fuzzysort.go(filter, all, { limit: drawn })
  const typed = isNamespaceName(filter) && !all.includes(filter) ? filter : null
  return { names: found.map(({ target }) => target), more: Math.max(0, found.total - found.length), typed }
}

/** Whether a namespace may be called so (RFC 1123 label). */
function isNamespaceName(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text)
}
