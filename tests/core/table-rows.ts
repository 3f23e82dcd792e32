import { readFileSync } from 'node:fs'
import type { Json, JsonObject } from '../../core/json.ts'
import { isList, isObject } from '../../core/object.ts'
import { readYaml } from '../../core/yaml.ts'

/** The rows of a table in `tests/tables`, each with its name. */
export function rowsOf(table: string): readonly (readonly [name: string, row: JsonObject])[] {
  const reading = readYaml(readFileSync(new URL(`../tables/${table}`, import.meta.url), 'utf8'))
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  const rows = (isList(reading.value) ? reading.value : []).filter(isObject)
  return rows.map(row => [String(row.name), row] as const)
}

/** The object in a column. */
export function objectIn(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error('a case without its object')
  return value
}
