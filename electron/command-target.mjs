// Plain JavaScript, as `command-line.mjs` is that reads it.

/**
 * A target in kubectl's words: a kind's documentation, an object to `show` (its YAML, where `section` says so) or to
 * `edit` (or that `subresource` of it), or a list. Null stands for what pages begin with: the
 * context, its own namespace, the server's order, the usual columns; an empty list of contexts or namespaces for all.
 * `filter` and `columns` are written as in the list's address.
 * @typedef {{ kind: 'object', verb: 'show' | 'edit', type: string, name: string, namespace: string | null, context: string | null,
 *   section: 'yaml' | null, subresource: string | null }} TypedObject
 * @typedef {{ kind: 'list', type: string, contexts: string[] | null, namespaces: string[] | null, filter: string,
 *   sort: { column: string, descending: boolean } | null, columns: string[] | null }} TypedList
 * @typedef {{ kind: 'explain', type: string, apiVersion: string | null, context: string | null }} TypedExplain
 * @typedef {TypedObject | TypedList | TypedExplain} TypedTarget
 */

/** The options that belong to a target, for `parseArgs`. */
export const targetOptions = /** @type {const} */ ({
  namespace: { type: 'string', short: 'n', multiple: true },
  'all-namespaces': { type: 'boolean', short: 'A' },
  'all-contexts': { type: 'boolean' },
  selector: { type: 'string', short: 'l' },
  'field-selector': { type: 'string' },
  'sort-by': { type: 'string' },
  'label-columns': { type: 'string', short: 'L', multiple: true },
  output: { type: 'string', short: 'o' },
  subresource: { type: 'string' },
  'api-version': { type: 'string' },
  recursive: { type: 'boolean' },
})

/**
 * @typedef {{ [Name in keyof typeof targetOptions]?: (typeof targetOptions)[Name] extends { multiple: true } ? string[] :
 *   (typeof targetOptions)[Name] extends { type: 'boolean' } ? boolean : string }} TargetValues
 */

const listOnly = /** @type {const} */ ([
  'all-namespaces',
  'all-contexts',
  'selector',
  'field-selector',
  'sort-by',
  'label-columns',
  'output',
])

/** Kinds of sorting that kubectl writes as a path into the object, and the column that shows the same. */
const sortPaths = new Map([
  ['metadata.name', { column: 'Name', descending: false }],
  ['metadata.namespace', { column: 'Namespace', descending: false }],
  // The oldest first: the greatest age.
  ['metadata.creationTimestamp', { column: 'Age', descending: true }],
  ['status.phase', { column: 'Status', descending: false }],
  ['status.containerStatuses[0].restartCount', { column: 'Restarts', descending: false }],
])

/**
 * Reads a target from the words and options that are left. Null when there is none; a string is one sentence on what is
 * wrong with them.
 * @param {readonly string[]} words
 * @param {TargetValues} values
 * @param {readonly string[]} contexts
 * @returns {TypedTarget | string | null}
 */
export function readTarget(words, values, contexts) {
  const [verb, ...rest] = words
  if (values.subresource !== undefined && verb !== 'edit') {
    return '--subresource goes with edit, such as: edit deployment/nginx --subresource=scale.'
  }
  if ((values['api-version'] !== undefined || values.recursive) && verb !== 'explain') {
    return '--api-version and --recursive go with explain, such as: explain deployments.spec.'
  }
  if (verb === undefined) return withoutTarget(values, contexts)
  switch (verb) {
    case 'get':
      return readGet(rest, values, contexts)
    case 'list':
      return rest.length === 1 && !rest[0]?.includes('/')
        ? readList(rest[0] ?? '', values, contexts)
        : 'list takes one type, such as: list pods.'
    case 'describe':
    case 'edit':
      return readObject(verb, rest, values, contexts)
    case 'explain':
      return readExplain(rest, values, contexts)
    default:
      return `Unknown target "${verb}": use get, describe, edit or explain.`
  }
}

/**
 * @param {TargetValues} values
 * @param {readonly string[]} contexts
 */
function withoutTarget(values, contexts) {
  const option = given(values, ['namespace', ...listOnly])
  if (option !== null) return `--${option} goes with a target, such as: get pods.`
  return contexts.length > 1 ? 'Several --context go with a list, such as: get pods.' : null
}

/**
 * @param {readonly string[]} words
 * @param {TargetValues} values
 * @param {readonly string[]} contexts
 */
function readGet(words, values, contexts) {
  const [type = ''] = words
  const isObject = words.length === 2 || type.includes('/')
  if (words.length === 0) return 'get takes a type, such as: get pods.'
  if (words.length > 2) return 'get takes one name: for several, get the list and filter it.'
  return isObject ? readObject('get', words, values, contexts) : readList(type, values, contexts)
}

/**
 * A type and the way to one of its fields, by points. All fields below it are there in the app, with --recursive or without.
 * @param {readonly string[]} words
 * @param {TargetValues} values
 * @param {readonly string[]} contexts
 * @returns {TypedExplain | string}
 */
function readExplain(words, values, contexts) {
  const [type = ''] = words
  if (words.length !== 1 || type === '')
    return 'explain takes a type, or a field of it, such as: explain deployments.spec.'
  const option = given(values, ['namespace', ...listOnly])
  if (option !== null) return `--${option} does not go with explain.`
  if (contexts.length > 1) return 'explain takes one --context.'
  const [context = null] = contexts
  return { kind: 'explain', type, apiVersion: values['api-version'] ?? null, context }
}

/**
 * @param {'get' | 'describe' | 'edit'} verb
 * @param {readonly string[]} words
 * @param {TargetValues} values
 * @param {readonly string[]} contexts
 * @returns {TypedObject | string}
 */
function readObject(verb, words, values, contexts) {
  const [type = '', name] = words.length === 1 ? cut(words[0] ?? '') : words
  if (words.length > 2 || type === '' || !name)
    return `${verb} takes a type and a name, such as: ${verb} deployment/nginx.`
  // An object's page says all that a wide row would, and has its YAML.
  const shown = verb === 'get' && (values.output === 'wide' || values.output === 'yaml')
  const option = given(
    values,
    listOnly.filter(name => name !== 'output' || !shown),
  )
  if (option !== null) return `--${option} goes with a list, such as: get pods.`
  const { subresource = null } = values
  if (contexts.length > 1 || (values.namespace ?? []).length > 1) {
    return `${verb} with a name takes one --context and one --namespace.`
  }
  const [namespace = null] = values.namespace ?? []
  const section = values.output === 'yaml' ? 'yaml' : null
  const [context = null] = contexts
  const place = { type, name, namespace, context }
  return { kind: 'object', verb: verb === 'edit' ? 'edit' : 'show', ...place, section, subresource }
}

/**
 * @param {string} type
 * @param {TargetValues} values
 * @param {readonly string[]} contexts
 * @returns {TypedList | string}
 */
function readList(type, values, contexts) {
  if (type.includes(','))
    return `get takes one type: ${type.split(',')[0]} first, the others are a key away in the app.`
  if (values['all-namespaces'] && values.namespace) return '--all-namespaces and --namespace exclude each other.'
  if (values['all-contexts'] && contexts.length > 0) return '--all-contexts and --context exclude each other.'
  const columns = readColumns(values)
  if (typeof columns === 'string') return columns
  const sort = readSort(values['sort-by'])
  if (typeof sort === 'string') return sort
  return {
    kind: 'list',
    type,
    contexts: values['all-contexts'] ? [] : contexts.length === 0 ? null : [...contexts],
    namespaces: values['all-namespaces'] ? [] : (values.namespace ?? null),
    filter: [...selectors(values.selector ?? ''), ...fieldSelectors(values['field-selector'] ?? '')].join(' '),
    sort,
    columns,
  }
}

/**
 * `-o wide` and `-L` as the address has them: `*` for the usual columns, `**` for those and the wide ones.
 * @param {TargetValues} values
 */
function readColumns({ output, 'label-columns': labels = [] }) {
  if (output !== undefined && output !== 'wide') {
    return `-o takes wide, or yaml with a name, not "${output}": a list is copied as CSV or JSON in the app.`
  }
  const keys = labels.flatMap(keys => keys.split(',')).filter(key => key !== '')
  if (keys.length > 20) return '-L takes at most 20 labels.'
  if (output === undefined && keys.length === 0) return null
  return [output === undefined ? '*' : '**', ...new Set(keys.map(key => `label:${key}`))]
}

/**
 * kubectl's path into the object, or a column as the list shows it; `-` before a column's name turns the order round.
 * @param {string | undefined} by
 */
function readSort(by) {
  if (by === undefined) return null
  const path = /^\{?\.?([a-z][^{}]*)\}?$/.exec(by)?.[1]
  const known = path === undefined ? undefined : sortPaths.get(path)
  if (known !== undefined) return known
  if (path?.includes('.')) return `--sort-by: no column shows ${by}. Name a column, such as --sort-by Restarts.`
  return { column: by.replace(/^-/, ''), descending: by.startsWith('-') }
}

/**
 * A bare key would be a word to the filter box, so it is marked as a selector there.
 * @param {string} text
 */
function selectors(text) {
  if (text === '') return []
  return /[=!(]/.test(text) ? [text.replaceAll(/\s*(==|!=|=)\s*/g, '$1')] : [`label:${text}`]
}

/** @param {string} text */
function fieldSelectors(text) {
  return text
    .split(',')
    .filter(Boolean)
    .map(one => `field:${one}`)
}

/**
 * The first of the options that was given, null for none.
 * @template {keyof TargetValues} Name
 * @param {TargetValues} values
 * @param {readonly Name[]} names
 */
function given(values, names) {
  return names.find(name => values[name] !== undefined) ?? null
}

/** @param {string} text */
function cut(text) {
  const at = text.indexOf('/')
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
