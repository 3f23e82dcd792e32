import { openFields } from '../../core/fields/open-fields.ts'
import { parseJson } from '../../core/json.ts'
import { isObject } from '../../core/object.ts'
import type { SchemaFinding } from '../schema/judge.ts'
import { checkFields } from '../schema/own-check.ts'
import { readText, rememberLast, type SchemaText } from './text-objects.ts'

/** Checks a text by the schema of its kind. */
export type CheckTask = { readonly kind: 'check'; readonly text: string; readonly schema: SchemaText }

/** What a kind's schema refuses in a text; nothing of one that cannot be read. */
export function checkText({ text, schema }: CheckTask): readonly SchemaFinding[] {
  const reading = readText(text)
  const root = openFields(documentOf(schema.document), schema.name)
  if (!reading.ok || !isObject(reading.value) || root === null) return []
  return checkFields(reading.value, reading.ranges, root)
}

const documentOf = rememberLast((text: string) => {
  const document = parseJson(text)
  return document.ok ? document.value : null
})
