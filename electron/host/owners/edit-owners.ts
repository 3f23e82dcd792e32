import type { KnownKeeper, OwnersState } from '../../../contract/owners.ts'
import { type JsonObject, printJson } from '../../../core/json.ts'
import { keeperSigns } from '../../../core/keepers.ts'
import { fieldOf, metadataOf, type Snapshot } from '../../../core/object.ts'
import { reportBug } from '../bugs.ts'
import type { OpenEdit } from '../editing/open-edit.ts'
import { createNotifier, latestStates } from '../streams.ts'
import { findKeepers } from './keepers.ts'

/** Controllers write a status many times a second: who owns what need not be told as often. */
const restMs = 1_000
/** What those who keep the object say of themselves is read again when it changes, but not more often than this. */
const keepersKeptMs = 60_000

/** Who owns the edit's object and who keeps it, now and whenever that changes, until the signal ends or the edit is dropped. */
export async function* ownersOfEdit(edit: OpenEdit, signal: AbortSignal): AsyncGenerator<OwnersState, void> {
  const life = AbortSignal.any([signal, edit.life.signal])
  const found = createNotifier()
  let keepers: readonly KnownKeeper[] = []
  let signs: string | null = null
  let lookAgainAt = 0
  let told: readonly unknown[] = []

  const lookFor = (object: JsonObject): void => {
    const now = JSON.stringify(keeperSigns(object))
    if (now === signs && performance.now() < lookAgainAt) return
    signs = now
    lookAgainAt = performance.now() + keepersKeptMs
    findKeepers(edit.cluster, object, edit, life).then(
      next => {
        if (signs !== now) return
        keepers = next
        found.notify()
      },
      error => life.aborted || reportBug(error),
    )
  }
  const listen = (listener: () => void) => {
    const stops = [edit.changed.listen(listener), found.listen(listener)]
    return () => {
      for (const stop of stops) stop()
    }
  }
  const live = () => (edit.session.live.kind === 'present' ? edit.session.live.snapshot : null)
  for await (const snapshot of latestStates(listen, live, life, restMs)) {
    if (snapshot !== null) lookFor(snapshot.object)
    if (told[0] === snapshot && told[1] === keepers) continue
    told = [snapshot, keepers]
    yield { managedFields: managedFieldsOf(snapshot), keepers }
  }
}

function managedFieldsOf(snapshot: Snapshot | null): string {
  return printJson((snapshot && fieldOf(metadataOf(snapshot.object), 'managedFields')) ?? [])
}
