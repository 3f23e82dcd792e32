import type { FieldSchema } from '../../core/fields/field-schema.ts'
import type { IndexPath } from '../../core/path.ts'
import { anyKey, insideOf } from './field-words.ts'

/** A path in a schema as `kubectl explain` takes it: names alone, `spec.containers.image`. */
export function fieldText(path: IndexPath): string {
  return path.filter(step => typeof step === 'string' && step !== anyKey).join('.')
}

/** The path that such a text names, with any item and any key between; what the schema does not name stays as it was typed. */
export function fieldPath(root: FieldSchema, text: string): IndexPath {
  const path: (string | number)[] = []
  let here: FieldSchema | null = root
  for (const name of text.split('.').filter(part => part !== '')) {
    const holder: Holder = here === null ? nowhere : holderOf(here, name)
    if (holder.step !== null) path.push(holder.step)
    path.push(name)
    here = holder.field?.field(name) ?? holder.field?.values() ?? null
  }
  return path
}

type Holder = { readonly step: string | number | null; readonly field: FieldSchema | null }

const nowhere: Holder = { step: null, field: null }

/** What has the field of that name: the items of a list, the values of a map, or the field itself. */
function holderOf(field: FieldSchema, name: string): Holder {
  const inside = insideOf(field)
  return inside.step !== null && inside.field.field(name) !== null ? inside : { step: null, field }
}
