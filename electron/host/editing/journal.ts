import type { FieldChange, ForeignChange } from '../../../contract/edit.ts'
import type { SavedSteps, StepOf } from '../../../contract/steps.ts'
import type { Guard, Strategy } from '../../../contract/strategy.ts'
import { type Json, type JsonObject, parseJson, printJson } from '../../../core/json.ts'
import { metadataText, type Snapshot } from '../../../core/object.ts'
import { formatPath } from '../../../core/path.ts'
import type { Problem } from '../../../core/problem.ts'
import type { Store } from '../store/store.ts'
import type { SubmitEnding } from '../store/submits.ts'
import { createNotifier, type Notifier } from '../streams.ts'
import { leftBy } from './course.ts'
import { deltaOf } from './delta.ts'
import type { Keeper } from './keeper.ts'
import type { OpenEdit } from './open-edit.ts'
import type { PlanId, WriteRequest } from './plan.ts'
import type { Prepared } from './prepare.ts'
import type { SentWrite } from './settle.ts'
import { showChange } from './show.ts'
import { sentWrite } from './submit.ts'

/** What is kept of a submit before it is sent: enough to tell later whether it was done, to show it, and to undo it. */
export type SentPlan = {
  /** Rises when the shape changes in a way that older ones do not have. */
  readonly form: 1
  readonly write: SentWrite
  readonly edited: JsonObject
  readonly request: WriteRequest
  /** `delete` where the object itself was deleted: `write.merged` and `write.promised` then say nothing. */
  readonly strategy: Strategy | 'delete'
  readonly guard: Guard
  /** Which part of an edit it was, where that took several; older apps kept none. */
  readonly step?: StepOf | null
  /** What else the text said, for steps to come. */
  readonly left?: SavedSteps['left']
  /** What it changes, as it was reviewed; masked. The first of them, where there are very many. */
  readonly changes: readonly FieldChange[]
}

/** What a list shows of a submit. */
export type SubmitBrief = {
  readonly reason: string | null
  readonly step?: StepOf | null
  /** What of the object it wrote; older apps kept none. */
  readonly subresource?: string | null
  /** The first paths that it changes, and how many there are; none for a creation. */
  readonly paths: readonly string[]
  readonly changed: number
}

/** What is learnt of a submit's end beside the server's answer. Masked. */
export type SubmitTold = {
  readonly attempts: number | null
  /** `read`: what is kept as the answer was read later, when others may have written too. */
  readonly basis: 'answer' | 'read'
  readonly mergedIn: readonly ForeignChange[]
  readonly differences: readonly FieldChange[]
  readonly warnings: readonly string[]
  readonly problem: Problem | null
}

/** A submit whose end is not known: the app ended, or the server could not be read, before it was. */
export type Unanswered = { readonly id: PlanId; readonly sent: number; readonly plan: SentPlan }

/** One submit in the journal, which may take several requests: those that made way for another leave no trace. */
export type SubmitRecord = {
  /** To be called before a request leaves: it is on disk when this returns, with the text that it came from. */
  readonly sending: (prepared: Prepared) => void
  /** That request is known to have done nothing. */
  readonly ended: (plan: PlanId, how: 'refused' | 'not-written') => void
  readonly written: (plan: PlanId, answer: Snapshot, told: Omit<SubmitTold, 'problem'>) => void
  /** Why the submit as a whole came to nothing. */
  readonly failed: (problem: Problem) => void
  /** It goes back to the person for another review: it is none yet. */
  readonly dropped: () => void
}

/** The journal of submits, beside the drafts of their edits. What the disk does not take is told by the edit. */
export type Journal = {
  /** Begins the record of a submit; `reason` is what the person says it is for, `step` which part of an edit it is. */
  readonly begin: (edit: OpenEdit, reason: string | null, step: StepOf | null) => SubmitRecord
  /** It was written, as was read later: kept with what stands there (null where it deleted that), and with what the edit stands on from now on. */
  readonly found: (edit: OpenEdit, plan: PlanId, now: Snapshot | null) => void
  /** It is known later that it did nothing, or that nobody can say. */
  readonly ended: (edit: OpenEdit, plan: PlanId, how: 'not-written' | 'unknown') => void
  readonly unanswered: (edit: string) => readonly Unanswered[]
  /** The uid of what an edit's last creation made; null where none is known to have been done. */
  readonly made: (edit: string) => string | null
  /** Puts on disk now what the edit says and how far it is. */
  readonly keep: (edit: OpenEdit) => void
  /** Hears of new submits and of their ends. */
  readonly listen: Notifier['listen']
}

const mostPaths = 6
const mostChanges = 1_000

/** The journal of a host's submits. */
export function createJournal({ submits }: Pick<Store, 'submits'>, keeper: Keeper): Journal {
  const changed = createNotifier()
  const write = (edit: OpenEdit, change: () => void) => {
    keeper.write(edit, change)
    changed.notify()
  }
  const settle = (edit: OpenEdit, plan: PlanId, end: SubmitEnding) => write(edit, () => submits.settle(plan, end))

  const send = (edit: OpenEdit, prepared: Prepared, note: Note, replaces: PlanId | null) => {
    const { id } = prepared.plan
    const { context, session } = edit
    const { plan, brief } = whatIsKept(edit, prepared, note)
    const sent = Date.now()
    write(edit, () => {
      if (replaces !== null) submits.forget(replaces)
      // Of an earlier one the person has been told, and goes on knowing it.
      for (const earlier of submits.unanswered(session.id)) {
        submits.settle(earlier.id, { state: 'unknown', answered: sent, answer: null })
      }
      const texts = { plan: jsonText(plan), brief: jsonText(brief) }
      submits.send({ id, edit: session.id, context, ref: session.ref, sent, strategy: plan.strategy, ...texts })
    })
  }

  return {
    begin(edit, reason, step) {
      let attempts = 0
      let newest: { readonly plan: PlanId; readonly how: 'refused' | 'not-written' | null } | null = null
      return {
        sending(prepared) {
          attempts++
          const { id } = prepared.plan
          const replaces = newest?.how === 'refused' && newest.plan !== id ? newest.plan : null
          newest = { plan: id, how: null }
          send(edit, prepared, { reason, step }, replaces)
        },
        ended(plan, how) {
          newest = { plan, how }
          settle(edit, plan, { state: how, answered: Date.now(), answer: null })
        },
        written(plan, answer, told) {
          settle(edit, plan, writtenEnd(answer, { ...told, problem: null }))
        },
        failed(problem) {
          if (newest === null || newest.how === null) return
          const told = { ...nothingTold, attempts, problem }
          const { plan } = newest
          write(edit, () => submits.tell(plan, jsonText(told)))
        },
        dropped() {
          const plan = newest?.how === 'refused' ? newest.plan : null
          if (plan !== null) write(edit, () => submits.forget(plan))
        },
      }
    },
    found: (edit, plan, now) => settle(edit, plan, writtenEnd(now, { ...nothingTold, basis: 'read' })),
    ended: (edit, plan, how) => settle(edit, plan, { state: how, answered: Date.now(), answer: null }),
    unanswered: edit =>
      submits.unanswered(edit).flatMap(({ id, sent, plan }) => {
        const read = readSentPlan(plan)
        // It was a plan's id when it was written.
        return read === null ? [] : [{ id: id as PlanId, sent, plan: read }]
      }),
    made: submits.made,
    keep: keeper.write,
    listen: changed.listen,
  }
}

const nothingTold: SubmitTold = {
  attempts: null,
  basis: 'answer',
  mergedIn: [],
  differences: [],
  warnings: [],
  problem: null,
}

function writtenEnd(answer: Snapshot | null, told: SubmitTold): SubmitEnding {
  const name = answer && metadataText(answer.object, 'name')
  return {
    state: 'written',
    answered: Date.now(),
    answer: answer && printJson(answer.object),
    told: jsonText(told),
    // A creation learns its object's uid, and perhaps its name, from the answer.
    ...(name === null || answer === null ? {} : { named: { name, uid: answer.uid } }),
  }
}

/** What is known of a submit beside its plan. */
type Note = { readonly reason: string | null; readonly step: StepOf | null }

function whatIsKept(
  edit: OpenEdit,
  prepared: Prepared,
  { reason, step }: Note,
): { readonly plan: SentPlan; readonly brief: SubmitBrief } {
  const { edited, request, strategy, guard, live } = prepared.plan
  const delta = live === null ? [] : deltaOf(prepared, edit.session, edit.kindSchema.schema)
  const changes = delta.slice(0, mostChanges).map(change => showChange(change, edit.secret))
  // What the object is to do says more of a change than its labels and annotations.
  const [meta, rest] = [true, false].map(isMeta => delta.filter(({ path }) => (path[0] === 'metadata') === isMeta))
  const paths = [...(rest ?? []), ...(meta ?? [])].slice(0, mostPaths).map(({ path }) => formatPath(path))
  return {
    plan: {
      form: 1,
      write: sentWrite(prepared),
      edited,
      request,
      strategy,
      guard,
      step,
      left: leftBy(prepared.plan),
      changes,
    },
    brief: { reason, step, subresource: request.subresource, paths, changed: delta.length },
  }
}

// All that is kept is plain values, which TypeScript cannot tell of types with optional fields.
function jsonText(value: SentPlan | SubmitBrief | SubmitTold): string {
  return printJson(value as unknown as Json)
}

/** A plan as the journal keeps it; null where its key is gone, or a newer app has kept it. */
export function readSentPlan(text: string | null): SentPlan | null {
  // What opens was sealed here, as `sending` made it.
  const plan = parsed(text) as unknown as SentPlan | null
  return plan?.form === 1 ? plan : null
}

/** What a list shows of a submit, as the journal keeps it; null where its key is gone. */
export function readBrief(text: string | null): SubmitBrief | null {
  // What opens was sealed here, as `sending` made it.
  return parsed(text) as unknown as SubmitBrief | null
}

/** What was learnt of a submit's end, as the journal keeps it; null where nothing was. */
export function readTold(text: string | null): SubmitTold | null {
  // What opens was sealed here, as `written` or `failed` made it.
  return parsed(text) as unknown as SubmitTold | null
}

function parsed(text: string | null): Json {
  const read = text === null ? null : parseJson(text)
  return read?.ok ? read.value : null
}
