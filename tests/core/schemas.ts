import type { Json, JsonObject } from '../../core/json.ts'
import { openApiPatchSchema, type PatchSchema } from '../../core/patch/index.ts'

const text = { type: 'string' }
const number = { type: 'integer' }
const listOf = (items: JsonObject, ...keys: string[]) => ({
  type: 'array',
  items,
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
})
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const object = (properties: JsonObject) => ({ type: 'object', properties })

/** A document in the API server's shape with one kind of each sort of place that diff and merge tell apart. */
export const workloadDocument: JsonObject = {
  components: {
    schemas: {
      Workload: object({
        apiVersion: text,
        kind: text,
        metadata: object({
          name: text,
          creationTimestamp: { type: 'string', format: 'date-time' },
          labels: { type: 'object', additionalProperties: text },
          finalizers: { type: 'array', items: text, 'x-kubernetes-list-type': 'set' },
        }),
        spec: object({
          replicas: number,
          paused: { type: 'boolean', nullable: true },
          selector: { ...object({ app: text, tier: text }), 'x-kubernetes-map-type': 'atomic' },
          containers: listOf(ref('Container'), 'name'),
          volumes: { ...listOf(ref('Volume'), 'name'), 'x-kubernetes-patch-strategy': 'merge,retainKeys' },
          tolerations: { type: 'array', items: object({ key: text }), 'x-kubernetes-list-type': 'atomic' },
          aliases: {
            type: 'array',
            items: object({ ip: text, host: text }),
            'x-kubernetes-patch-merge-key': 'ip',
            'x-kubernetes-patch-strategy': 'merge',
          },
        }),
      }),
      Container: object({
        name: text,
        image: text,
        args: { type: 'array', items: text },
        env: listOf(object({ name: text, value: text }), 'name'),
        ports: listOf(
          object({ containerPort: number, protocol: { ...text, default: 'TCP' }, name: text }),
          'containerPort',
          'protocol',
        ),
        livenessProbe: object({ periodSeconds: number, timeoutSeconds: number }),
      }),
      Volume: object({ name: text, emptyDir: object({ medium: text }), configMap: object({ name: text }) }),
    },
  },
}

/** The schema of the test kind `Workload`: its places behave as those of a Deployment. */
export const workloadSchema: PatchSchema = schemaOf('Workload')

function schemaOf(name: string): PatchSchema {
  const schema = openApiPatchSchema(workloadDocument, name)
  if (!schema.ok) throw new Error(schema.problem.code)
  return schema.value
}

/** A Workload with this spec (and labels). */
export function workload(spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  return { apiVersion: 'example.org/v1', kind: 'Workload', metadata: { name: 'w', ...metadata }, spec }
}

/** Containers from a one-line notation: `a=1 b=2` are containers a and b with the images 1 and 2. */
export function containers(notation: string): readonly Json[] {
  return notation.split(' ').flatMap(item => {
    const [name = '', image] = item.split('=')
    return name === '' ? [] : [{ name, ...(image !== undefined && { image }) }]
  })
}
