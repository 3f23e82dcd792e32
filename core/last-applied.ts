import { applyClientSide, readApplied, withAnnotation, withApplied } from './client-side-apply.ts'
import { type Change, diffObjects } from './diff.ts'
import { fieldGround, type Ground, identifyItems, itemGround, rootGround } from './identity.ts'
import { equalJson, type Json, type JsonObject } from './json.ts'
import { withoutGiven } from './manifest.ts'
import { meansSame } from './means.ts'
import { fieldOf, isList, isObject } from './object.ts'
import type { PatchSchema } from './patch/schema.ts'
import { type Path, type Step, startsWithPath, valueAt } from './path.ts'
import { asStored, asWritten } from './string-data.ts'

/** Where the configuration says something at that place, or the item, that a change is of. */
export function holds(configuration: JsonObject, { path }: Change, schema: PatchSchema | null): boolean {
  return valueAt(asStored(configuration), path, schema) !== undefined
}

/**
 * The object with my changes, and nothing else, made in its last-applied configuration too: only at places that it holds.
 * What I added elsewhere is left out, since the next `kubectl apply` of a file without it would take it for removed; what
 * I removed is removed. An atomic list or map in which others' work stands (it is not what was live) is left alone. Given
 * back as it is where there is nothing to do.
 */
export function withChangesApplied(
  object: JsonObject,
  mine: readonly Change[],
  schema: PatchSchema | null,
): JsonObject {
  const applied = readApplied(object)
  if (applied.kind !== 'present') return object
  const { configuration } = applied
  const stored = asStored(configuration)
  const changed = mine.reduce((made, change) => changeHeld(made, change, schema), stored)
  if (equalJson(changed, stored)) return object
  return withAnnotation(object, asWritten(changed, configuration))
}

function changeHeld(configuration: JsonObject, change: Change, schema: PatchSchema | null): JsonObject {
  const changed = update(configuration, change.path, rootGround(schema, configuration), (held, ground) => {
    switch (change.kind) {
      case 'removed':
        return undefined
      case 'added':
        return onlyHeld(held, change.to, ground)
      case 'changed':
        return isSingle(held) || meansSame(held, change.from) ? change.to : held
      case 'moved':
        return inOrderOf(held, change.to, ground)
    }
  })
  return isObject(changed) ? changed : configuration
}

function isSingle(value: Json): boolean {
  return typeof value !== 'object' || value === null
}

type Update = (held: Json, ground: Ground) => Json | undefined

/** The value with what it holds at a path updated; as it is where it holds nothing there. Undefined takes the place away. */
function update(value: Json, path: Path, ground: Ground, change: Update): Json | undefined {
  const [step, ...rest] = path
  if (step === undefined) return change(value, ground)
  if (isObject(value) && typeof step === 'string') {
    const held = fieldOf(value, step)
    if (held === undefined) return value
    const next = update(held, rest, fieldGround(ground, step, held), change)
    const entries = Object.entries(value).map(([key, child]) => [key, key === step ? next : child] as const)
    return Object.fromEntries(entries.flatMap(([key, child]) => (child === undefined ? [] : [[key, child]])))
  }
  const index = isList(value) ? indexOf(value, step, ground) : -1
  if (!isList(value) || index < 0) return value
  return value.flatMap((item, at) => {
    if (at !== index) return [item]
    const next = update(item, rest, itemGround(ground, item), change)
    return next === undefined ? [] : [next]
  })
}

function indexOf(list: readonly Json[], step: Step, ground: Ground): number {
  if (typeof step === 'number') return step < list.length ? step : -1
  if (typeof step === 'string') return -1
  const items = identifyItems(list, ground)
  return items === null ? -1 : [...items.values()].findIndex(item => sameStep(item.step, step))
}

function sameStep(a: Step, b: Step): boolean {
  return startsWithPath([a], [b])
}

/** Of what I added as a whole, the fields that are held: the others were never applied. */
function onlyHeld(held: Json, to: Json, ground: Ground): Json {
  if (isObject(held) && isObject(to)) {
    const entries = Object.entries(held).map(([key, value]) => {
      const mine = fieldOf(to, key)
      return [key, mine === undefined ? value : onlyHeld(value, mine, fieldGround(ground, key, value))]
    })
    return Object.fromEntries(entries)
  }
  const items = isList(held) ? identifyItems(held, ground) : null
  const mine = isList(to) ? identifyItems(to, ground) : null
  if (items === null || mine === null) return isSingle(held) ? to : held
  return [...items.values()].map(({ id, value }) => {
    const item = mine.get(id)?.value
    return item === undefined ? value : onlyHeld(value, item, itemGround(ground, value))
  })
}

/** The held items in my order, each other item where it was. */
function inOrderOf(held: Json, order: readonly Step[], ground: Ground): Json {
  const items = isList(held) ? identifyItems(held, ground) : null
  if (items === null) return held
  const all = [...items.values()]
  const moved = order.flatMap(step => all.find(item => sameStep(item.step, step)) ?? [])
  const places = new Set(moved.map(item => item.id))
  const next = moved.values()
  return all.map(item => (places.has(item.id) ? (next.next().value ?? item) : item).value)
}

/**
 * Where live is not what was applied last, from applied to live. Fields that were never applied are no drift, nor is the
 * same in the server's words (`1` for `1000m`), nor the order of items.
 */
export function driftOf(live: JsonObject, configuration: JsonObject, schema: PatchSchema | null): readonly Change[] {
  const { status: _, ...meant } = withoutGiven(asStored(configuration))
  return diffObjects(meant, live, schema).filter(change => {
    if (change.kind === 'added' || change.kind === 'moved') return false
    return !saysTheSame(change.path, change.kind === 'changed' ? change.to : undefined, change.from)
  })
}

/** Texts of metadata and data are what they are: there `1` is not `1.0`. */
function saysTheSame(path: Path, stands: Json | undefined, meant: Json | undefined): boolean {
  const literal = ['metadata', 'data', 'stringData', 'binaryData'].includes(String(path[0]))
  if (literal && stands !== undefined && meant !== undefined) return equalJson(stands, meant)
  return meansSame(stands, meant)
}

/** What the next apply does to one of my changes: writes another value again, takes it away, or leaves it alone. */
export type Forecast = {
  readonly change: Change
  readonly outcome: 'reverted' | 'removed' | 'kept'
  readonly mine?: Json
  readonly next?: Json
}

/**
 * What the next `kubectl apply` of the configuration that `result` was applied with last would do to my changes in it,
 * found by doing it. Null where that apply would fail.
 */
export function forecastApply(
  result: JsonObject,
  configuration: JsonObject,
  mine: readonly Change[],
  ways: { readonly schema: PatchSchema | null; readonly strategic: boolean },
): readonly Forecast[] | null {
  const { schema } = ways
  const stored = asStored(configuration)
  const next = applyClientSide(stored, withApplied(stored), result, ways)
  if (!next.ok) return null
  const then = next.value.object
  const differences = diffObjects(result, then, schema)
  return mine.map(change => {
    const { path } = change
    const [left, comes] = [valueAt(result, path, schema), valueAt(then, path, schema)]
    const touched = differences.some(
      other =>
        (startsWithPath(other.path, path) || startsWithPath(path, other.path)) &&
        (other.kind === 'moved') === (change.kind === 'moved'),
    )
    const values = { ...(left === undefined ? {} : { mine: left }), ...(comes === undefined ? {} : { next: comes }) }
    if (!touched || saysTheSame(path, left, comes)) return { change, outcome: 'kept', ...values }
    return { change, outcome: comes === undefined ? 'removed' : 'reverted', ...values }
  })
}
