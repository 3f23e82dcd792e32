import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Json, type JsonObject, parseJson } from '../../../core/json.ts'
import { isObject } from '../../../core/object.ts'
import { openApiPatchSchema, type PatchSchema } from '../../../core/patch/index.ts'

const tables = join(import.meta.dirname, '../../tables')

/** The rows of a case table. */
export function rowsOf<Row>(file: string): readonly Row[] {
  // The tables are ours; each test file states the shape of its own rows.
  return parse(readFileSync(join(tables, file), 'utf8')) as Row[]
}

const schemas = {
  ConfigMap: ['openapi-api-v1.json', 'io.k8s.api.core.v1.ConfigMap'],
  ControllerRevision: ['openapi-apps-v1-revision.json', 'io.k8s.api.apps.v1.ControllerRevision'],
  Deployment: ['openapi-apps-v1.json', 'io.k8s.api.apps.v1.Deployment'],
  HorizontalPodAutoscaler: ['openapi-autoscaling-v2.json', 'io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler'],
  Ingress: ['openapi-networking-v1.json', 'io.k8s.api.networking.v1.Ingress'],
  PodDisruptionBudget: ['openapi-policy-v1.json', 'io.k8s.api.policy.v1.PodDisruptionBudget'],
  Service: ['openapi-api-v1.json', 'io.k8s.api.core.v1.Service'],
} as const

/** The kinds that the tables hold a schema for. */
export type TableKind = keyof typeof schemas

/** A pruned OpenAPI document of a real API server. */
export function documentOf(kind: TableKind): JsonObject {
  const document = parseJson(readFileSync(join(tables, schemas[kind][0]), 'utf8'))
  if (!document.ok || !isObject(document.value)) throw new Error(`no document for ${kind}`)
  return document.value
}

/** The name of a kind's schema in its document. */
export function schemaNameOf(kind: TableKind): string {
  return schemas[kind][1]
}

/** The schema of a kind as a real API server describes it. */
export function schemaOf(kind: TableKind): PatchSchema {
  const schema = openApiPatchSchema(documentOf(kind), schemas[kind][1])
  if (!schema.ok) throw new Error(schema.problem.code)
  return schema.value
}

/** The value, with every object and list in it frozen: whoever changes an argument in place then throws. */
export function frozen<T extends Json>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const child of Object.values(value)) frozen(child)
  return Object.freeze(value)
}
