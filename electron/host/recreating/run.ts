import type { DeleteItemState, DeleteOptions } from '../../../contract/delete.ts'
import { ownChoice } from '../../../contract/own-choice.ts'
import type { RecreateState, RecreateStep, Trial } from '../../../contract/recreate.ts'
import type { Problem } from '../../../core/problem.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { createDeleteRun } from '../deleting/run.ts'
import type { Edits } from '../editing/edits.ts'
import type { OpenEdit } from '../editing/open-edit.ts'
import type { Ledger } from '../history/ledger.ts'
import type { Run, RunPhase } from '../runs.ts'
import { createNotifier } from '../streams.ts'
import { tryCreation } from './trial.ts'

/** One object that is deleted and created again from its edit's text. */
export type RecreateRun = Run<RecreateState, RecreateAsk> & {
  readonly adjust: (options: DeleteOptions) => boolean
  readonly typed: () => string | null
}

export type RecreateAsk = {
  readonly confirmation: string | null
  readonly reason: string | null
}

export type RecreateParts = {
  readonly clusters: Clusters
  readonly ledger: Ledger
  readonly edits: Pick<Edits, 'textInstead' | 'beginInstead' | 'review' | 'submit' | 'discard'>
  readonly fieldManager: () => string
}

/**
 * A run that has asked nothing yet. Each of its writes is in the journal before it is sent, and the edit's text on disk until
 * the object stands there again: whatever ends this in the middle, the edit comes back and says that its object is gone.
 */
export function createRecreateRun(
  { clusters, ledger, edits, fieldManager }: RecreateParts,
  { edit, options }: { readonly edit: OpenEdit; readonly options: DeleteOptions },
  signal: AbortSignal,
): RecreateRun {
  const changed = createNotifier()
  const { context, session } = edit
  const { group, version, resource, namespace, name, uid } = session.ref
  const object = { context, group, version, resource, namespace, name, subresource: null, uid }
  const deletion = createDeleteRun({ clusters, ledger }, { objects: [object], options }, signal)
  deletion.listen(changed.notify)
  let phase: RunPhase = 'checking'
  let trial: Trial = { kind: 'asking' }
  let text: string | null = null
  let step: RecreateStep = { kind: 'deciding' }
  let stopping = new AbortController()

  const enter = (next: RunPhase) => {
    phase = next
    changed.notify()
  }
  const go = (next: RecreateStep) => {
    step = next
    changed.notify()
  }
  const failed = (problem: Problem, holder: string | null): RecreateStep => ({ kind: 'failed', problem, edit: holder })

  /** The object's state once it is gone, or will not go. */
  const outcome = (stop: AbortSignal) =>
    new Promise<DeleteItemState | null>(resolve => {
      const look = () => {
        const state = deletion.state().items[0]?.state
        if (stop.aborted || signal.aborted) return end(null)
        if (state !== undefined && ['gone', 'failed', 'refused', 'unknown'].includes(state.kind)) end(state)
      }
      const unlisten = deletion.listen(look)
      stop.addEventListener('abort', look)
      const end = (state: DeleteItemState | null) => {
        unlisten()
        stop.removeEventListener('abort', look)
        resolve(state)
      }
      look()
    })

  async function remove({ confirmation, reason }: RecreateAsk): Promise<RecreateStep | null> {
    const confirmations = confirmation === null ? {} : { [context]: confirmation }
    const { signal: stop } = stopping
    // It goes on looking until the object is gone: that is heard below.
    const sent = deletion.send({ items: null, confirmations, reason })
    sent.catch(() => undefined)
    const state = await outcome(stop)
    if (state === null) {
      deletion.stop()
      return { kind: 'stopped' }
    }
    return 'problem' in state ? failed(state.problem, null) : null
  }

  async function create(whole: string, { confirmation, reason }: RecreateAsk): Promise<RecreateStep> {
    const begun = edits.beginInstead(session.id, whole)
    if (!begun.ok) return failed(begun.problem, null)
    const { edit: id, textVersion } = begun.value
    const review = await edits.review(id, { textVersion, choice: ownChoice }, signal)
    if (!review.ok) return failed(review.problem, id)
    const { plan } = review.value
    const submitted = await edits.submit({ edit: id, plan, acknowledged: true, confirmation, reason })
    if (!submitted.ok) return failed(submitted.problem, id)
    if (submitted.value.kind !== 'saved') return failed({ code: 'plan-stale' }, id)
    edits.discard(session.id)
    return { kind: 'created', edit: submitted.value.edit }
  }

  return {
    state: () => ({ deletion: deletion.state(), trial, text: edit.secret ? null : text, step }),
    listen: changed.listen,
    phase: () => phase,
    typed: deletion.typed,
    async check() {
      const instead = await edits.textInstead(session.id)
      if (instead.ok) text = instead.value
      const asked = instead.ok
        ? tryCreation(edit, instead.value, fieldManager(), signal)
        : Promise.resolve<Trial>({ kind: 'refused', problem: instead.problem })
      const [answer] = await Promise.all([asked, deletion.check()])
      trial = answer
      enter('checked')
    },
    adjust: next => phase !== 'sending' && phase !== 'stopping' && deletion.adjust(next),
    async send(ask) {
      if (text === null) return
      stopping = new AbortController()
      enter('sending')
      go({ kind: 'deleting' })
      const barred = await remove(ask)
      if (barred === null) go({ kind: 'creating' })
      go(barred ?? (await create(text, ask)))
      enter('checked')
    },
    stop() {
      if (phase === 'sending' && step.kind === 'deleting') enter('stopping')
      stopping.abort()
    },
  }
}
