import type { DeleteItemState, DeleteOptions } from '../../../contract/delete.ts'
import type { RecreateState, RecreateStep, Trial } from '../../../contract/recreate.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { createDeleteRun } from '../deleting/run.ts'
import { settleSent } from '../editing/come-back.ts'
import type { Edits } from '../editing/edits.ts'
import type { OpenEdit } from '../editing/open-edit.ts'
import type { Ledger } from '../history/ledger.ts'
import type { Run, RunPhase } from '../runs.ts'
import { createNotifier } from '../streams.ts'
import { createInPlace } from './create-in-place.ts'
import { isLeaving } from './recreating.ts'
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
  readonly edits: Pick<Edits, 'textInstead' | 'goOnAs' | 'write'>
  readonly fieldManager: () => string
}

/**
 * A run that has asked nothing yet; of an edit whose re-creation was cut off it does what is left. That it was begun is on disk
 * with the edit's text before anything is sent, and stays there until the new object stands; each write is in the journal.
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
  // Where the app ends before the answer, the edit's draft comes back to settle it.
  const sending: Ledger['sending'] = (write, onUnkept) => ledger.sending({ ...write, edit: session.id }, onUnkept)
  const deletion = createDeleteRun({ clusters, ledger: { ...ledger, sending } }, { objects: [object], options }, signal)
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
  const live = () => edit.session.live

  /** Puts on disk that it begins: `not-kept` where that cannot be, since nothing would tell of it later. */
  function begin(): Result<void> {
    edit.recreating = { begun: edit.recreating?.begun ?? Date.now(), underWay: true, made: null }
    edits.write.journal.keep(edit)
    return edit.unkept === null ? ok(undefined) : fail(edit.unkept)
  }

  /** It rests, to be gone on with later; or it is over, nothing having come of it. */
  function rest({ isOver }: { readonly isOver: boolean }): void {
    edit.recreating = isOver ? null : edit.recreating && { ...edit.recreating, underWay: false }
    edit.changed.notify()
  }

  /** The first value that is not null; null once the person or the host has stopped it. */
  function until<T>(listen: (look: () => void) => () => void, look: () => T | null, stop: AbortSignal) {
    return new Promise<T | null>(resolve => {
      const isOver = AbortSignal.any([stop, signal])
      const see = () => {
        const found = look()
        if (found === null && !isOver.aborted) return
        unlisten()
        isOver.removeEventListener('abort', see)
        resolve(found)
      }
      const unlisten = listen(see)
      isOver.addEventListener('abort', see)
      see()
    })
  }

  /** The object's state once it is gone, or will not go. */
  const outcome = (): DeleteItemState | null => {
    const state = deletion.state().items[0]?.state
    return state !== undefined && ['gone', 'failed', 'refused', 'unknown'].includes(state.kind) ? state : null
  }
  const hasGone = () => (live().kind === 'gone' || live().kind === 'replaced' ? true : null)

  async function remove({ confirmation, reason }: RecreateAsk): Promise<RecreateStep | null> {
    const { signal: stop } = stopping
    if (isLeaving(live())) {
      // Somebody has asked for that already, perhaps this very edit before the app ended: it is only waited for.
      return (await until(edit.changed.listen, hasGone, stop)) === null ? { kind: 'stopped' } : null
    }
    // How it is deleted may have been changed a moment ago: that is tried first.
    const tried = () => (deletion.phase() === 'checking' ? null : true)
    if ((await until(deletion.listen, tried, stop)) === null) return { kind: 'stopped' }
    const confirmations = confirmation === null ? {} : { [context]: confirmation }
    // It goes on looking until the object is gone: that is heard below.
    const sent = deletion.send({ items: null, confirmations, reason })
    sent.catch(() => undefined)
    const state = await until(deletion.listen, outcome, stop)
    if (state === null) {
      deletion.stop()
      return { kind: 'stopped' }
    }
    return 'problem' in state ? { kind: 'failed', problem: state.problem, deleted: false } : null
  }

  async function create(whole: string, ask: RecreateAsk): Promise<RecreateStep> {
    const created = await createInPlace(edit, whole, ask, edits.write, signal)
    if (!created.ok) return { kind: 'failed', problem: created.problem, deleted: true }
    edits.goOnAs(session.id, created.value)
    return { kind: 'created', edit: created.value.session.id }
  }

  async function perform(whole: string, ask: RecreateAsk): Promise<RecreateStep> {
    const begun = begin()
    if (!begun.ok) return { kind: 'failed', problem: begun.problem, deleted: false }
    go({ kind: 'deleting' })
    const barred = await remove(ask)
    if (barred !== null) return barred
    go({ kind: 'creating' })
    return create(whole, ask)
  }

  return {
    state: () => ({ deletion: deletion.state(), trial, text: edit.secret ? null : text, step }),
    listen: changed.listen,
    phase: () => phase,
    typed: deletion.typed,
    async check() {
      // What an earlier try has sent is settled first: nothing is done twice.
      const [instead] = await Promise.all([edits.textInstead(edit), settleSent(edit, edits.write.journal, signal)])
      if (instead.ok) text = instead.value
      const isFree = live().kind === 'gone'
      const asked = instead.ok
        ? tryCreation(edit, { text: instead.value, fieldManager: fieldManager(), isFree }, signal)
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
      const end = await perform(text, ask)
      const isUntouched = end.kind === 'failed' && !end.deleted && !isUnsure(end.problem)
      rest({ isOver: end.kind === 'created' || isUntouched })
      go(end)
      enter('checked')
    },
    stop() {
      if (phase === 'sending' && step.kind === 'deleting') enter('stopping')
      stopping.abort()
    },
  }
}

/** Whether nobody can tell if the deletion was done. */
function isUnsure({ code }: Problem): boolean {
  return code === 'outcome-unknown' || code === 'server-error'
}
