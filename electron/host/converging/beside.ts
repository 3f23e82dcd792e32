import type { EventLine, PodsState } from '../../../contract/converge.ts'
import type { JsonObject } from '../../../core/json.ts'
import type { Problem } from '../../../core/problem.ts'
import { maskText, secretValues } from '../../../core/secret-text.ts'
import { inBackground } from '../bugs.ts'
import type { OpenEdit } from '../editing/open-edit.ts'
import { type Events, eventLines, followEvents } from './events.ts'
import { followPods, podSelector } from './pods.ts'
import { type SavedSubmit, writtenAt } from './submitted.ts'

/** What happens beside a submitted object: its events since then, and its pods. Followed between `start` and `stop`. */
export type Beside = {
  /** Begins, unless it is under way; `workload` is where the pods' selector stands. */
  readonly start: (workload: JsonObject) => void
  /** Ends it after a moment, so that the last events and the pods that go are still told. */
  readonly stop: () => void
  readonly told: () => {
    readonly events: readonly EventLine[]
    readonly eventsProblem: Problem | null
    readonly pods: PodsState | null
  }
}

const mostEvents = 10
const lingerMs = 5_000

/** Nothing is followed yet. Ends with the signal at the latest. */
export function besideSubmit(edit: OpenEdit, submit: SavedSubmit, changed: () => void, signal: AbortSignal): Beside {
  const values = edit.secret ? secretValues(submit.answer.object) : []
  const shown = { since: writtenAt(submit), most: mostEvents, mask: (text: string) => maskText(text, values) }
  let events: Events = { all: new Map(), problem: null }
  let pods: PodsState | null = null
  let following: AbortController | null = null
  let lingering: NodeJS.Timeout | null = null

  function end(): void {
    if (lingering !== null) clearTimeout(lingering)
    lingering = null
    following?.abort()
    following = null
  }
  signal.addEventListener('abort', end, { once: true })

  return {
    start(workload) {
      if (lingering !== null) clearTimeout(lingering)
      lingering = null
      if (following !== null || signal.aborted) return
      following = new AbortController()
      const { signal: until } = following
      const onEvents = (next: Events) => {
        events = next
        changed()
      }
      const onPods = (next: PodsState) => {
        pods = next
        changed()
      }
      inBackground(followEvents(edit.cluster, edit.session.ref, onEvents, until), until)
      if (podSelector(workload) !== null) inBackground(followPods(edit.cluster, workload, onPods, until), until)
    },
    stop() {
      if (following !== null) lingering ??= setTimeout(end, lingerMs)
    },
    told: () => ({ events: eventLines(events.all.values(), shown), eventsProblem: events.problem, pods }),
  }
}
