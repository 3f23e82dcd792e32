import fc from 'fast-check'
import type { JsonObject } from '../../core/json.ts'
import { workload } from './schemas.ts'

const few = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const image = fc.constantFrom('1', '2', '3')
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 })

/** A map without the keys that came out undefined: absent is not the same as null. */
function present(record: Record<string, unknown>): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as JsonObject
}

const named = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.uniqueArray(fc.record({ name: few, ...fields }).map(present), { selector: item => item.name, maxLength: 4 })

const container = {
  image: maybe(image),
  args: maybe(fc.array(few, { maxLength: 2 })),
  env: maybe(named({ value: maybe(image) })),
  livenessProbe: maybe(fc.record({ periodSeconds: maybe(fc.nat(2)), timeoutSeconds: maybe(fc.nat(2)) }).map(present)),
}

/** Workloads of few names and values, so that two of them share much and differ in some: every kind of place, no nulls. */
export const arbitraryWorkload: fc.Arbitrary<JsonObject> = fc
  .record({
    labels: maybe(fc.dictionary(few, image, { maxKeys: 3 })),
    finalizers: maybe(fc.uniqueArray(few, { maxLength: 3 })),
    replicas: maybe(fc.nat(2)),
    paused: maybe(fc.constantFrom(true, false)),
    selector: maybe(fc.record({ app: maybe(few), tier: maybe(few) }).map(present)),
    tolerations: maybe(fc.array(fc.record({ key: few }), { maxLength: 2 })),
    containers: maybe(named(container)),
  })
  .map(({ labels, finalizers, ...spec }) => workload(present(spec), present({ labels, finalizers })))
