import type { ObjectEvents } from '../../../contract/object.ts'
import { metadataText } from '../../../core/object.ts'
import { maskText, secretValues } from '../../../core/secret-text.ts'
import { isSecret } from '../../../core/secrets.ts'
import { inBackground } from '../bugs.ts'
import { type Events, eventLines, followEvents } from '../converging/events.ts'
import { createNotifier, latestStates } from '../streams.ts'
import type { Followed } from './followed.ts'

const mostLines = 200

/** The events about an object as they come; those about another one of its name only once it is the one that is seen. */
export async function* eventStates(followed: Followed, signal: AbortSignal): AsyncGenerator<ObjectEvents, void> {
  const { cluster, target } = followed
  const changed = createNotifier()
  let heard: Events | null = null
  let about: { readonly uid: string; readonly end: AbortController } | null = null

  function look(): void {
    const { object } = followed.seen()
    const uid = object === null ? null : metadataText(object, 'uid')
    if (uid === null || uid === about?.uid) return
    about?.end.abort()
    about = { uid, end: new AbortController() }
    const until = AbortSignal.any([about.end.signal, signal])
    heard = null
    const onEvents = (next: Events) => {
      heard = next
      changed.notify()
    }
    inBackground(followEvents(cluster, { uid, namespace: target.namespace }, onEvents, until), until)
  }

  function state(): ObjectEvents {
    const { object } = followed.seen()
    if (heard === null) return { state: 'loading', events: [], problem: null }
    const values = object !== null && isSecret(object) ? secretValues(object) : []
    const mask = (text: string) => maskText(text, values)
    const events = eventLines(heard.all.values(), { since: 0, most: mostLines, mask })
    return { state: heard.problem === null ? 'live' : 'refused', events, problem: heard.problem }
  }

  const stop = followed.listen(look)
  try {
    look()
    yield* latestStates(changed.listen, state, signal)
  } finally {
    stop()
    // Assigned in `look`, which the type checker does not follow.
    const last = about as { readonly end: AbortController } | null
    last?.end.abort()
  }
}
