import type { Json, JsonObject } from '../json.ts'
import { fieldOf, isObject } from '../object.ts'
import type { Operation } from './json-patch.ts'
import { refuse } from './refusal.ts'

/**
 * A value as an operation; `index` is its place in the patch. Refuses `json-patch-invalid`. As on the server, an absent
 * `value` is null, but not where it would be the whole document.
 */
export function readOperation(value: Json, index: number): Operation {
  if (!isObject(value)) return invalid(index, 'it is not an object')
  const op = fieldOf(value, 'op')
  const path = textIn(value, 'path', index)
  switch (op) {
    case 'add':
    case 'replace':
    case 'test': {
      const operand = fieldOf(value, 'value')
      if (operand === undefined && path === '') return invalid(index, 'it has no value')
      return { op, path, value: operand ?? null }
    }
    case 'remove':
      return { op, path }
    case 'move':
    case 'copy':
      return { op, path, from: textIn(value, 'from', index) }
    default:
      return invalid(index, 'its op is none of add, remove, replace, move, copy and test')
  }
}

function textIn(operation: JsonObject, member: string, index: number): string {
  const text = fieldOf(operation, member)
  return typeof text === 'string' ? text : invalid(index, `its ${member} is not a text`)
}

function invalid(operation: number, detail: string): never {
  return refuse({ code: 'json-patch-invalid', operation, detail })
}
