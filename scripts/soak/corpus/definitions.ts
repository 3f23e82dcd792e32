import type { JsonObject } from '../../../core/json.ts'

const text = { type: 'string' }

/** A definition of a kind in a group of its own. */
function definition(group: string, kind: string, spec: JsonObject): JsonObject {
  const plural = `${kind.toLowerCase()}s`
  const openAPIV3Schema = { type: 'object', properties: { spec } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  }
}

/** A kind with everything that a structural schema can ask for, CEL rules too. */
export function ruled(group: string): JsonObject {
  return definition(group, 'Ruled', {
    type: 'object',
    required: ['mode', 'replicas', 'filled'],
    'x-kubernetes-validations': [{ rule: 'self.minimum <= self.replicas', message: 'minimum is above replicas' }],
    properties: {
      mode: { type: 'string', enum: ['Fast', 'Slow'] },
      replicas: { type: 'integer', format: 'int32', minimum: 1, maximum: 10 },
      minimum: { type: 'integer', default: 0 },
      filled: { type: 'string', default: 'by the server' },
      ratio: { type: 'number', minimum: 0, exclusiveMinimum: true, multipleOf: 0.5 },
      port: { 'x-kubernetes-int-or-string': true },
      memory: {
        'x-kubernetes-int-or-string': true,
        anyOf: [{ type: 'integer' }, { type: 'string' }],
        pattern: '^[0-9]+(Mi|Gi)?$',
      },
      note: { type: 'string', nullable: true, minLength: 2, maxLength: 5 },
      name: { type: 'string', pattern: '^[a-z]+$' },
      at: { type: 'string', format: 'date-time' },
      on: { type: 'boolean' },
      tags: { type: 'array', items: text, maxItems: 2, 'x-kubernetes-list-type': 'set' },
      labels: { type: 'object', additionalProperties: text, maxProperties: 2 },
      routes: {
        type: 'array',
        minItems: 1,
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['host'],
        items: {
          type: 'object',
          required: ['host'],
          properties: { host: text, weight: { type: 'integer', nullable: true } },
        },
      },
    },
  })
}

/** A kind that keeps what it does not know. */
export function loose(group: string): JsonObject {
  const keeps = { 'x-kubernetes-preserve-unknown-fields': true }
  return definition(group, 'Loose', {
    type: 'object',
    ...keeps,
    properties: {
      size: { type: 'integer' },
      anything: keeps,
      template: { type: 'object', 'x-kubernetes-embedded-resource': true, ...keeps },
      closed: { type: 'object', properties: { a: text } },
    },
  })
}

/** Objects of both that the server takes. */
export function samplesOf(group: string): readonly JsonObject[] {
  const apiVersion = `${group}/v1`
  return [
    {
      apiVersion,
      kind: 'Ruled',
      metadata: { name: 'mine', labels: { app: 'a' } },
      spec: {
        mode: 'Fast',
        replicas: 3,
        ratio: 1.5,
        port: 'http',
        memory: '5Mi',
        note: 'abc',
        name: 'abc',
        at: '2030-01-01T00:00:00Z',
        on: true,
        tags: ['a'],
        labels: { a: 'b' },
        routes: [{ host: 'h', weight: 1 }],
      },
    },
    {
      apiVersion,
      kind: 'Loose',
      metadata: { name: 'mine' },
      spec: {
        size: 1,
        free: { a: [1, 'b'] },
        anything: { b: 1 },
        template: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { x: 1 } },
        closed: { a: 'b' },
      },
    },
  ]
}
