import { equalJson, type Json } from './json.ts'
import { isList, isObject } from './object.ts'
import { equalQuantity } from './quantity.ts'

/**
 * Whether what stands says the same as what was meant, in the server's words: an equal quantity or time, an empty value
 * left out, or, inside an atomic list, all that was meant with defaults added.
 */
export function meansSame(stands: Json | undefined, meant: Json | undefined): boolean {
  if (stands === undefined || stands === null) return isEmpty(meant)
  if (meant === undefined || meant === null) return isEmpty(stands)
  if (isList(meant)) {
    return isList(stands) && stands.length === meant.length && meant.every((item, index) => covers(stands[index], item))
  }
  return covers(stands, meant)
}

function covers(stands: Json | undefined, meant: Json): boolean {
  if (stands === undefined) return isEmpty(meant)
  if (equalJson(stands, meant)) return true
  if (isObject(meant))
    return isObject(stands) && Object.entries(meant).every(([key, value]) => covers(stands[key], value))
  if (isList(meant)) return meansSame(stands, meant)
  return equalQuantity(meant, stands) || equalTime(meant, stands)
}

/** What Go's `omitempty` leaves out. */
function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false || value === 0) return true
  if (isList(value)) return value.length === 0
  return isObject(value) && Object.keys(value).length === 0
}

function equalTime(a: Json, b: Json): boolean {
  const time = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/
  if (typeof a !== 'string' || typeof b !== 'string' || !time.test(a) || !time.test(b)) return false
  return Date.parse(a) === Date.parse(b)
}
