import { isOfObjects } from '../core/subresources.ts'
import type { Scope } from './browse.ts'
import type { EditTarget } from './edit.ts'
import { type HistoryFilter, type HistoryObject, historyOutcomes } from './history.ts'
import type { Layout } from './list-settings.ts'
import { type ObjectSection, type ObjectTarget, objectSections } from './object.ts'

/**
 * The app's addresses, which people bookmark and scripts open:
 * `/object/<context>/<group or core>/<version>/<resource>/<namespace or _>/<name>[?section=yaml]`,
 * `/edit/` and the same `[?subresource=scale]`,
 * `/list/<contexts or _all>/<group or core>/<version>/<resource>/<namespaces or _all>[?filter&sort&columns]`,
 * `/create[?copy=<object>|new=<context>/<group or core>/<version>/<resource>/<namespace or _>]`, `/create/<edit id>`, `/history[/<entry>][?filter&outcome&of=<context>/<group or core>/<resource>/<namespace or _>/<name>]`,
 * `/explain/<context>/<group or core>/<version>/<resource>[?field=spec.strategy]`,
 * `/search?q=<text>[&in=<contexts>]`, `/compare?left=<object>[&right=<object>]`, and `/` for the start. Parts are percent-encoded, then joined by commas where there are several.
 */
export type Address =
  | { readonly kind: 'start' }
  | { readonly kind: 'edit'; readonly target: EditTarget }
  /** The page of one object; null for its first section. */
  | { readonly kind: 'object'; readonly target: ObjectTarget; readonly section: ObjectSection | null }
  | { readonly kind: 'create'; readonly edit: string }
  /** The page on which objects are made: from a text, from a copy of an object, or anew of a kind. */
  | { readonly kind: 'new'; readonly from: NewFrom | null }
  | { readonly kind: 'history'; readonly entry: string | null; readonly filter: HistoryFilter }
  /** Two objects side by side; no right one is one to be chosen. */
  | { readonly kind: 'compare'; readonly left: ObjectTarget; readonly right: ObjectTarget | null }
  /** The documentation of a kind's fields; `field` as `kubectl explain` writes it, '' for the kind itself. */
  | { readonly kind: 'explain'; readonly of: KindAt; readonly field: string }
  /** A search over all kinds; no contexts are all of them. */
  | { readonly kind: 'search'; readonly text: string; readonly contexts: readonly string[] }
  | {
      readonly kind: 'list'
      readonly scope: Scope
      readonly filter: string
      readonly sort: { readonly column: string; readonly descending: boolean } | null
      /** The columns in their order; null for those that the reader usually sees. */
      readonly columns: Layout | null
    }

/** A kind in one version, as one context's cluster serves it. */
export type KindAt = Pick<ObjectTarget, 'context' | 'group' | 'version' | 'resource'>

/** What the page for new objects begins with. */
export type NewFrom =
  | { readonly kind: 'copy'; readonly object: ObjectTarget }
  | { readonly kind: 'kind'; readonly of: Omit<ObjectTarget, 'name'> }

/** The address as text, always with a leading slash. */
export function formatAddress(address: Address): string {
  switch (address.kind) {
    case 'start':
      return '/'
    case 'create':
      return `/create/${encodeURIComponent(address.edit)}`
    case 'new': {
      const { from } = address
      if (from === null) return '/create'
      if (from.kind === 'copy') return `/create?${new URLSearchParams({ copy: formatTarget(from.object) })}`
      return `/create?${new URLSearchParams({ new: formatTarget({ ...from.of, name: '' }).replace(/\/$/, '') })}`
    }
    case 'edit': {
      const { subresource } = address.target
      return `/edit/${formatTarget(address.target)}${subresource === null ? '' : `?subresource=${encodeURIComponent(subresource)}`}`
    }
    case 'object':
      return `/object/${formatTarget(address.target)}${address.section === null ? '' : `?section=${address.section}`}`
    case 'history': {
      const { entry, filter } = address
      const query = new URLSearchParams()
      if (filter.text !== '') query.set('filter', filter.text)
      if (filter.outcome !== null) query.set('outcome', filter.outcome)
      if (filter.object !== null) query.set('of', formatObject(filter.object))
      return `/history${entry === null ? '' : `/${encodeURIComponent(entry)}`}${query.size === 0 ? '' : `?${query}`}`
    }
    case 'compare': {
      const { left, right } = address
      const sides = { left: formatTarget(left), ...(right === null ? {} : { right: formatTarget(right) }) }
      return `/compare?${new URLSearchParams(sides)}`
    }
    case 'explain': {
      const { context, group, version, resource } = address.of
      const path = [context, group || 'core', version, resource].map(encodeURIComponent).join('/')
      return `/explain/${path}${address.field === '' ? '' : `?${new URLSearchParams({ field: address.field })}`}`
    }
    case 'search': {
      const query = new URLSearchParams({ q: address.text })
      if (address.contexts.length > 0) query.set('in', address.contexts.map(escapeComma).join(','))
      return `/search?${query}`
    }
    case 'list': {
      const { contexts, group, version, resource, namespaces } = address.scope
      const parts = [several(contexts), encodeURIComponent(group || 'core'), encodeURIComponent(version)]
      const path = [...parts, encodeURIComponent(resource), several(namespaces)].join('/')
      const query = new URLSearchParams()
      if (address.filter !== '') query.set('filter', address.filter)
      if (address.sort !== null) query.set('sort', `${address.sort.descending ? '-' : ''}${address.sort.column}`)
      if (address.columns !== null) query.set('columns', address.columns.map(escapeComma).join(','))
      return `/list/${path}${query.size === 0 ? '' : `?${query}`}`
    }
  }
}

function formatTarget({ context, group, version, resource, namespace, name }: ObjectTarget): string {
  return [context, group || 'core', version, resource, namespace ?? '_', name].map(encodeURIComponent).join('/')
}

function formatObject({ context, group, resource, namespace, name }: HistoryObject): string {
  return [context, group || 'core', resource, namespace ?? '_', name].map(encodeURIComponent).join('/')
}

function several(names: readonly string[]): string {
  if (names.length === 0) return '_all'
  // A context may be called that, too.
  return names.map(name => (name === '_all' ? '%5Fall' : encodeURIComponent(name))).join(',')
}

// A query is encoded as a whole: only what would be taken apart again needs more.
function escapeComma(name: string): string {
  return name.replaceAll('%', '%25').replaceAll(',', '%2C')
}

/** The address that a text names, null when it is none of ours. */
export function parseAddress(text: string): Address | null {
  const cut = text.indexOf('?')
  const query = new URLSearchParams(cut < 0 ? '' : text.slice(cut + 1))
  const raw = (cut < 0 ? text : text.slice(0, cut)).split('/').slice(1)
  if (raw.length === 0 || (raw.length === 1 && raw[0] === '')) return { kind: 'start' }
  const [kind, ...rest] = raw
  const parts = present(rest.map(decode))
  if (parts === null) return null
  if (kind === 'create' && parts.length === 0) return { kind: 'new', from: parseNewFrom(query) }
  if (kind === 'create' && parts.length === 1) return { kind: 'create', edit: parts[0] ?? '' }
  if (kind === 'history' && parts.length <= 1) return parseHistory(parts[0] ?? null, query)
  if (kind === 'edit' && parts.length === 6) {
    const subresource = query.get('subresource') || null
    if (subresource !== null && !isOfObjects(subresource)) return null
    return { kind, target: { ...parseTarget(parts), subresource } }
  }
  if (kind === 'object' && parts.length === 6) {
    const section = objectSections.find(one => one === query.get('section')) ?? null
    return { kind, target: parseTarget(parts), section }
  }
  if (kind === 'compare' && parts.length === 0) {
    const [left, right] = [parseObjectAt(query.get('left')), parseObjectAt(query.get('right'))]
    return left === null ? null : { kind, left, right }
  }
  if (kind === 'explain' && parts.length === 4) {
    const [context = '', group = '', version = '', resource = ''] = parts
    const of = { context, group: group === 'core' ? '' : group, version, resource }
    return { kind, of, field: query.get('field') ?? '' }
  }
  if (kind === 'search' && parts.length === 0) {
    const contexts = split(query.get('in') ?? '') ?? []
    return { kind, text: query.get('q') ?? '', contexts }
  }
  if (kind === 'list' && parts.length === 5) return parseList(rest, parts, query)
  return null
}

function parseNewFrom(query: URLSearchParams): NewFrom | null {
  const copied = parseObjectAt(query.get('copy'))
  if (copied !== null) return { kind: 'copy', object: copied }
  const kind = present((query.get('new') ?? '').split('/').map(decode))
  if (kind?.length !== 5) return null
  const { name: _, ...of } = parseTarget(kind)
  return { kind: 'kind', of }
}

function parseObjectAt(text: string | null): ObjectTarget | null {
  const parts = present((text ?? '').split('/').map(decode))
  return parts?.length === 6 ? parseTarget(parts) : null
}

function parseHistory(entry: string | null, query: URLSearchParams): Address {
  const outcome = historyOutcomes.find(one => one === query.get('outcome')) ?? null
  const object = parseObject(query.get('of'))
  return { kind: 'history', entry, filter: { text: query.get('filter') ?? '', outcome, object } }
}

function parseObject(text: string | null): HistoryObject | null {
  const parts = text === null ? null : present(text.split('/').map(decode))
  if (parts === null || parts.length !== 5) return null
  const [context = '', group = '', resource = '', namespace = '', name = ''] = parts
  return {
    context,
    group: group === 'core' ? '' : group,
    resource,
    namespace: namespace === '_' ? null : namespace,
    name,
  }
}

function parseTarget(parts: readonly string[]): ObjectTarget {
  const [context = '', group = '', version = '', resource = '', namespace = '', name = ''] = parts
  return {
    context,
    group: group === 'core' ? '' : group,
    version,
    resource,
    namespace: namespace === '_' ? null : namespace,
    name,
  }
}

/** `raw` are the parts as they stand in the address, since a comma inside a name is encoded. */
function parseList(raw: readonly string[], parts: readonly string[], query: URLSearchParams): Address | null {
  const contexts = allOrSplit(raw[0] ?? '')
  const namespaces = allOrSplit(raw[4] ?? '')
  if (contexts === null || namespaces === null) return null
  const [, group = '', version = '', resource = ''] = parts
  const sort = query.get('sort')
  const columns = query.get('columns')
  return {
    kind: 'list',
    scope: { contexts, group: group === 'core' ? '' : group, version, resource, namespaces },
    filter: query.get('filter') ?? '',
    sort: sort ? { column: sort.replace(/^-/, ''), descending: sort.startsWith('-') } : null,
    columns: columns ? split(columns) : null,
  }
}

function allOrSplit(part: string): string[] | null {
  return part === '_all' ? [] : split(part)
}

function split(part: string): string[] | null {
  return present(part.split(',').map(decode))
}

/** The parts, null when one of them is missing or cannot be decoded. */
function present(parts: readonly (string | null)[]): string[] | null {
  const there = parts.flatMap(part => part || [])
  return there.length === parts.length ? there : null
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    // A stray percent sign: not an address of ours.
    return null
  }
}
