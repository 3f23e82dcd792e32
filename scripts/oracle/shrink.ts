import { canonicalJson, type Json, type JsonObject } from '../../core/json.ts'
import { isList, isObject } from '../../core/object.ts'
import type { Comparison } from './compare.ts'
import type { Pair } from './pair.ts'

/** A pair and how the two sides differ on it. */
export type Difference = { readonly pair: Pair; readonly comparison: Comparison }

const sides = ['original', 'modified', 'current'] as const
const mostTries = 3000

/**
 * The smallest pair found that still differs in the same check: fields, items and lines are taken away, first from all
 * sides at once, as long as `compare` still finds the difference.
 */
export async function shrink(
  pair: Pair,
  comparison: Comparison,
  compare: (pair: Pair) => Promise<Comparison | null>,
): Promise<Difference> {
  let best: Difference = { pair: bare(pair), comparison }
  let tries = 0
  for (let found = true; found && tries < mostTries; ) {
    found = false
    for (const smaller of smallerPairs(best.pair)) {
      if (++tries > mostTries) break
      const still = await compare(smaller)
      if (still === null) continue
      best = { pair: smaller, comparison: still }
      found = true
      break
    }
  }
  return best
}

/** Without the answers that came with it. */
function bare({ kind, original, modified, current, operations = [], text = '', printed = false }: Pair): Pair {
  return { kind, original, modified, current, operations, text, printed }
}

function* smallerPairs(pair: Pair): Generator<Pair> {
  if (pair.text) yield { ...pair, text: '' }
  if (isList(pair.operations) && pair.operations.length > 0) yield { ...pair, operations: [] }
  for (const side of sides) if (Object.keys(pair[side]).length > 0) yield { ...pair, [side]: {} }
  for (const from of sides) {
    for (const to of sides) {
      if (weight(pair[from]) < weight(pair[to])) yield { ...pair, [to]: pair[from] }
    }
  }
  const paths = new Map(sides.flatMap(side => pathsOf(pair[side]).map(path => [path.join('\0'), path])))
  for (const path of [...paths.values()].sort((a, b) => a.length - b.length)) {
    yield* changed(pair, sides, value => without(value, path))
    for (const side of sides) yield* changed(pair, [side], value => without(value, path))
  }
  for (const operation of indices(pair.operations)) {
    yield { ...pair, operations: without(pair.operations ?? [], [operation]) }
  }
  const lines = (pair.text ?? '').split(/(?<=\n)/)
  if (lines.length > 1) {
    for (const index of lines.keys()) yield { ...pair, text: lines.filter((_, other) => other !== index).join('') }
  }
}

function* changed(
  pair: Pair,
  which: readonly (typeof sides)[number][],
  change: (value: Json) => Json,
): Generator<Pair> {
  // A path never removes the root, so an object stays one.
  const after = Object.fromEntries(which.map(side => [side, change(pair[side]) as JsonObject]))
  const smaller: Pair = { ...pair, ...after }
  if (which.some(side => smaller[side] !== pair[side])) yield smaller
}

type Step = string | number

function pathsOf(value: Json): readonly (readonly Step[])[] {
  const steps: readonly (readonly [Step, Json])[] = isList(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : []
  return steps.flatMap(([step, inner]) => [[step], ...pathsOf(inner).map(path => [step, ...path])])
}

function indices(value: Json | undefined): readonly number[] {
  return isList(value) ? [...value.keys()] : []
}

/** The same value where the path is not in it. */
function without(value: Json, [step, ...rest]: readonly Step[]): Json {
  if (isList(value) && typeof step === 'number' && step < value.length) {
    const item = value[step] ?? null
    if (rest.length === 0) return value.filter((_, index) => index !== step)
    const after = without(item, rest)
    return after === item ? value : value.with(step, after)
  }
  if (!isObject(value) || typeof step !== 'string' || !Object.hasOwn(value, step)) return value
  const inner = value[step] ?? null
  const after = rest.length === 0 ? undefined : without(inner, rest)
  if (after === inner) return value
  const entries = Object.entries(value).map(([key, other]) => [key, key === step ? after : other] as const)
  return Object.fromEntries(entries.flatMap(([key, other]) => (other === undefined ? [] : [[key, other] as const])))
}

function weight(value: Json): number {
  return canonicalJson(value).length
}
