import type { ResourceKind } from '../../../contract/browse.ts'
import type { ColumnValue, ObjectState, ObjectSummary } from '../../../contract/object.ts'
import type { JsonObject } from '../../../core/json.ts'
import { inBackground } from '../bugs.ts'
import { discover, findKind } from '../clusters/discovery.ts'
import { createNotifier, latestStates, pause } from '../streams.ts'
import type { Followed } from './followed.ts'
import { readRow } from './row.ts'
import { summaryOf } from './summary.ts'

/** A row costs the server another reading: no more than one a second, however often the object changes. */
const rowEveryMs = 1_000

/** The state of an object's page, for as long as it is read: the object first, what needs further requests after it. */
export async function* pageStates(followed: Followed, signal: AbortSignal): AsyncGenerator<ObjectState, void> {
  const { cluster, target } = followed
  const changed = createNotifier()
  const summary = rememberLast(summaryOf)
  let served: Pick<ObjectState, 'kind' | 'versions'> = { kind: null, versions: [] }
  let columns: readonly ColumnValue[] = []

  async function learnKind(): Promise<void> {
    const found = await findKind(cluster, target, signal)
    // Known by now, whether that was asked for anew or not.
    const kinds = await discover(cluster, { signal })
    if (!kinds.ok) return
    const { group, resource } = target
    const versions = kinds.value.kinds.filter(one => one.group === group && one.resource === resource)
    served = {
      kind: found.ok ? found.value : null,
      versions: versions.toSorted(preferredFirst).map(({ version }) => version),
    }
    changed.notify()
  }

  async function followRow(): Promise<void> {
    let read: JsonObject | null = null
    for await (const { object } of latestStates(followed.listen, followed.seen, signal)) {
      if (object === null || object === read) continue
      read = object
      const next = await readRow(cluster, target, target, signal)
      // One that is gone has the last row that it had.
      if (next.length > 0) columns = next
      changed.notify()
      await pause(rowEveryMs, signal)
    }
  }

  const stop = followed.listen(changed.notify)
  inBackground(learnKind(), signal)
  inBackground(followRow(), signal)
  try {
    const state = (): ObjectState => {
      const { live, object, recreated } = followed.seen()
      return { live, recreated, ...served, summary: object === null ? null : summary(object), columns }
    }
    yield* latestStates(changed.listen, state, signal)
  } finally {
    stop()
  }
}

function preferredFirst(a: ResourceKind, b: ResourceKind): number {
  return Number(b.preferred) - Number(a.preferred)
}

function rememberLast(make: (object: JsonObject) => ObjectSummary): (object: JsonObject) => ObjectSummary {
  let last: { readonly object: JsonObject; readonly made: ObjectSummary } | null = null
  return object => {
    if (last?.object !== object) last = { object, made: make(object) }
    return last.made
  }
}
