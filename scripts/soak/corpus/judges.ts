import type { KindFields } from '../../../contract/schema.ts'
import { openFields } from '../../../core/fields/open-fields.ts'
import { parseJson } from '../../../core/json.ts'
import { isObject } from '../../../core/object.ts'
import { readYaml } from '../../../core/yaml.ts'
import { schemaSeverity } from '../../../renderer/schema/finding-words.ts'
import type { SchemaFinding } from '../../../renderer/schema/judge.ts'
import { checkFields } from '../../../renderer/schema/own-check.ts'
import { createSchemaServer } from '../../../renderer/schema/schema-server.ts'

/** One of the two sources of schema help, as it judges texts of one kind. */
export type Judge = { readonly name: string; readonly judge: (text: string) => Promise<readonly SchemaFinding[]> }

/** Both sources, set up as an editor does. */
export function judgesOf(fields: KindFields): readonly Judge[] {
  const document = parseJson(fields.document)
  const root = document.ok ? openFields(document.value, fields.name) : null
  const server = createSchemaServer()
  server.setSchema({ ...fields, words: { required: '', default: '', deprecated: '', values: '' } })
  return [
    {
      name: 'own',
      judge: async text => {
        const reading = readYaml(text)
        return reading.ok && isObject(reading.value) && root !== null
          ? checkFields(reading.value, reading.ranges, root)
          : []
      },
    },
    {
      name: 'yaml-language-server',
      judge: text => {
        server.open(text)
        return server.check()
      },
    },
  ]
}

/** What of a judgement is called an error: what the server would refuse. */
export function errorsIn(found: readonly SchemaFinding[], root: string): readonly SchemaFinding[] {
  return found.filter(({ said }) => schemaSeverity(said, root) === 'error')
}
