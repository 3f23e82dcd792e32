import type {
  ObjectEvents,
  ObjectState,
  ObjectTarget,
  ObjectText,
  OwnedState,
  RelatedState,
  VersionDifference,
  Writer,
  WriterFields,
} from '../../../contract/object.ts'
import type { RevealedValue } from '../../../contract/review.ts'
import type { JsonObject } from '../../../core/json.ts'
import { ok, type Problem, type Result } from '../../../core/problem.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { latestStates } from '../streams.ts'
import { eventStates } from './events.ts'
import { createFollowing, type Followed } from './followed.ts'
import { nothingOwned, ownedStates } from './owned-states.ts'
import { pageStates } from './page.ts'
import { relatedStates } from './related-states.ts'
import { revealIn, textOfObject } from './text.ts'
import { compareVersions } from './versions.ts'
import { fieldsOfWriter, writersOfObject } from './writers.ts'

/** What the pages of single objects are made of. Each stream lives as long as it is read. */
export type Objects = ReturnType<typeof createObjects>

/** Pages of objects over clusters. All that is followed ends with the signal. */
export function createObjects(clusters: Clusters, life: AbortSignal) {
  const follow = createFollowing(clusters, life)

  /** A stream over a followed object; one state alone where its context is not known. */
  async function* stream<State>(
    target: ObjectTarget,
    signal: AbortSignal,
    states: (followed: Followed, signal: AbortSignal) => AsyncIterable<State>,
    refused: (problem: Problem) => State,
  ): AsyncGenerator<State, void> {
    const left = new AbortController()
    const until = AbortSignal.any([signal, life, left.signal])
    const followed = follow(target, until)
    if (!followed.ok) return yield refused(followed.problem)
    try {
      yield* states(followed.value, until)
    } finally {
      left.abort()
    }
  }

  /** An answer from what the page has on screen. */
  function atOnce<T>(target: ObjectTarget, signal: AbortSignal, make: (object: JsonObject | null) => T): Result<T> {
    const left = new AbortController()
    const followed = follow(target, AbortSignal.any([signal, left.signal]))
    if (!followed.ok) return followed
    const made = make(followed.value.seen().object)
    left.abort()
    return ok(made)
  }

  return {
    watch: (target: ObjectTarget, signal: AbortSignal) =>
      stream<ObjectState>(target, signal, pageStates, problem => ({
        live: { kind: 'unreadable', problem },
        recreated: false,
        kind: null,
        versions: [],
        summary: null,
        columns: [],
      })),
    text: (target: ObjectTarget, managedFields: boolean, signal: AbortSignal) =>
      stream<ObjectText | null>(
        target,
        signal,
        (followed, until) => ofEachVersion(followed, object => textOfObject(object, managedFields), until),
        () => null,
      ),
    events: (target: ObjectTarget, signal: AbortSignal) =>
      stream<ObjectEvents>(target, signal, eventStates, problem => ({ state: 'refused', events: [], problem })),
    owned: (target: ObjectTarget, everyKind: boolean, signal: AbortSignal) =>
      stream<OwnedState>(
        target,
        signal,
        (followed, until) => ownedStates(followed, everyKind, until),
        problem => ({ ...nothingOwned, done: true, problem }),
      ),
    related: (target: ObjectTarget, signal: AbortSignal) =>
      stream<RelatedState>(target, signal, relatedStates, problem => ({
        related: [],
        done: true,
        missed: [{ resource: target.resource, problem }],
      })),
    writers: (target: ObjectTarget, signal: AbortSignal) =>
      stream<readonly Writer[]>(
        target,
        signal,
        (followed, until) => ofEachVersion(followed, writersOfObject, until),
        () => [],
      ),
    writerFields: (target: ObjectTarget, writer: string, signal: AbortSignal): Result<WriterFields | null> =>
      atOnce(target, signal, object => (object === null ? null : fieldsOfWriter(object, writer))),
    async versions(target: ObjectTarget, other: string, signal: AbortSignal): Promise<Result<VersionDifference>> {
      const cluster = clusters.cluster(target.context)
      return cluster.ok ? compareVersions(cluster.value, target, other, signal) : cluster
    },
    /** One value of the Secret that a page shows. */
    reveal: (target: ObjectTarget, path: string, signal: AbortSignal): Result<RevealedValue | null> =>
      atOnce(target, signal, object => revealIn(object, path)),
  }
}

/** What is made of an object, once for each version of it that is seen. */
async function* ofEachVersion<State>(
  { seen, listen }: Followed,
  make: (object: JsonObject) => State,
  signal: AbortSignal,
): AsyncGenerator<State, void> {
  let told: JsonObject | null = null
  for await (const { object } of latestStates(listen, seen, signal)) {
    if (object === null || object === told) continue
    told = object
    yield make(object)
  }
}
