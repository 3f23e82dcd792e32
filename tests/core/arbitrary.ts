import fc from 'fast-check'
import type { Json, JsonObject } from '../../core/json.ts'
import { fieldOf, isList, isObject } from '../../core/object.ts'
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

/** A version of `base` with some places, here and there, as another object has them; each choice decides one place. */
function edited(base: JsonObject, other: JsonObject, choose: () => boolean): JsonObject {
  const fields: [string, Json][] = []
  for (const key of new Set([...Object.keys(base), ...Object.keys(other)])) {
    const [from, to] = [fieldOf(base, key), fieldOf(other, key)]
    const value = editedValue(from, to, choose)
    if (value !== undefined) fields.push([key, value])
  }
  return Object.fromEntries(fields)
}

function editedValue(from: Json | undefined, to: Json | undefined, choose: () => boolean): Json | undefined {
  if (isObject(from) && isObject(to)) return edited(from, to, choose)
  if (isNamedList(from) && isNamedList(to)) return editedList(from, to, choose)
  return choose() ? to : from
}

function isNamedList(value: Json | undefined): value is readonly JsonObject[] {
  return isList(value) && value.length > 0 && value.every(item => isObject(item) && 'name' in item)
}

function editedList(from: readonly JsonObject[], to: readonly JsonObject[], choose: () => boolean): readonly Json[] {
  const order = choose() ? [...to, ...from] : [...from, ...to]
  const names = new Set(order.map(item => item.name))
  return [...names].flatMap(name => {
    const [before, after] = [from, to].map(list => list.find(item => item.name === name))
    return editedValue(before, after, choose) ?? []
  })
}

/** A base and what two writers made of it: a few edits each, of which some meet. */
export const arbitraryEdits: fc.Arbitrary<readonly [base: JsonObject, mine: JsonObject, theirs: JsonObject]> = fc
  .tuple(
    arbitraryWorkload,
    arbitraryWorkload,
    arbitraryWorkload,
    fc.array(fc.nat(4), { minLength: 30, size: 'max', maxLength: 60 }),
  )
  .map(([base, mine, theirs, choices]) => {
    let next = 0
    const choose = () => choices[next++ % choices.length] === 0
    return [base, edited(base, mine, choose), edited(base, theirs, choose)]
  })
