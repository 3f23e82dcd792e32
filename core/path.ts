import { canonicalJson, equalJson, type Json } from './json.ts'
import { fieldOf, isList, isObject } from './object.ts'
import type { PatchSchema } from './patch/schema.ts'

/** One list item named by what it is, not by where it stands: the values of its list-map keys, or its own value in a set. */
export type ItemIdentity = { readonly keys: Readonly<Record<string, Json>> } | { readonly value: Json }

/** A step into an object: a map key, a list index, or a list item's identity. */
export type Step = string | number | ItemIdentity

/** A place in an object, from the root. The empty path is the object itself. */
export type Path = readonly Step[]

/** A place by map keys and list positions alone: only true for the one object whose lists it counts. */
export type IndexPath = readonly (string | number)[]

/**
 * The path in kubectl's words: `spec.containers[name=nginx].image`, `metadata.annotations["a.b/c"]`, `spec.ports[0]`.
 * A set's item is `metadata.finalizers[=x/y]`. The empty path gives ''.
 */
export function formatPath(path: Path): string {
  return path.map(formatStep).join('').replace(/^\./, '')
}

function formatStep(step: Step): string {
  if (typeof step === 'string') return /^[\w$-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
  if (typeof step === 'number') return `[${step}]`
  if ('value' in step) return `[=${formatKeyValue(step.value)}]`
  const keys = Object.entries(step.keys).map(([key, value]) => `${key}=${formatKeyValue(value)}`)
  return `[${keys.join(',')}]`
}

function formatKeyValue(value: Json): string {
  return typeof value === 'string' && /^[\w./:@*-]+$/.test(value) ? value : canonicalJson(value)
}

/** A text that is the same for equal paths, to look a path up in a Map or Set. */
export function pathKey(path: Path): string {
  return path.map(stepKey).join('\u0000')
}

function stepKey(step: Step): string {
  if (typeof step === 'string') return `.${step}`
  if (typeof step === 'number') return `#${step}`
  return 'value' in step ? `=${canonicalJson(step.value)}` : canonicalJson(step.keys)
}

/** Whether two paths name the same place by the same steps. */
export function equalPath(a: Path, b: Path): boolean {
  return a.length === b.length && startsWithPath(a, b)
}

/** Whether `path` is `prefix` or lies below it. */
export function startsWithPath(path: Path, prefix: Path): boolean {
  return path.length >= prefix.length && prefix.every((step, index) => equalStep(step, path[index]))
}

function equalStep(a: Step, b: Step | undefined): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && stepKey(a) === stepKey(b))
}

/**
 * The value at a path, undefined where there is none. The schema completes items that leave an identity key to its
 * default; without one only the built-in default (`protocol: TCP`) is known.
 */
export function valueAt(root: Json, path: Path, schema: PatchSchema | null = null): Json | undefined {
  return resolve(root, path, schema)?.value
}

/**
 * The same place with list items by position in this very object, null where the object has no such place. A number
 * where the object has a map is a key: the server writes both as `[0]`.
 */
export function indexPath(root: Json, path: Path, schema: PatchSchema | null = null): (string | number)[] | null {
  return resolve(root, path, schema)?.path ?? null
}

type Resolved = { readonly value: Json; readonly path: (string | number)[] }

function resolve(root: Json, path: Path, schema: PatchSchema | null): Resolved | null {
  let value = root
  let place = schema
  const resolved: (string | number)[] = []
  for (const step of path) {
    const key = keyIn(value, step, place)
    const next = key === null ? undefined : childOf(value, key)
    if (key === null || next === undefined) return null
    place = (typeof key === 'string' ? place?.field(key) : place?.items()) ?? null
    value = next
    resolved.push(key)
  }
  return { value, path: resolved }
}

function childOf(value: Json, key: string | number): Json | undefined {
  if (typeof key === 'number') return isList(value) ? value[key] : undefined
  return isObject(value) ? fieldOf(value, key) : undefined
}

/** The key or position in `value` that a step names, null when it cannot name one there. */
function keyIn(value: Json, step: Step, schema: PatchSchema | null): string | number | null {
  if (isObject(value)) return typeof step === 'object' ? null : String(step)
  if (!isList(value) || typeof step === 'string') return null
  if (typeof step === 'number') return step
  const item = schema?.items() ?? null
  const index = value.findIndex(candidate => hasIdentity(candidate, step, item))
  return index < 0 ? null : index
}

function hasIdentity(item: Json, identity: ItemIdentity, schema: PatchSchema | null): boolean {
  if ('value' in identity) return equalJson(item, identity.value)
  return (
    isObject(item) &&
    Object.entries(identity.keys).every(([key, value]) => equalJson(identityValue(item, key, schema), value))
  )
}

/** An item's value of one identity key, completed with the schema's default or the built-in one. Undefined when it has none. */
export function identityValue(item: Json, key: string, schema: PatchSchema | null): Json | undefined {
  const own = isObject(item) ? fieldOf(item, key) : undefined
  if (own !== undefined && own !== null) return own
  return schema?.field(key)?.default ?? builtInDefaults.get(key)
}

// The only identity key of a built-in kind that objects may leave out; some schemas (EndpointPort) do not give its default.
const builtInDefaults: ReadonlyMap<string, Json> = new Map([['protocol', 'TCP']])

/**
 * A field as the server's causes name it: `spec.ports[0].protocol`, `metadata.annotations[a/b]`, `data["a.b"]`.
 * `[]`, `<nil>` and '' speak of the whole object: the empty path. Null for anything else.
 */
export function parseServerField(field: string): (string | number)[] | null {
  if (field === '' || field === '[]' || field === '<nil>') return []
  const path: (string | number)[] = []
  const steps = /\.?([^.[\]]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\[([^[\]]+)\]/y
  while (steps.lastIndex < field.length) {
    const match = steps.exec(field)
    if (match === null) return null
    const [, name, index, quoted, key] = match
    if (index !== undefined) path.push(Number(index))
    else path.push(name ?? key ?? unquote(quoted ?? ''))
  }
  return path
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    // Go's %q knows escapes that JSON lacks; field names do not need them, so the text is taken as it stands.
    return quoted.slice(1, -1)
  }
}

/**
 * A field as server-side apply's conflicts name it: `.spec.containers[name="nginx"].image`, `.metadata.finalizers[="x"]`
 * (Go: structured-merge-diff's `fieldpath.Path.String`). Null for anything else.
 */
export function parseOwnedField(field: string): Path | null {
  const path: Step[] = []
  const steps = /\.([^.[\]=]+)|\[(\d+)\]|\[((?:[^\]"]|"(?:[^"\\]|\\.)*")+)\]/y
  while (steps.lastIndex < field.length) {
    const match = steps.exec(field)
    const step = match === null ? null : ownedStep(match)
    if (step === null) return null
    path.push(step)
  }
  return path
}

function ownedStep([, name, index, identity]: RegExpExecArray): Step | null {
  if (name !== undefined) return name
  if (index !== undefined) return Number(index)
  const keys: [string, Json][] = []
  const pair = /([^=,]*)=("(?:[^"\\]|\\.)*"|[^,]*),?/y
  while (pair.lastIndex < (identity?.length ?? 0)) {
    const match = pair.exec(identity ?? '')
    if (match === null) return null
    keys.push([match[1] ?? '', scalar(match[2] ?? '')])
  }
  const [first] = keys
  if (first === undefined) return null
  return first[0] === '' ? { value: first[1] } : { keys: Object.fromEntries(keys) }
}

function scalar(text: string): Json {
  if (text.startsWith('"')) return unquote(text)
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
