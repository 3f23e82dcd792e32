import { createHash } from 'node:crypto'
import type { KindFields } from '../../../contract/schema.ts'
import { kindDocument } from '../../../core/fields/kind-document.ts'
import { parseJson, printJson } from '../../../core/json.ts'
import type { GroupVersionKind } from '../../../core/patch/openapi-operations.ts'
import { ok, type Result } from '../../../core/problem.ts'

/** What an OpenAPI document's JSON text says of a kind, null for nothing. `json-syntax` where it is none. */
export function kindFields(text: string, kind: GroupVersionKind): Result<KindFields | null> {
  const parsed = parseJson(text)
  if (!parsed.ok) return parsed
  const found = kindDocument(parsed.value, kind)
  if (found === null) return ok(null)
  const document = printJson(found.document)
  const version = createHash('sha256').update(document).digest('hex').slice(0, 16)
  return ok({ document, name: found.name, version })
}
