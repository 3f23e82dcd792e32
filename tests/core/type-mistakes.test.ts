import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Json, type JsonObject, parseJson } from '../../core/json.ts'
import { isObject } from '../../core/object.ts'
import { openApiPatchSchema, type PatchSchema, prunePatchSchema } from '../../core/patch/index.ts'
import { formatPath } from '../../core/path.ts'
import { typeMistakes } from '../../core/type-mistakes.ts'
import { readYaml } from '../../core/yaml.ts'

function schemaFrom(document: string, name: string): PatchSchema {
  const parsed = parseJson(readFileSync(new URL(`../tables/${document}`, import.meta.url), 'utf8'))
  if (!parsed.ok || !isObject(parsed.value)) throw new Error('the table is an OpenAPI document')
  return schemaOf(parsed.value, name)
}

function schemaOf(document: JsonObject, name: string): PatchSchema {
  // As the host keeps it: what is pruned must still tell types.
  const pruned = prunePatchSchema(document, name)
  const schema = pruned.ok ? openApiPatchSchema(pruned.value, name) : pruned
  if (!schema.ok) throw new Error(schema.problem.code)
  return schema.value
}

const deployment = schemaFrom('openapi-apps-v1.json', 'io.k8s.api.apps.v1.Deployment')
/** What the tables leave out: formats. */
const secretDocument: JsonObject = {
  components: {
    schemas: {
      Secret: {
        type: 'object',
        properties: {
          data: { type: 'object', additionalProperties: { type: 'string', format: 'byte' } },
          metadata: {
            type: 'object',
            properties: { creationTimestamp: { allOf: [{ $ref: '#/components/schemas/Time' }], default: {} } },
          },
        },
      },
      Time: { type: 'string', format: 'date-time' },
    },
  },
}
const secret = schemaOf(secretDocument, 'Secret')

function told(value: Json, schema: PatchSchema): readonly string[] {
  return typeMistakes(value, schema).map(({ path, expected, found }) => `${formatPath(path)} ${expected} ${found}`)
}

const inContainer = (fields: JsonObject): JsonObject => ({
  spec: { template: { spec: { containers: [{ name: 'a', ...fields }] } } },
})

describe('a value of another type', () => {
  const container = 'spec.template.spec.containers[0]'
  test.each<[string, JsonObject, readonly string[]]>([
    ['a word for a number', { spec: { replicas: 'three' } }, ['spec.replicas integer string']],
    ['half a replica', { spec: { replicas: 1.5 } }, ['spec.replicas integer number']],
    ['a number for a label', { metadata: { labels: { a: 1 } } }, ['metadata.labels.a string integer']],
    [
      'true for a word',
      inContainer({ env: [{ name: 'X', value: true }] }),
      [`${container}.env[0].value string boolean`],
    ],
    ['an image that is a number', inContainer({ image: 5 }), [`${container}.image string integer`]],
    ['no list', inContainer({ env: 'x' }), [`${container}.env list string`]],
    ['no map', { spec: { template: [] } }, ['spec.template object list']],
    [
      'no quantity',
      inContainer({ resources: { limits: { cpu: 'abc' } } }),
      [`${container}.resources.limits.cpu quantity string`],
    ],
    [
      'a port that is a map',
      inContainer({ livenessProbe: { httpGet: { port: {} } } }),
      [`${container}.livenessProbe.httpGet.port integer-or-string object`],
    ],
    [
      'two at once',
      { spec: { replicas: '1', paused: 'no' } },
      ['spec.replicas integer string', 'spec.paused boolean string'],
    ],
  ])('%s', (_, object, expected) => expect(told(object, deployment)).toEqual(expected))

  test('what is no base64 and what is no time', () => {
    const metadata = { creationTimestamp: 'today' }
    expect(told({ data: { a: 'not base64!', b: 'aGk=', c: 'aG\nk=' }, metadata }, secret)).toEqual([
      'data.a base64 string',
      'metadata.creationTimestamp time string',
    ])
    expect(told({ metadata: { creationTimestamp: '2026-01-31T12:00:00Z' } }, secret)).toEqual([])
  })
})

test('what the server takes is no mistake', () => {
  const text = `
metadata: { creationTimestamp: null, labels: { a: "1" }, managedFields: [{ time: 2026-01-31T12:00:00Z, fieldsV1: { "f:x": {} } }] }
spec:
  replicas: 3
  paused: null
  strategy: { rollingUpdate: { maxSurge: 25%, maxUnavailable: 1 } }
  unknown: { anything: [1, a] }
  template:
    spec:
      containers:
      - name: a
        resources: { limits: { cpu: 2, memory: 1.5Gi, ephemeral-storage: 1e3 } }
        livenessProbe: { httpGet: { port: http } }
`
  const reading = readYaml(text)
  expect(reading.ok && told(reading.value, deployment)).toEqual([])
})
