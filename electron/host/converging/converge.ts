import type { ConvergeState, Owner } from '../../../contract/converge.ts'
import { conditionsOf, mapAt, numberAt } from '../../../core/conditions.ts'
import type { JsonObject } from '../../../core/json.ts'
import { snapshotOf } from '../../../core/object.ts'
import { type Readiness, readinessOf, replicasOf } from '../../../core/readiness.ts'
import type { Live } from '../../../core/session.ts'
import { inBackground } from '../bugs.ts'
import { watchObject } from '../clusters/watch.ts'
import type { OpenEdit } from '../editing/open-edit.ts'
import { createNotifier, latestStates } from '../streams.ts'
import { besideSubmit } from './beside.ts'
import { findOwners } from './owners.ts'
import { isBefore, revertedFields, type SavedSubmit } from './submitted.ts'

/**
 * What becomes of an edit's last submit, for as long as somebody reads it; null before there is one. Events and pods are
 * followed until the object is settled, the object itself and the submitted fields beyond that.
 */
export async function* convergeStates(edit: OpenEdit, signal: AbortSignal): AsyncGenerator<ConvergeState | null, void> {
  const changed = createNotifier()
  const ended = AbortSignal.any([signal, edit.life.signal])
  let watched: Watched | null = null
  const look = () => {
    const submit = edit.submitted
    if (submit !== (watched?.submit ?? null)) {
      watched?.end()
      watched = submit === null ? null : watchSubmit(edit, submit, changed.notify, ended)
      changed.notify()
    }
    watched?.look()
  }
  const stop = edit.changed.listen(look)
  try {
    look()
    yield* latestStates(changed.listen, () => watched?.state() ?? null, ended)
  } finally {
    stop()
    // Assigned in `look`, which the type checker does not follow.
    const last = watched as Watched | null
    last?.end()
  }
}

/** One submit, watched. `look` takes in what the edit's own watch has seen. */
type Watched = {
  readonly submit: SavedSubmit
  readonly look: () => void
  readonly state: () => ConvergeState
  readonly end: () => void
}

function watchSubmit(edit: OpenEdit, submit: SavedSubmit, changed: () => void, signal: AbortSignal): Watched {
  const life = new AbortController()
  const over = AbortSignal.any([signal, life.signal])
  const { ref, view } = edit.session
  const how = { view, schema: edit.kindSchema.schema, secret: edit.secret }
  const beside = besideSubmit(edit, submit, changed, over)
  const deadline = watchDeadline(submit, changed, over)
  let seen: Live | null = null
  let object: JsonObject = submit.answer.object
  let readiness: Readiness = { kind: 'nothing' }
  let reverted: ConvergeState['reverted'] = []
  let owners: readonly Owner[] | null = null

  function takeIn(next: JsonObject): void {
    object = next
    // What was settled once has become real; what happens to it later is not the submit's.
    readiness = submit.settledAfter === null ? readinessOf(object) : { kind: 'settled' }
    if (readiness.kind === 'settled') submit.settledAfter ??= (Date.now() - submit.at) / 1_000
    if (readiness.kind === 'settled' || readiness.kind === 'nothing') beside.stop()
    else beside.start(object)
  }

  async function findOut(): Promise<void> {
    owners = []
    owners = await findOwners(edit.cluster, ref, object, over)
    changed()
  }

  function look(): void {
    const { live } = edit.session
    if (live === seen) return
    seen = live
    if (live.kind === 'present' && !isBefore(live.snapshot, submit)) {
      if (ref.subresource === undefined) takeIn(live.snapshot.object)
      reverted = revertedFields(submit, live.snapshot, how)
      if (reverted.length > 0 && owners === null) inBackground(findOut(), over)
    }
    if (live.kind === 'gone' || live.kind === 'replaced') beside.stop()
    changed()
  }

  /** A subresource such as `scale` does not tell how far its object is: that is watched by itself. */
  async function followWhole(): Promise<void> {
    const at = { namespace: ref.namespace, name: ref.name }
    for await (const watched of watchObject(edit.cluster, ref, at, { resourceVersion: '0', signal: over })) {
      if (watched.kind !== 'present' || isBefore(snapshotOf(watched.object), submit)) continue
      takeIn(watched.object)
      changed()
    }
  }
  if (ref.subresource !== undefined) inBackground(followWhole(), over)

  return {
    submit,
    look,
    state: () => ({
      version: submit.answer.resourceVersion,
      object: seen?.kind ?? 'present',
      readiness,
      settledAfter: submit.settledAfter,
      lateAfter: submit.settledAfter === null && readiness.kind !== 'nothing' ? deadline() : null,
      replicas: replicasOf(object),
      conditions: conditionsOf(object).map(({ observedGeneration: _, ...condition }) => condition),
      ...beside.told(),
      reverted,
      owners: owners ?? [],
    }),
    end: () => life.abort(),
  }
}

const lateMinutes = 10

/** After how many minutes it is said that the object is still not settled, once they have passed since the submit; null before. */
function watchDeadline(submit: SavedSubmit, changed: () => void, signal: AbortSignal): () => number | null {
  // A Deployment says itself that it does not get on, after this time; it is let finish.
  const own = numberAt(mapAt(submit.answer.object, 'spec'), 'progressDeadlineSeconds') ?? 0
  const minutes = Math.max(lateMinutes, Math.ceil(own / 60) + 1)
  let isLate = false
  const late = () => {
    isLate = true
    changed()
  }
  // A timer takes no more than 24 days.
  const timer = setTimeout(late, Math.min(Math.max(0, submit.at + minutes * 60_000 - Date.now()), 2 ** 31 - 1))
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  return () => (isLate ? minutes : null)
}
