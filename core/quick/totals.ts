import type { QuickFacts } from './offers.ts'
import type { QuickKind, TaintEffect } from './quick-edit.ts'

/** A value, and how many objects have it. */
export type Counted = { readonly value: string; readonly count: number }

/** A key, and the values that it has. */
export type KeyValues = { readonly key: string; readonly values: readonly Counted[] }

/** What of several objects a quick edit's form begins with; each count is one of objects. */
export type QuickTotals = {
  readonly objects: number
  readonly kinds: { readonly [Kind in QuickKind]?: number }
  readonly containers: readonly {
    readonly name: string
    readonly init: boolean
    readonly images: readonly Counted[]
    readonly env: readonly { readonly name: string; readonly value: string | null; readonly count: number }[]
  }[]
  readonly replicas: { readonly least: number; readonly most: number } | null
  readonly labels: readonly KeyValues[]
  readonly annotations: readonly KeyValues[]
  readonly taints: readonly {
    readonly key: string
    readonly effect: TaintEffect
    readonly value: string
    readonly count: number
  }[]
  readonly on: { readonly pause: number; readonly suspend: number; readonly cordon: number }
}

/** Longer values are no matter of a form; they are shown cut. */
const longestValue = 200
const mostKeys = 200

/** What several objects have together. */
export function sumFacts(all: readonly QuickFacts[]): QuickTotals {
  const replicas = all.flatMap(facts => facts.replicas ?? [])
  const count = (is: (facts: QuickFacts) => boolean) => all.filter(is).length
  const kinds = new Map<QuickKind, number>()
  for (const facts of all) for (const kind of facts.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  const taints = all.flatMap(facts => facts.taints)
  return {
    objects: all.length,
    kinds: Object.fromEntries(kinds),
    containers: containerTotals(all),
    replicas: replicas.length === 0 ? null : { least: Math.min(...replicas), most: Math.max(...replicas) },
    labels: keyTotals(all.map(facts => facts.labels)),
    annotations: keyTotals(all.map(facts => facts.annotations)),
    taints: [...Map.groupBy(taints, ({ key, value, effect }) => `${key} ${value} ${effect}`).values()].flatMap(
      ([first, ...more]) => (first === undefined ? [] : [{ ...first, count: more.length + 1 }]),
    ),
    on: {
      pause: count(facts => facts.on.pause),
      suspend: count(facts => facts.on.suspend),
      cordon: count(facts => facts.on.cordon),
    },
  }
}

function containerTotals(all: readonly QuickFacts[]): QuickTotals['containers'] {
  const groups = Map.groupBy(
    all.flatMap(facts => facts.containers),
    ({ name, init }) => `${init} ${name}`,
  )
  return [...groups.values()].flatMap(group => {
    const [first] = group
    if (first === undefined) return []
    const { name, init } = first
    const variables = Map.groupBy(
      group.flatMap(({ env }) => env),
      ({ name, value }) => `${value === null} ${name} ${value}`,
    )
    const env = [...variables.values()].flatMap(([one, ...more]) =>
      one === undefined ? [] : [{ ...one, value: one.value?.slice(0, longestValue) ?? null, count: more.length + 1 }],
    )
    return [{ name, init, images: counted(group.map(({ image }) => image)), env: env.slice(0, mostKeys) }]
  })
}

function keyTotals(maps: readonly Readonly<Record<string, string>>[]): readonly KeyValues[] {
  const entries = maps.flatMap(map => Object.entries(map))
  const groups = Map.groupBy(entries, ([key]) => key)
  return [...groups]
    .map(([key, group]) => ({ key, values: counted(group.map(([, value]) => value.slice(0, longestValue))) }))
    .slice(0, mostKeys)
}

function counted(values: readonly string[]): readonly Counted[] {
  return [...Map.groupBy(values, value => value)].map(([value, same]) => ({ value, count: same.length }))
}
