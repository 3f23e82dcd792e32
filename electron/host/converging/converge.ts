import type { ConvergeState, Owner, PodsState } from '../../../contract/converge.ts'
import { conditionsOf, mapAt, numberAt } from '../../../core/conditions.ts'
import type { JsonObject } from '../../../core/json.ts'
import { snapshotOf } from '../../../core/object.ts'
import { type Readiness, readinessOf, replicasOf } from '../../../core/readiness.ts'
import { maskText, secretValues } from '../../../core/secret-text.ts'
import type { Live } from '../../../core/session.ts'
import { reportBug } from '../bugs.ts'
import { watchObject } from '../clusters/watch.ts'
import type { OpenEdit } from '../editing/open-edit.ts'
import { createNotifier, latestStates } from '../streams.ts'
import { type Events, eventLines, followEvents } from './events.ts'
import { findOwners } from './owners.ts'
import { followPods, podSelector } from './pods.ts'
import { isBefore, revertedFields, type SavedSubmit, writtenAt } from './submitted.ts'

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

const mostEvents = 10
const lateMinutes = 10

function watchSubmit(edit: OpenEdit, submit: SavedSubmit, changed: () => void, signal: AbortSignal): Watched {
  const life = new AbortController()
  const over = AbortSignal.any([signal, life.signal])
  const { ref } = edit.session
  let seen: Live | null = null
  let object: JsonObject = submit.answer.object
  let about: ConvergeState['object'] = 'present'
  let readiness: Readiness = { kind: 'nothing' }
  let settledAfter: number | null = null
  let reverted: ConvergeState['reverted'] = []
  let owners: Promise<readonly Owner[]> | readonly Owner[] | null = null
  let events: Events = { all: new Map(), problem: null }
  let pods: PodsState | null = null
  let sources: AbortController | null = null
  const minutes = Math.max(lateMinutes, Math.ceil((progressDeadline(object) + 60) / 60))
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    changed()
  }, minutes * 60_000)
  timer.unref()
  over.addEventListener('abort', () => clearTimeout(timer), { once: true })

  const run = (work: Promise<unknown>) => {
    work.catch(error => {
      if (!over.aborted) reportBug(error)
    })
  }

  function startSources(): void {
    if (sources !== null) return
    sources = new AbortController()
    const while_ = AbortSignal.any([over, sources.signal])
    const onEvents = (next: Events) => {
      events = next
      changed()
    }
    const onPods = (next: PodsState) => {
      pods = next
      changed()
    }
    run(followEvents(edit.cluster, ref, onEvents, while_))
    if (podSelector(object) !== null) run(followPods(edit.cluster, object, onPods, while_))
  }

  function takeIn(next: JsonObject): void {
    object = next
    if (settledAfter !== null) return
    readiness = readinessOf(object)
    if (readiness.kind === 'settled') settledAfter = (Date.now() - submit.at) / 1_000
    if (readiness.kind === 'settled' || readiness.kind === 'nothing') sources?.abort()
    else startSources()
  }

  function askOwners(): void {
    owners = findOwners(edit.cluster, ref, object, over)
    run(
      owners.then(found => {
        owners = found
        changed()
      }),
    )
  }

  function look(): void {
    const { live } = edit.session
    if (live === seen) return
    seen = live
    about = live.kind
    if (live.kind === 'present' && !isBefore(live.snapshot, submit)) {
      if (ref.subresource === undefined) takeIn(live.snapshot.object)
      const how = { view: edit.session.view, schema: edit.kindSchema.schema, secret: edit.secret }
      reverted = revertedFields(submit, live.snapshot, how)
      if (reverted.length > 0 && owners === null) askOwners()
    }
    if (live.kind === 'gone' || live.kind === 'replaced') sources?.abort()
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
  if (ref.subresource !== undefined) run(followWhole())

  const values = edit.secret ? secretValues(submit.answer.object) : []
  return {
    submit,
    look,
    state: () => ({
      version: submit.answer.resourceVersion,
      object: about,
      readiness,
      settledAfter,
      lateAfter: isLate && settledAfter === null && readiness.kind !== 'nothing' ? minutes : null,
      replicas: replicasOf(object),
      conditions: conditionsOf(object).map(({ observedGeneration: _, ...condition }) => condition),
      events: eventLines(events.all.values(), {
        since: writtenAt(submit),
        most: mostEvents,
        mask: text => maskText(text, values),
      }),
      eventsProblem: events.problem,
      pods,
      reverted,
      owners: Array.isArray(owners) ? owners : [],
    }),
    end: () => life.abort(),
  }
}

/** `spec.progressDeadlineSeconds`, after which a Deployment says itself that it does not get on; 0 for others. */
function progressDeadline(object: JsonObject): number {
  return numberAt(mapAt(object, 'spec'), 'progressDeadlineSeconds') ?? 0
}
