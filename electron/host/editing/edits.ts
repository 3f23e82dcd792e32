import type { ConvergeState } from '../../../contract/converge.ts'
import type { Impact } from '../../../contract/dangers.ts'
import type { EditState, EditSummary, EditTarget, LiveObject, OpenedEdit, Report } from '../../../contract/edit.ts'
import type { HeldElsewhere } from '../../../contract/held-elsewhere.ts'
import type { LiveDryRun } from '../../../contract/live-dry-run.ts'
import type { ManifestInput, OpenedManifest } from '../../../contract/manifest.ts'
import type { OwnersState } from '../../../contract/owners.ts'
import type { CommandView, RevealAsk, RevealedValue, Review, Submitted } from '../../../contract/review.ts'
import type { WriteChoice } from '../../../contract/strategy.ts'
import type { JsonObject } from '../../../core/json.ts'
import type { ObjectRef } from '../../../core/object.ts'
import { fail, ok, type Problem, type Result } from '../../../core/problem.ts'
import { storedBytes } from '../../../core/stored-size.ts'
import { openingView, textObject } from '../../../core/view.ts'
import { reportBug } from '../bugs.ts'
import type { Clusters } from '../clusters/clusters.ts'
import type { Cluster } from '../clusters/connection.ts'
import { convergeStates } from '../converging/converge.ts'
import { impactOfEdit } from '../dangers/of-edit.ts'
import { ownersOfEdit } from '../owners/edit-owners.ts'
import type { Store } from '../store/store.ts'
import { latestStates, type Notifier } from '../streams.ts'
import { beginCreation, beginEdit } from './begin.ts'
import { comeBack, settleSent } from './come-back.ts'
import { follow, seeRead } from './follow.ts'
import { heldElsewhere } from './held-elsewhere.ts'
import { createJournal } from './journal.ts'
import { createKeeper } from './keeper.ts'
import { readLive } from './live.ts'
import { dryRunLive, type LiveDryRuns } from './live-dry-run.ts'
import { isChanged, type OpenEdit, offerLive, stateOf, summarize, takeReport, takeUp } from './open-edit.ts'
import { openManifest } from './open-manifest.ts'
import { type OpenedTarget, openTarget } from './open-target.ts'
import { createPace } from './pace.ts'
import { isNamed, restingDrafts } from './resting.ts'
import { revealCommand, revealValue } from './reveal.ts'
import { reviewEdit } from './review-edit.ts'
import { type Submission, submitEdit } from './submit-edit.ts'
import { type OpenedUndo, openUndo, type Undoing } from './undo.ts'
import { createWork } from './work.ts'
import { commandFacts, type WriteOptions } from './write-facts.ts'

/** All open edits of the host. One edit per context, object and subresource: opening it again takes up the same. */
export type Edits = {
  readonly open: (target: EditTarget) => Promise<Result<OpenedEdit>>
  readonly resume: (edit: string) => Result<OpenedEdit>
  /** An edit as the host holds it, woken where it rested. `edit-unknown`, `draft-unreadable`. */
  readonly find: (edit: string) => Result<OpenEdit>
  /** Oldest first. */
  readonly list: () => Promise<readonly EditSummary[]>
  /** The states beside the text, until the signal ends or the edit is discarded. */
  readonly watch: (edit: string, signal: AbortSignal) => AsyncGenerator<EditState, void>
  readonly report: (report: Report) => Result<{ readonly textVersion: number }>
  /** What is live, for a page that moves its text onto it: read anew, or as it was last seen. */
  readonly live: (edit: string, read: boolean, signal: AbortSignal) => Promise<Result<LiveObject>>
  /** What the edit's version of the kind does not show of the object. */
  readonly heldElsewhere: (edit: string, signal: AbortSignal) => Promise<Result<HeldElsewhere | null>>
  /** `choice` is how the person wants the edit written. */
  readonly review: (edit: string, ask: Ask, signal: AbortSignal) => Promise<Result<Review>>
  /** Who owns the fields of the edit's object and who keeps it, until the signal ends or the edit is discarded. */
  readonly owners: (edit: string, signal: AbortSignal) => AsyncGenerator<OwnersState, void>
  /** What the server says of a text before any review. */
  readonly dryRun: (edit: string, ask: Ask, signal: AbortSignal) => Promise<Result<LiveDryRun>>
  /** What the text would do beyond its object. */
  readonly impact: (edit: string, textVersion: number, signal: AbortSignal) => Promise<Result<Impact>>
  readonly submit: (input: Submit) => Promise<Result<Submitted>>
  /** What becomes of the last submit, until the signal ends or the edit is discarded. */
  readonly converge: (edit: string, signal: AbortSignal) => AsyncGenerator<ConvergeState | null, void>
  /** Lets a submit under way wait for nothing any longer. */
  readonly reveal: (ask: RevealAsk) => Result<RevealedValue>
  readonly revealCommand: (ask: Pick<RevealAsk, 'edit' | 'plan'>) => Result<Pick<CommandView, 'posix' | 'powershell'>>
  readonly stopSubmit: (edit: string) => void
  readonly discard: (edit: string) => void
  /** Drops an edit that says nothing and that only the page with this lease has. */
  readonly release: (edit: string, lease: number) => Promise<void>
  readonly recreate: (edit: string) => Promise<Result<OpenedEdit>>
  /** What would be created in the place of an edit's object, with the text's changes; or what is wrong with the text. */
  readonly textInstead: (edit: OpenEdit) => Promise<Result<string>>
  /** Drops an edit: what was to be done of it is, and goes on as that one. */
  readonly goOnAs: (edit: string, next: OpenEdit) => void
  readonly openManifest: (input: ManifestInput, signal: AbortSignal) => Promise<Result<OpenedManifest>>
  /** Goes on with an edit's text as a manifest against the object that has its name now. */
  readonly againstLive: (edit: string, signal: AbortSignal) => Promise<Result<OpenedEdit>>
  /**
   * Opens an edit in which a change is taken back. `edit-in-the-way` where the object is open with changes of its own; an
   * edit of it without any makes way. `context-unknown`, `cluster-changed`, and what reading the object may answer.
   */
  readonly undo: (undoing: Undoing, signal: AbortSignal) => Promise<Result<UndoneEdit>>
  /** Hears of new submits and of their ends. */
  readonly onSubmits: Notifier['listen']
  /** The way from a text to what was saved, for edits that no page opens. */
  readonly write: WriteOptions
  /** Ends all watches and the worker. */
  readonly end: () => Promise<void>
}

type Ask = { readonly textVersion: number; readonly choice: WriteChoice }
type Submit = Submission & { readonly edit: string }

/** What came of an undo; its edit as a page begins it. */
type UndoneEdit =
  | Exclude<OpenedUndo, { kind: 'opened' }>
  | { readonly kind: 'opened'; readonly opened: OpenedEdit; readonly conflicts: boolean }

type Read = { readonly cluster: Cluster; readonly target: OpenedTarget }

const unknown: Problem = { code: 'edit-unknown' }

/** What edits are made with beside their clusters and the store. */
export type EditsOptions = Omit<WriteOptions, 'work' | 'journal'> & Pick<LiveDryRuns, 'isGuarded'>

/** The edits of a host: those that an earlier run left as drafts in the store, to begin with. */
export function createEdits(clusters: Clusters, store: Store, options: EditsOptions): Edits {
  const life = new AbortController()
  const work = createWork()
  const keeper = createKeeper(store, edit => isChanged(edit, work))
  const journal = createJournal(store, keeper)
  const write = { ...options, work, journal }
  const dryRuns = { pace: createPace(), isGuarded: options.isGuarded, unsupported: new WeakSet<OpenEdit>() }
  const edits = new Map<string, OpenEdit>()
  const resting = restingDrafts(clusters, store)
  /** Openings under way, so that two pages that open one object at once get one edit. */
  const opening = new Map<string, Promise<Result<OpenEdit>>>()

  const add = (edit: OpenEdit): OpenEdit => {
    edits.set(edit.session.id, edit)
    const { differs, session } = edit
    keeper.keep(edit, { clean: differs?.answer === false ? session.text : null, onDisk: false })
    follow(edit)
    return edit
  }

  /** An edit by its id, from disk where it rests there. `edit-unknown`, `draft-unreadable`. */
  const find = (id: string): Result<OpenEdit> => {
    const open = edits.get(id)
    if (open !== undefined) return { ok: true, value: open }
    const woken = resting.wake(id)
    if (woken.ok) addFromDisk(woken.value)
    return woken
  }

  const addFromDisk = (edit: OpenEdit): void => {
    edits.set(edit.session.id, edit)
    keeper.keep(edit, { clean: null, onDisk: true })
    comeBack(edit, journal).catch(error => {
      if (!edit.life.signal.aborted) reportBug(error)
    })
  }

  const openAt = (target: EditTarget): OpenEdit | undefined =>
    [...edits.values()].find(
      ({ context, session }) => session.origin.kind === 'edit' && isNamed(context, session.ref, target),
    )

  const openNew = async (target: EditTarget, signal: AbortSignal): Promise<Result<OpenEdit>> => {
    // A text that was kept is there whatever has become of the cluster, or of the object.
    const rests = resting.at(target)
    if (rests !== null) return find(rests)
    const opened = await read(target, signal)
    if (!opened.ok) {
      const known = openAt(target)
      return known === undefined ? opened : { ok: true, value: known }
    }
    const already = [...edits.values()].find(
      edit => edit.context === target.context && isSameObject(edit, opened.value.target),
    )
    return { ok: true, value: already ?? add(await begin(target.context, opened.value, signal)) }
  }

  const read = async (target: EditTarget, signal: AbortSignal): Promise<Result<Read>> => {
    const cluster = clusters.cluster(target.context)
    if (!cluster.ok) return cluster
    const opened = await openTarget(cluster.value, target, signal)
    return opened.ok ? { ok: true, value: { cluster: cluster.value, target: opened.value } } : opened
  }

  const begin = async (context: string, { cluster, target }: Read, signal: AbortSignal) => {
    const { snapshot, kindSchema } = target
    const text = await work.run(
      'print',
      { object: snapshot.object, view: openingView },
      { kindSchema, size: storedBytes(snapshot.object, { as: 'json' }), signal },
    )
    return beginEdit(context, cluster, target, text)
  }

  /** The same manifest against the same object is the same edit. */
  const addManifest = (edit: OpenEdit): OpenEdit => {
    const { origin, text, ref } = edit.session
    const isIt = ({ context, session }: OpenEdit) =>
      context === edit.context && session.text === text && isSameRef(session.ref, ref)
    const already = [...edits.values()].find(open => open.session.origin.kind === 'manifest' && isIt(open))
    return origin.kind === 'manifest' ? (already ?? add(edit)) : add(edit)
  }

  const open = async (target: EditTarget): Promise<Result<OpenedEdit>> => {
    const key = JSON.stringify(target)
    // Not the page's own signal: another page may wait for the same opening.
    const under = opening.get(key) ?? openNew(target, life.signal).finally(() => opening.delete(key))
    opening.set(key, under)
    const opened = await under
    if (!opened.ok) return opened
    // Another page can have dropped it just now.
    return opened.value.discarded ? open(target) : { ok: true, value: takeUp(opened.value) }
  }

  const textForCreation = (edit: OpenEdit, base: JsonObject | null = null): Promise<Result<string>> => {
    const { text } = edit.session
    const options = { kindSchema: edit.kindSchema, size: text.length, signal: edit.life.signal }
    return work.run('textForCreation', { text, base }, options)
  }

  const textInstead = (edit: OpenEdit): Promise<Result<string>> => {
    const { origin, view } = edit.session
    return textForCreation(edit, origin.kind === 'edit' ? textObject(origin.base.object, view) : null)
  }

  const discard = (id: string): void => {
    const edit = edits.get(id)
    edits.delete(id)
    resting.discard(id)
    if (edit === undefined) return
    keeper.drop(edit)
    edit.discarded = true
    // A write is not cut off from its answer: it ends the edit when it has ended itself.
    if (edit.writing === null) edit.life.abort()
  }

  return {
    open,
    resume(id) {
      const edit = find(id)
      return edit.ok ? { ok: true, value: takeUp(edit.value) } : edit
    },
    find,
    async list() {
      const open = [...edits.values()].map(async edit => summarize(edit, await isChanged(edit, work)))
      return [...resting.list(), ...(await Promise.all(open))]
    },
    async *watch(id, signal) {
      const found = find(id)
      if (!found.ok) return
      const edit = found.value
      yield* latestStates(edit.changed.listen, () => stateOf(edit), AbortSignal.any([signal, edit.life.signal]))
    },
    report(report) {
      const edit = find(report.edit)
      return edit.ok ? takeReport(edit.value, report) : edit
    },
    async live(id, read, signal) {
      const found = find(id)
      if (!found.ok) return found
      const edit = found.value
      if (edit.session.origin.kind === 'create') return fail({ code: 'object-gone' })
      if (read || edit.session.live.kind === 'unknown') {
        seeRead(edit, await readLive(edit.cluster, edit.session.ref, signal))
      }
      return offerLive(edit)
    },
    async heldElsewhere(id, signal) {
      const edit = find(id)
      return edit.ok ? heldElsewhere(edit.value, signal) : edit
    },
    async review(id, ask, signal) {
      const edit = find(id)
      if (!edit.ok) return edit
      const isSending = edit.value.writing !== null || edit.value.recreating?.underWay === true
      const unsettled = journal.unanswered(id).length > 0 && !isSending
      const problem = unsettled ? await settleSent(edit.value, journal, signal) : null
      return problem === null ? reviewEdit(edit.value, ask, write, signal) : fail(problem)
    },
    async *owners(id, signal) {
      const edit = find(id)
      if (edit.ok) yield* ownersOfEdit(edit.value, signal)
    },
    async impact(id, textVersion, signal) {
      const edit = find(id)
      return edit.ok ? impactOfEdit(edit.value, textVersion, write, signal) : edit
    },
    async dryRun(id, ask, signal) {
      const edit = find(id)
      return edit.ok ? dryRunLive(edit.value, ask, write, dryRuns, signal) : edit
    },
    async submit({ edit: id, ...ask }) {
      const edit = edits.get(id)
      if (edit === undefined) return fail(unknown)
      const created = (next: OpenEdit) => {
        discard(id)
        add(next)
      }
      return submitEdit(edit, ask, { ...write, created })
    },
    async *converge(id, signal) {
      const edit = edits.get(id)
      if (edit !== undefined) yield* convergeStates(edit, signal)
    },
    reveal({ edit: id, ...ask }) {
      const edit = find(id)
      return edit.ok ? revealValue(edit.value, ask) : edit
    },
    revealCommand({ edit: id, plan }) {
      const edit = find(id)
      return edit.ok ? revealCommand(edit.value, plan, commandFacts(edit.value, write)) : edit
    },
    stopSubmit: id => edits.get(id)?.writing?.stop.abort(),
    discard,
    async release(id, lease) {
      const edit = edits.get(id)
      // What came back from disk waits for somebody to decide of it.
      if (edit === undefined || edit.restored !== null || (await isChanged(edit, work))) return
      if (edit.lease === lease && edit.writing === null) discard(id)
    },
    async recreate(id) {
      const edit = find(id)
      if (!edit.ok) return edit
      const isAgain = edit.value.recreating !== null
      const forCreation = await (isAgain ? textInstead(edit.value) : textForCreation(edit.value))
      if (!forCreation.ok) return forCreation
      const creation = beginCreation(edit.value, forCreation.value)
      // What is left to do of a re-creation is this.
      if (isAgain) discard(id)
      return { ok: true, value: takeUp(add(creation)) }
    },
    textInstead,
    goOnAs(id, next) {
      discard(id)
      add(next)
    },
    async openManifest(input, signal) {
      const cluster = clusters.cluster(input.context)
      if (!cluster.ok) return cluster
      const opened = await openManifest(cluster.value, input, work, signal)
      if (!opened.ok) return opened
      if (opened.value.kind === 'several') return { ok: true, value: opened.value }
      return { ok: true, value: { kind: 'opened', opened: takeUp(addManifest(opened.value.edit)) } }
    },
    async againstLive(id, signal) {
      const found = find(id)
      if (!found.ok) return found
      const edit = found.value
      const text = await textForCreation(edit)
      if (!text.ok) return text
      const { context, cluster, session } = edit
      const input = { context, namespace: session.ref.namespace, text: text.value }
      const opened = await openManifest(cluster, input, work, signal)
      if (!opened.ok) return opened
      if (opened.value.kind === 'several') throw new Error('the text of an edit holds one object')
      const next = takeUp(add(opened.value.edit))
      discard(id)
      return { ok: true, value: next }
    },
    async undo(undoing, signal) {
      const { target } = undoing
      const there = openAt(target)
      const isInTheWay = resting.at(target) !== null || (there !== undefined && (await isChanged(there, work)))
      if (isInTheWay) return fail({ code: 'edit-in-the-way' })
      const cluster = clusters.cluster(target.context)
      if (!cluster.ok) return cluster
      const undone = await openUndo(cluster.value, undoing, work, signal)
      if (!undone.ok) return undone
      if (undone.value.kind !== 'opened') return ok(undone.value)
      const { edit, conflicts } = undone.value
      if (there !== undefined) discard(there.session.id)
      return ok({ kind: 'opened', opened: takeUp(add(edit)), conflicts })
    },
    onSubmits: journal.listen,
    write,
    async end() {
      keeper.end()
      life.abort()
      for (const edit of edits.values()) edit.life.abort()
      edits.clear()
      await work.end()
    },
  }
}

function isSameObject(edit: OpenEdit, opened: { readonly ref: ObjectRef }): boolean {
  return edit.session.origin.kind === 'edit' && isSameRef(edit.session.ref, opened.ref)
}

function isSameRef(a: ObjectRef, b: ObjectRef): boolean {
  return (
    a.cluster === b.cluster &&
    a.uid === b.uid &&
    a.group === b.group &&
    a.version === b.version &&
    a.subresource === b.subresource
  )
}
