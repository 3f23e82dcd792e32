import type { RevealedValue } from '../../../contract/edit.ts'
import type { ObjectEvents, ObjectState, ObjectTarget, ObjectText } from '../../../contract/object.ts'
import { ok, type Problem, type Result } from '../../../core/problem.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { latestStates } from '../streams.ts'
import { eventStates } from './events.ts'
import { createFollowing, type Followed } from './followed.ts'
import { pageStates } from './page.ts'
import { revealIn, textOfObject } from './text.ts'

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
        (followed, until) => texts(followed, managedFields, until),
        () => null,
      ),
    events: (target: ObjectTarget, signal: AbortSignal) =>
      stream<ObjectEvents>(target, signal, eventStates, problem => ({ state: 'refused', events: [], problem })),
    /** One value of the Secret that a page shows. */
    reveal(target: ObjectTarget, path: string, signal: AbortSignal): Result<RevealedValue | null> {
      const left = new AbortController()
      const followed = follow(target, AbortSignal.any([signal, left.signal]))
      if (!followed.ok) return followed
      const value = revealIn(followed.value.seen().object, path)
      left.abort()
      return ok(value)
    },
  }
}

async function* texts(
  { seen, listen }: Followed,
  managedFields: boolean,
  signal: AbortSignal,
): AsyncGenerator<ObjectText | null, void> {
  let told: unknown = null
  for await (const { object } of latestStates(listen, seen, signal)) {
    if (object === null || object === told) continue
    told = object
    yield textOfObject(object, managedFields)
  }
}
