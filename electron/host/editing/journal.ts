import { type Json, type JsonObject, parseJson, printJson } from '../../../core/json.ts'
import type { Snapshot } from '../../../core/object.ts'
import type { Store } from '../store/store.ts'
import type { Keeper } from './keeper.ts'
import type { OpenEdit } from './open-edit.ts'
import type { PlanId, WriteRequest } from './plan.ts'
import type { Prepared } from './prepare.ts'
import type { SentWrite } from './settle.ts'
import { sentWrite } from './submit.ts'

/** What is kept of a submit before it is sent: enough to tell later whether it was done, to show it, and to undo it. */
export type SentPlan = {
  /** Rises when the shape changes in a way that older ones do not have. */
  readonly form: 1
  readonly write: SentWrite
  readonly edited: JsonObject
  readonly request: WriteRequest
  readonly strategy: string
}

/** A submit whose end is not known: the app ended, or the server could not be read, before it was. */
export type Unanswered = { readonly id: PlanId; readonly sent: number; readonly plan: SentPlan }

/** The journal of submits, beside the drafts of their edits. What the disk does not take is told by the edit. */
export type Journal = {
  /** To be called before a request leaves: it is on disk when this returns, with the text that it came from. */
  readonly sending: (edit: OpenEdit, prepared: Prepared) => void
  /** It was written: kept with the server's answer, and with what the edit stands on from now on. */
  readonly written: (edit: OpenEdit, plan: PlanId, answer: Snapshot) => void
  /** It is known that it did nothing, or that nobody can say. One that the server refused leaves no trace. */
  readonly ended: (edit: OpenEdit, plan: PlanId, how: 'refused' | 'not-written' | 'unknown') => void
  readonly unanswered: (edit: string) => readonly Unanswered[]
}

/** The journal of a host's submits. */
export function createJournal({ submits }: Pick<Store, 'submits'>, keeper: Keeper): Journal {
  return {
    sending(edit, prepared) {
      const { id, edited, request, strategy } = prepared.plan
      const write = sentWrite(prepared)
      const plan: SentPlan = { form: 1, write, edited, request, strategy }
      const { context, session } = edit
      const now = Date.now()
      keeper.write(edit, () => {
        // Of an earlier one the person has been told, and goes on knowing it.
        for (const earlier of submits.unanswered(session.id)) {
          submits.settle(earlier.id, { state: 'unknown', answered: now, answer: null })
        }
        // All of it is plain values, which TypeScript cannot tell of types with optional fields.
        const text = printJson(plan as unknown as Json)
        submits.send({ id, edit: session.id, context, ref: session.ref, sent: now, plan: text })
      })
    },
    written(edit, plan, answer) {
      const text = printJson(answer.object)
      keeper.write(edit, () => submits.settle(plan, { state: 'written', answered: Date.now(), answer: text }))
    },
    ended: (edit, plan, how) =>
      keeper.write(edit, () => {
        if (how === 'refused') submits.forget(plan)
        else submits.settle(plan, { state: how, answered: Date.now(), answer: null })
      }),
    unanswered: edit => submits.unanswered(edit).flatMap(({ id, sent, plan }) => readSent(id, sent, plan)),
  }
}

function readSent(id: string, sent: number, text: string | null): readonly Unanswered[] {
  const parsed = text === null ? null : parseJson(text)
  // What opens was sealed here, as `sending` made it.
  const plan = (parsed?.ok ? parsed.value : null) as unknown as SentPlan | null
  return plan?.form === 1 ? [{ id: id as PlanId, sent, plan }] : []
}
