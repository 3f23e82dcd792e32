import fc from 'fast-check'
import type { Json, JsonObject } from '../../../core/json.ts'

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '😀')
const text = fc.constantFrom('1', '2', '3')
const maybe = { requiredKeys: [] }

/** Items of one list: no two of one name, in any order. */
function named(fields: Record<string, fc.Arbitrary<Json>>): fc.Arbitrary<JsonObject[]> {
  const item = fc.record<Record<string, Json>>({ name, ...fields }, { requiredKeys: ['name'] })
  return fc.uniqueArray(item, { selector: ({ name }) => name, maxLength: 5 })
}

const container = {
  image: text,
  args: fc.array(text, { maxLength: 3 }),
  env: named({ value: text, valueFrom: fc.record({ fieldRef: fc.record({ fieldPath: text }) }) }),
  resources: fc.dictionary(fc.constantFrom('limits', 'requests'), fc.dictionary(name, text, { maxKeys: 2 })),
}
const volume = {
  emptyDir: fc.record({ medium: text }, maybe),
  configMap: fc.record({ name: text, optional: fc.boolean() }, maybe),
}

/**
 * Deployments of few names and values, so that two of them share much. Without what no strategic patch can express:
 * nulls, repeated merge keys, and unsorted finalizers, whose order Go loses.
 */
export const arbitraryDeployment: fc.Arbitrary<JsonObject> = fc.record(
  {
    metadata: fc.record(
      {
        labels: fc.dictionary(name, text, { maxKeys: 3 }),
        finalizers: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }).map(list => list.sort()),
      },
      maybe,
    ),
    spec: fc.record(
      {
        replicas: fc.nat(3),
        strategy: fc.record({ type: text, rollingUpdate: fc.record({ maxSurge: fc.oneof(fc.nat(2), text) }) }, maybe),
        template: fc.record({
          spec: fc.record(
            { containers: named(container), volumes: named(volume), nodeSelector: fc.dictionary(name, text) },
            maybe,
          ),
        }),
      },
      maybe,
    ),
  },
  maybe,
)
