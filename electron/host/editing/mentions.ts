import type { JsonObject } from '../../../core/json.ts'
import { fieldOf, isList, isObject } from '../../../core/object.ts'
import { parseServerField } from '../../../core/path.ts'

/** A place that a server's words speak of, in the object that it judged, and the words that are about it. */
export type Mention = { readonly field: string; readonly message: string }

/**
 * The places that free words name: a warning or refusal that begins with a field (`spec.ports[0].name: …`), an unknown or
 * repeated field (`unknown field "spec.x"`), and containers that PodSecurity names (`container "a" must set …`). Empty
 * where the words name none: then they are about the whole object.
 */
export function mentionsIn(message: string, object: JsonObject): readonly Mention[] {
  return [...leadingField(message), ...quotedFields(message), ...namedContainers(message, object)]
}

// A field path of two steps at least: one word before a colon is a word.
const fieldPath = /^((?:[A-Za-z][\w-]*)(?:\.[A-Za-z][\w-]*|\[[^\]]*\])+): /

function leadingField(message: string): readonly Mention[] {
  const field = fieldPath.exec(message)?.[1]
  if (field === undefined || parseServerField(field) === null) return []
  return [{ field, message: message.slice(field.length + 2) }]
}

function quotedFields(message: string): readonly Mention[] {
  return [...message.matchAll(/\b(?:unknown|duplicate) field "([^"]+)"/g)].map(([words, field = '']) => ({
    field,
    message: words.slice(0, words.indexOf(' "')),
  }))
}

/** `containers "a", "b" must set securityContext.capabilities.drop=["ALL"]`, one mention for each container. */
function namedContainers(message: string, object: JsonObject): readonly Mention[] {
  return [...message.matchAll(/\bcontainers? ((?:"[^"]+"(?:, )?)+) ([^();]*)/g)].flatMap(([, names = '', words = '']) =>
    [...names.matchAll(/"([^"]+)"/g)].flatMap(([, name = '']) =>
      containerFields(object, name).map(field => ({ field, message: words.trim() })),
    ),
  )
}

const podSpecs = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ['template', 'spec'],
] as const
const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const

/** Where a pod, or the template of one, has containers of that name, as the server writes fields. */
function containerFields(object: JsonObject, name: string): readonly string[] {
  return podSpecs.flatMap(path => {
    const spec = path.reduce<JsonObject | null>((at, key) => {
      const next = at === null ? undefined : fieldOf(at, key)
      return isObject(next) ? next : null
    }, object)
    if (spec === null) return []
    return containerLists.flatMap(list => {
      const items = fieldOf(spec, list)
      if (!isList(items)) return []
      const index = items.findIndex(item => isObject(item) && item.name === name)
      return index < 0 ? [] : [`${path.join('.')}.${list}[${index}]`]
    })
  })
}
