import type { ResourceKind } from '../../../contract/browse.ts'
import type { Found, FoundBy } from '../../../contract/search.ts'
import type { Candidate } from './read-kind.ts'

/** The best of what was found, each object once, however many contexts and API groups show it. */
export type Findings = {
  /** `score` as `matchCandidate` gives it; `place` is the kind's in the plan, `context` the context's in the search. */
  add(candidate: Candidate, of: { kind: ResourceKind; score: number; place: number; context: number }): void
  /** How many objects were found, also those that are not kept. */
  total(): number
  best(): readonly Found[]
}

type Ranked = {
  readonly kind: ResourceKind
  readonly candidate: Candidate
  readonly score: number
  readonly place: number
  readonly isNear: boolean
  readonly contexts: readonly number[]
}

/** Findings that keep the `most` best. `names` are the contexts by their number, `near` the namespaces that come first, `first` the kinds. */
export function makeFindings(
  {
    names,
    near,
    first,
    by,
  }: {
    readonly names: readonly string[]
    readonly near: readonly string[]
    readonly first: readonly string[]
    readonly by: FoundBy
  },
  most: number,
): Findings {
  const byKey = new Map<string, Ranked>()
  const seen = new Set<string>()

  function makeRoom(): void {
    // Sorting at every object too many would cost more than the room.
    if (byKey.size < most * 2) return
    const worst = [...byKey].sort(([, a], [, b]) => compareRanked(a, b)).slice(most)
    for (const [key] of worst) byKey.delete(key)
  }
  return {
    add(candidate, { kind, score, place, context }) {
      const key = candidate.uid !== '' ? candidate.uid : keyWithin(names[context] ?? '', kind, candidate)
      const known = byKey.get(key)
      if (known !== undefined) {
        const contexts = [...new Set([...known.contexts, context])].sort((a, b) => a - b)
        byKey.set(key, { ...known, contexts })
      } else if (!seen.has(key)) {
        seen.add(key)
        const isNear = candidate.namespace !== null && near.includes(candidate.namespace)
        byKey.set(key, { kind, candidate, score, place: rankOf(kind, place, first), isNear, contexts: [context] })
        makeRoom()
      }
    },
    total: () => seen.size,
    best: () =>
      [...byKey]
        .sort(([, a], [, b]) => compareRanked(a, b))
        .slice(0, most)
        .map(([key, ranked]) => foundOf(key, ranked, names, by)),
  }
}

function compareRanked(a: Ranked, b: Ranked): number {
  return (
    a.score - b.score ||
    Number(b.isNear) - Number(a.isNear) ||
    a.place - b.place ||
    (a.contexts[0] ?? 0) - (b.contexts[0] ?? 0) ||
    compareText(a.candidate.name, b.candidate.name) ||
    compareText(a.candidate.namespace ?? '', b.candidate.namespace ?? '')
  )
}

// What others make of an object comes after the object: its pods and their events have its name, too.
const derived = ['/pods', 'apps/replicasets', 'batch/jobs', '/endpoints', 'apps/controllerrevisions']
const noise = ['/events', 'discovery.k8s.io/endpointslices', 'coordination.k8s.io/leases']

function rankOf({ group, resource }: ResourceKind, place: number, first: readonly string[]): number {
  const key = `${group}/${resource}`
  if (noise.includes(key)) return place + 2_000_000
  return derived.includes(key) && !first.includes(key) ? place + 1_000_000 : place
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function keyWithin(context: string, { group, resource }: ResourceKind, { namespace, name }: Candidate): string {
  return JSON.stringify([context, group, resource, namespace, name])
}

function foundOf(key: string, { kind, candidate, contexts }: Ranked, names: readonly string[], by: FoundBy): Found {
  const { namespace, name, uid, created, deleting } = candidate
  const { group, version, resource } = kind
  const found = { group, version, resource, kind: kind.kind, namespace, name, uid, created, deleting, by }
  return { key, contexts: contexts.map(context => names[context] ?? ''), ...found }
}
