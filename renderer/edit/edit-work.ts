import { type ChangeSet, Text } from '@codemirror/state'
import type { EditState, LiveObject, OpenedEdit } from '../../contract/edit.ts'
import { ownChoice } from '../../contract/own-choice.ts'
import type { OwnersState } from '../../contract/owners.ts'
import type { Submitted } from '../../contract/review.ts'
import type { WriteChoice } from '../../contract/strategy.ts'
import type { Path } from '../../core/path.ts'
import type { QuickEdit } from '../../core/quick/quick-edit.ts'
import type { SecretData } from '../../core/secret-data.ts'
import { changedRanges } from '../../core/text-diff.ts'
import { answer, type Host } from '../app/client.ts'
import { afterPaint } from '../app/pause.ts'
import { unasked } from '../dry-run/state.ts'
import { createJsonView, type JsonView, noJson } from '../json-view/json-view.ts'
import { changeByQuickEdit } from '../quick/change-text.ts'
import { type AidPlace, startAids } from './aids.ts'
import { setLineChanges } from './change-gutter.ts'
import type { Made } from './decisions.ts'
import { editAids } from './edit-aids.ts'
import { createSnapshot, type EditShared, type EditSnapshot } from './edit-shared.ts'
import { createEditor, type Editor, type EditorOptions, pageNonce } from './editor.ts'
import { createInspecting } from './inspecting.ts'
import { createMoves } from './moves.ts'
import { createOnward, savedBefore } from './onward.ts'
import { mapProblems, mapWarnings } from './placed-problems.ts'
import { createReporter, type Reporter } from './reporter.ts'
import type { Excerpt } from './result-preview.ts'
import { createReviews } from './reviews.ts'
import { createSecretView } from './secret-view.ts'
import type { Decision } from './settle.ts'
import { doTextTask } from './text-worker.ts'
import { createWatching } from './watching.ts'

/** What the tab hears. */
export type EditEvents = {
  readonly onMoved: (opened: OpenedEdit) => void
  readonly onClosed: () => void
}

/** How the editor is shown. */
export type ShowHow = Pick<EditorOptions, 'words' | 'describedBy' | 'readOnly' | 'actOnOthers'> &
  Pick<AidPlace, 'messages' | 'settings' | 'run' | 'showObject'>

/** One open edit at work: its editor, its reports to the host, and the way from typing to saved. */
export type EditWork = {
  readonly state: () => EditSnapshot
  readonly subscribe: (listener: () => void) => () => void
  /** Puts the editor into the page; the returned function takes it out. Once at a time. */
  readonly show: (parent: HTMLElement, how: ShowHow) => () => void
  readonly editor: () => Editor | null
  /** Makes a review of the text, written as chosen before, or as `choice` says from now on. */
  readonly review: (choice?: WriteChoice) => Promise<void>
  /** Another choice, from within a review: that stays until the new one is there. The newest choice wins. */
  readonly choose: (choice: WriteChoice) => Promise<void>
  /** No more of a choice that is on its way or was refused: the review on screen is the one that counts. */
  readonly dropChoice: () => void
  readonly acknowledge: (acknowledged: boolean) => void
  /** Why the change is made; forgotten once it is saved. */
  readonly giveReason: (reason: string) => void
  /** Sends the reviewed plan, with what was typed to confirm it where the cluster's guard wants that. */
  readonly submit: (confirmation?: string) => Promise<void>
  /** Lets the submit under way wait for nothing any longer. Its answer still comes. */
  readonly stopSubmit: () => void
  /** From the review, or from waiting for one, back to the editor. */
  readonly back: () => void
  readonly discard: () => Promise<void>
  /** Begins a creation from the text. */
  readonly recreate: () => Promise<void>
  /** Goes on with the text as a manifest against the object that has its name already. */
  readonly againstLive: () => Promise<void>
  /** Goes on with the object that a re-creation has made. */
  readonly goOnAsMade: () => Promise<void>
  /** Opens the object anew and brings the changes of the text over. */
  readonly reopen: () => Promise<void>
  /** Takes the right to write from another page; its text comes in as one step that can be undone. */
  readonly takeOver: () => Promise<void>
  /**
   * Moves the text onto what is live, with what others changed, and as decided where both did; undecided conflicts are
   * shown as a refusal. Nothing is sent. Only while editing.
   */
  readonly settle: (decisions: readonly Decision[], seen?: LiveObject) => Promise<void>
  /** Told what the host says of the edit and of the object on the server, whenever something of it changes. */
  readonly heard: (told: EditState) => void
  /** Whether what others change shall come into the text by itself. */
  readonly comeAtOnce: (atOnce: boolean) => void
  /** Told of the owners of the object as it is live. */
  readonly heardOwners: (owners: OwnersState) => void
  /** Opens the conflict view, of what is live this very moment. */
  readonly decide: () => Promise<void>
  /** Keeps what was decided so far. */
  readonly make: (made: readonly Made[]) => void
  /** How the text will stand at these places, as decided so far; null of a Secret. */
  readonly preview: (
    live: LiveObject,
    decisions: readonly Decision[],
    at: readonly Path[],
  ) => Promise<readonly Excerpt[] | null>
  /** Shows the values of a Secret so, as one step that undo takes back. Only while editing. */
  readonly showSecretAs: (secretData: SecretData) => Promise<void>
  /** Told of every change of the text while the editor is in the page; the returned function ends that. */
  readonly onText: (listener: (changes: ChangeSet) => void) => () => void
  /** The same text as JSON. */
  readonly json: JsonView
  /** Makes a quick edit in the text, as one step that undo takes back, and goes on to its review. */
  readonly quick: (edit: QuickEdit) => Promise<void>
  /** Puts the word away that the text was saved or moved. */
  readonly dismiss: () => void
  /** Sends what is unsent, at once. */
  readonly flush: () => Promise<unknown>
  /** Goes on as another edit, which the host has begun from this one's text. */
  readonly goOnAs: (edit: string) => Promise<void>
  readonly end: () => void
}

/** Takes up an edit. */
export function startEdit(opened: OpenedEdit, host: Host, events: EditEvents): EditWork {
  const { edit } = opened
  const { client } = host
  const opening = Text.of(opened.text.split(/\r\n?|\n/))
  let editor: Editor | null = null
  // The text while no editor is on screen.
  let resting = opening
  let ended = false
  const text = () => editor?.view.state.doc ?? resting

  function makeReporter(lease: number, textVersion: number): Reporter {
    return createReporter({
      edit,
      lease,
      textVersion,
      document: text,
      secretData: () => snapshot.state().secretData,
      send: report => answer(client.edit.report(report)),
      onState: report => snapshot.enter({ report }),
    })
  }
  let reporter = makeReporter(opened.lease, opened.textVersion)
  const snapshot = createSnapshot({
    base: opened.base,
    baseVersion: opened.baseVersion,
    applied: opened.applied,
    lease: opened.lease,
    secretData: opened.secretData,
    inspection: null,
    lines: [],
    fresh: false,
    served: [],
    warned: [],
    report: reporter.state(),
    live: null,
    keptVersion: -1,
    flow: savedBefore(opened),
    dryRun: unasked,
    owners: null,
    owned: null,
    partly: opened.steps && { steps: opened.steps, saved: null },
    choice: ownChoice,
    reason: '',
    others: null,
    came: [],
    made: [],
    json: noJson,
    lineBreaksChanged: opening.toString() !== opened.text,
  })
  const { state, enter, go } = snapshot
  const shared: EditShared = {
    opened,
    client,
    state,
    enter,
    go,
    text,
    editor: () => editor,
    reporter: () => reporter,
    ended: () => ended,
  }
  const inspecting = createInspecting(shared)
  const json = createJsonView(shared, snapshot.subscribe)
  const reviews = createReviews(shared, {
    inspecting,
    settled: () => json.settled().then(moves.settled),
    disputed: () => void watching.decide(),
    saved,
  })
  const { refuse } = reviews
  const moves = createMoves(shared, inspecting, { refuse, jsonAsShown: json => secrets.jsonAsShown(json) })
  const secrets = createSecretView(shared, inspecting, { settled: () => json.settled().then(moves.settled), refuse })
  const onward = createOnward(shared, {
    refuse,
    jsonAsShown: json => secrets.jsonAsShown(json),
    onMoved: events.onMoved,
  })
  const watching = createWatching(shared, inspecting, { moves, jsonAsShown: secrets.jsonAsShown })

  async function saved(result: Extract<Submitted, { kind: 'saved' }>, reviewed: string): Promise<void> {
    const { steps } = result
    const isPart = steps !== null && steps.left.length > 0
    // The reason is that of the whole edit; how it is written was chosen for one step.
    enter(
      isPart ? { choice: ownChoice } : { reason: '', choice: { ...state().choice, changeCause: null }, partly: null },
    )
    if (result.edit !== edit) return onward.goOnAs(result)
    // A manifest is its author's: what is saved does not come into it.
    if (opened.origin === 'manifest') {
      enter({ applied: reviewed })
      void inspecting.inspect()
      return go({ kind: 'saved', saved: { result, created: false, text: 'stays', kept: [] } })
    }
    const moved = result.deleted ? null : await moves.moveOnto(result, reviewed)
    const saved = { result, created: false, text: moved === null ? 'left' : 'moved', kept: moved?.kept ?? [] } as const
    go({ kind: 'saved', saved })
    if (!isPart) return
    enter({ partly: { steps, saved } })
    // What could not be brought together is for the person to see first; nothing can be sent to what is gone.
    if (moved !== null && moved.kept.length === 0) await reviews.review()
  }

  async function takeOver(): Promise<void> {
    const next = await answer(client.edit.resume({ edit }))
    if (!next.ok) return refuse(next.problem)
    reporter.end()
    const { base, baseVersion, lease, secretData } = next.value
    // One step, so that one undo brings this page's own text back; only what differs, so that the cursor stays.
    const theirs = next.value.text
    const differences = changedRanges(text().toString(), theirs)
    editor?.showAs(
      differences.map(({ fromA, toA, fromB, toB }) => ({ from: fromA, to: toA, insert: theirs.slice(fromB, toB) })),
      secretData,
    )
    reporter = makeReporter(lease, next.value.textVersion)
    enter({ base, baseVersion, lease, secretData, report: reporter.state() })
    void inspecting.inspect()
  }

  const textListeners = new Set<(changes: ChangeSet) => void>()
  function textChanged(changes: ChangeSet, moved: boolean): void {
    const { served, warned } = state()
    if (served.length > 0) enter({ served: mapProblems(served, changes) })
    if (warned.length > 0) enter({ warned: mapWarnings(warned, changes) })
    inspecting.textChanged(moved)
    watching.textChanged()
    json.yamlChanged()
    for (const listener of [...textListeners]) listener(changes)
  }

  const stopListening = host.subscribe(() => {
    if (host.state().kind === 'open') reporter.reconnected()
  })
  if (state().lineBreaksChanged) reporter.retyped()
  // A text just opened is seen before it is read.
  const stopReading = afterPaint(() => void inspecting.inspect())

  return {
    state,
    subscribe: snapshot.subscribe,
    show: (parent, how) => {
      const shown = createEditor({
        ...how,
        parent,
        text: resting.toString(),
        nonce: pageNonce(),
        secretData: state().secretData,
        aids: startAids(editAids, { ...shared, ...how, subscribe: snapshot.subscribe }),
        onChange: (changes, moved) => {
          if (moved) secrets.moved()
          else reporter.changed(changes)
          textChanged(changes, moved)
        },
        onShown: change => {
          textChanged(change.changes, false)
          secrets.shown(change)
        },
      })
      // Whoever leads to a place of the text means the text that is on screen.
      const goTo = (offset: number) => (state().json.shown ? void json.goTo(offset) : shown.goTo(offset))
      editor = { ...shown, goTo }
      const { lines, fresh } = state()
      if (fresh) shown.view.dispatch({ effects: setLineChanges.of(lines) })
      return () => {
        resting = shown.view.state.doc
        editor = null
        shown.end()
      }
    },
    editor: () => editor,
    json,
    onText: listener => {
      textListeners.add(listener)
      return () => textListeners.delete(listener)
    },
    review: reviews.review,
    choose: reviews.choose,
    dropChoice: () => {
      reviews.stop()
      go({ kind: 'choiceDropped' })
    },
    giveReason: reason => enter({ reason }),
    acknowledge: acknowledged => go({ kind: 'acknowledged', acknowledged }),
    submit: reviews.submit,
    stopSubmit: () => void client.edit.stopSubmit({ edit }),
    back: () => {
      reviews.stop()
      go({ kind: 'back' })
    },
    discard: async () => {
      reporter.end()
      await client.edit.discard({ edit })
      events.onClosed()
    },
    recreate: () => onward.goOnWith(client.edit.recreate),
    againstLive: () => onward.goOnWith(client.edit.againstLive),
    goOnAsMade: () => onward.goOnWith(client.recreation.goOn),
    reopen: onward.reopen,
    takeOver,
    settle: moves.settle,
    showSecretAs: secrets.show,
    heard: watching.heard,
    comeAtOnce: watching.comeAtOnce,
    heardOwners: owners => enter({ owners }),
    decide: async () => {
      const problem = await watching.decide()
      if (problem !== null) refuse(problem)
    },
    make: made => enter({ made }),
    preview: async (live, decisions, at) => {
      const { base } = state()
      const { schema, secret } = opened
      // The lines around a field of a Secret hold its values.
      if (base === null || secret) return null
      const task = { kind: 'preview', base, live: live.base, decisions, at, schema, secret } as const
      return doTextTask({ ...task, text: text().toString() })
    },
    quick: edit => changeByQuickEdit(shared, edit, { inspecting, moves, reviews }),
    dismiss: () => go({ kind: 'typed' }),
    flush: () => reporter.flush(),
    goOnAs: async next => {
      const begun = await answer(client.edit.resume({ edit: next }))
      if (begun.ok) events.onMoved(begun.value)
      else refuse(begun.problem)
    },
    end: () => {
      ended = true
      reviews.stop()
      stopReading()
      inspecting.end()
      watching.end()
      json.end()
      void reporter.flush()
      stopListening()
      snapshot.end()
    },
  }
}
