import { isIP } from 'node:net'
import type { FoundBy, SearchMeaning } from '../../../contract/search.ts'
import { parseFilter } from '../views/filter.ts'

/** What a search is for. Names in it are as typed; each cluster says which kind they mean. */
export type Query = {
  /** Where the text is looked for; `all` where it only says which objects, not what is in them. */
  readonly by: FoundBy
  /** In lower case. All must match the name. */
  readonly words: readonly string[]
  /** A uid, an address or a part of an image's name; empty for other searches. */
  readonly needle: string
  /** Label selector for the server, empty for none. */
  readonly labels: string
  readonly namespace: string | null
  /** A kind by any of its names, as kubectl takes it. */
  readonly kind: string | null
  /** What stands before the slash of `deploy/nginx` or `kube-system/coredns`: a kind, else a namespace. */
  readonly kindOrNamespace: string | null
  readonly category: string | null
  readonly context: string | null
}

type Part = 'kind' | 'namespace' | 'category' | 'context'

const partNames: Readonly<Record<string, Part>> = {
  kind: 'kind',
  ns: 'namespace',
  namespace: 'namespace',
  category: 'category',
  context: 'context',
}
const uid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Reads what was typed: words of a name; `app=nginx` and other label selectors; a uid or an IP address as it is, or after
 * `uid:` and `ip:`; `image:nginx`, or an image's name with its tag; `deploy/nginx` and `kube-system/coredns`; and, to
 * narrow, `kind:`, `ns:`, `category:`, `context:`. Null where nothing is looked for.
 */
export function parseQuery(text: string): Query | null {
  const parts: Record<Part, string | null> = { kind: null, namespace: null, category: null, context: null }
  const rest: string[] = []
  let found: { readonly by: FoundBy; readonly needle: string } | null = null
  let kindOrNamespace: string | null = null
  for (const token of text.trim().split(/\s+/)) {
    const [, name = '', value = ''] = /^([a-z]+):(.+)$/.exec(token) ?? []
    const part = partNames[name]
    if (part !== undefined) parts[part] = value
    else if (name === 'uid' || name === 'ip' || name === 'image') found = { by: name, needle: value.toLowerCase() }
    else if (uid.test(token)) found = { by: 'uid', needle: token.toLowerCase() }
    else if (isIP(token) !== 0) found = { by: 'ip', needle: token.toLowerCase() }
    else if (isImage(token)) found = { by: 'image', needle: token.toLowerCase() }
    else if (/^[^/=!]+\/[^/=!]+$/.test(token)) {
      const [before = '', after = ''] = token.split('/')
      kindOrNamespace = before
      rest.push(after)
    } else rest.push(token)
  }
  const { labels, words } = parseFilter(rest.join(' '))
  const narrowed = Object.values(parts).some(value => value !== null)
  const by = found?.by ?? (labels !== '' ? 'label' : words.length > 0 ? 'name' : 'all')
  if (by === 'all' && !narrowed) return null
  return { by, words, needle: found?.needle ?? '', labels, kindOrNamespace, ...parts }
}

/** How a query was understood, for the page. */
export function meaningOf(query: Query | null): SearchMeaning {
  const { by = 'all', words = [], namespace = null, kind = null, category = null, context = null } = query ?? {}
  return { by, words, namespace, kind, category, context }
}

// Such as `nginx:1.27`, `ghcr.io/org/app@sha256:…`: a name of an object has neither of these signs.
function isImage(token: string): boolean {
  return /^[\w.-]+(:\d+)?(\/[\w.-]+)*(:[\w][\w.-]*|@sha256:[0-9a-f]+)$/i.test(token)
}
