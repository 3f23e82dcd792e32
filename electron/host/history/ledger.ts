import { randomUUID } from 'node:crypto'
import { type Json, type JsonObject, printJson } from '../../../core/json.ts'
import { metadataText, type ObjectRef } from '../../../core/object.ts'
import type { Problem } from '../../../core/problem.ts'
import type { SentPlan, SubmitBrief, SubmitTold } from '../editing/journal.ts'
import type { WriteRequest } from '../editing/plan.ts'
import type { Store } from '../store/store.ts'
import { createNotifier, type Notifier } from '../streams.ts'

/** A creation or a deletion. `edit` is the one whose draft comes back to settle it, null for none. Objects are whole; `live` is null for a creation, `promised` for a deletion. */
export type LedgerWrite = {
  readonly edit?: string | null
  readonly context: string
  readonly ref: ObjectRef
  readonly strategy: 'create' | 'delete'
  readonly live: JsonObject | null
  readonly wanted: JsonObject | null
  readonly promised: JsonObject | null
  readonly request: WriteRequest
  readonly reason: string | null
}

/** The creations and deletions that no edit's own submit is, in the journal of all. */
export type Ledger = {
  /** On disk when this returns its id, unless the disk does not take it: `onUnkept` then says why, and the write goes on. */
  readonly sending: (write: LedgerWrite, onUnkept: (problem: Problem) => void) => string
  /** `answer` is the object that a creation made; null for a deletion. */
  readonly written: (
    id: string,
    answer: JsonObject | null,
    told: Pick<SubmitTold, 'basis' | 'warnings' | 'attempts'>,
  ) => void
  readonly ended: (
    id: string,
    how: 'refused' | 'not-written' | 'unknown',
    problem: Problem | null,
    attempts: number | null,
  ) => void
  readonly listen: Notifier['listen']
}

/** What the rows bear in place of an edit's id: no edit, and so no draft, comes back to settle them. */
const noEdit = 'none'

/** The ledger of a store. What an earlier run of the app left unanswered is settled by `abandoned.ts`. */
export function createLedger({ submits, write }: Pick<Store, 'submits' | 'write'>): Ledger {
  const changed = createNotifier()
  const keep = (change: () => void) => {
    const kept = write(change)
    changed.notify()
    return kept
  }
  return {
    sending({ edit = null, context, ref, strategy, live, wanted, promised, request, reason }, onUnkept) {
      const id = randomUUID()
      const { fieldManager } = request
      const sides = { live, merged: wanted ?? {}, promised: promised ?? {} }
      const plan: SentPlan = {
        form: 1,
        write: { ...sides, fieldManager },
        edited: sides.merged,
        request,
        strategy,
        guard: 'none',
        changes: [],
      }
      const brief: SubmitBrief = { reason, paths: [], changed: 0 }
      const texts = { plan: jsonText(plan), brief: jsonText(brief) }
      const kept = keep(() =>
        submits.send({ id, edit: edit ?? noEdit, context, ref, sent: Date.now(), strategy, ...texts }),
      )
      if (!kept.ok) onUnkept(kept.problem)
      return id
    },
    written(id, answer, told) {
      const name = answer === null ? null : metadataText(answer, 'name')
      const uid = answer === null ? null : metadataText(answer, 'uid')
      keep(() =>
        submits.settle(id, {
          state: 'written',
          answered: Date.now(),
          answer: answer === null ? null : printJson(answer),
          told: jsonText({ ...told, mergedIn: [], differences: [], problem: null }),
          ...(name === null || uid === null ? {} : { named: { name, uid } }),
        }),
      )
    },
    ended(id, state, problem, attempts) {
      const told = { attempts, basis: 'answer', mergedIn: [], differences: [], warnings: [], problem } as const
      keep(() => submits.settle(id, { state, answered: Date.now(), answer: null, told: jsonText(told) }))
    },
    listen: changed.listen,
  }
}

// All that is kept is plain values, which TypeScript cannot tell of types with optional fields.
function jsonText(value: SentPlan | SubmitBrief | SubmitTold): string {
  return printJson(value as unknown as Json)
}
