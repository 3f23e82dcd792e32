import { Text } from '@codemirror/state'
import type { OpenedEdit, Submitted } from '../../contract/edit.ts'
import { ownChoice, type WriteChoice } from '../../contract/strategy.ts'
import type { Problem, Result } from '../../core/problem.ts'
import type { TextChange } from '../../core/session.ts'
import { changedRanges } from '../../core/text-diff.ts'
import { answer, type Host } from '../app/client.ts'
import { setLineChanges } from './change-gutter.ts'
import { createEditor, type Editor, type EditorWords, pageNonce } from './editor.ts'
import { editing, type Flow, type FlowEvent, stepFlow } from './flow.ts'
import {
  mapProblems,
  mapWarnings,
  type PlacedProblem,
  type PlacedWarning,
  placeProblems,
  placeWarnings,
} from './placed-problems.ts'
import { changeSet, createReporter, type Reporter, type ReportState } from './reporter.ts'
import type { Decision } from './settle.ts'
import type { Inspection } from './text-tasks.ts'
import { doTextTask } from './text-worker.ts'

/** All that the tab draws beside the text itself. */
export type EditSnapshot = {
  /** JSON of what the text is compared with, and its resourceVersion; both null for a creation. */
  readonly base: string | null
  readonly baseVersion: string | null
  readonly lease: number
  /** What was last found out about the text; null before the first time. `fresh` when it is of the text as it is now. */
  readonly inspection: Inspection | null
  readonly fresh: boolean
  /** What the server said about places of the text at the last review or submit. */
  readonly served: readonly PlacedProblem[]
  /** What the server warned of at the last review, where it named a place. */
  readonly warned: readonly PlacedWarning[]
  readonly report: ReportState
  readonly flow: Flow
  /** How the person wants this edit to be written, for as long as it is open. */
  readonly choice: WriteChoice
  /** True when the text came with other line breaks than `\n`. */
  readonly lineBreaksChanged: boolean
}

/** What the tab hears. */
export type EditEvents = {
  readonly onMoved: (opened: OpenedEdit) => void
  readonly onClosed: () => void
}

/** One open edit at work: its editor, its reports to the host, and the way from typing to saved. */
export type EditWork = {
  readonly state: () => EditSnapshot
  readonly subscribe: (listener: () => void) => () => void
  /** Puts the editor into the page; the returned function takes it out. Once at a time. */
  readonly show: (parent: HTMLElement, words: EditorWords, describedBy: string, readOnly: boolean) => () => void
  readonly editor: () => Editor | null
  /** Makes a review of the text, written as chosen before, or as `choice` says from now on. */
  readonly review: (choice?: WriteChoice) => Promise<void>
  /** Another choice, from within a review: that stays until the new one is there. The newest choice wins. */
  readonly choose: (choice: WriteChoice) => Promise<void>
  /** No more of a choice that is on its way or was refused: the review on screen is the one that counts. */
  readonly dropChoice: () => void
  readonly acknowledge: (acknowledged: boolean) => void
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
  /** Opens the object anew and brings the changes of the text over. */
  readonly reopen: () => Promise<void>
  /** Takes the right to write from another page; its text comes in as one step that can be undone. */
  readonly takeOver: () => Promise<void>
  /**
   * Moves the text onto what is live, with what others changed, and as decided where both did; undecided conflicts are
   * shown as a refusal. Nothing is sent. Only while editing.
   */
  readonly settle: (decisions: readonly Decision[]) => Promise<void>
  /** Puts the word away that the text was saved or moved. */
  readonly dismiss: () => void
  /** Sends what is unsent, at once. */
  readonly flush: () => void
  readonly end: () => void
}

/** Arrow keys walk over the choices: only the one where they rest this long, in milliseconds, is asked for. */
const restOfChoice = 150

/** What was saved by an edit that goes on under another id: the tab that shows the new one says so. */
const savedBefore = new WeakMap<OpenedEdit, Flow>()

/** Takes up an edit. */
export function startEdit(opened: OpenedEdit, host: Host, events: EditEvents): EditWork {
  const { edit } = opened
  const { client } = host
  const listeners = new Set<() => void>()
  const opening = Text.of(opened.text.split(/\r\n?|\n/))
  let editor: Editor | null = null
  // The text while no editor is on screen.
  let resting = opening
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | null = null
  let asked: AbortController | null = null
  let settling: Promise<void> | null = null
  let ended = false
  let reporter = makeReporter(opened.lease, opened.textVersion)
  let state: EditSnapshot = {
    base: opened.base,
    baseVersion: opened.baseVersion,
    lease: opened.lease,
    inspection: null,
    fresh: false,
    served: [],
    warned: [],
    report: reporter.state(),
    flow: savedBefore.get(opened) ?? editing,
    choice: ownChoice,
    lineBreaksChanged: opening.toString() !== opened.text,
  }

  function text(): Text {
    return editor?.view.state.doc ?? resting
  }

  function enter(next: Partial<EditSnapshot>): void {
    state = { ...state, ...next }
    for (const listener of [...listeners]) listener()
  }
  const go = (event: FlowEvent) => enter({ flow: stepFlow(state.flow, event) })
  function makeReporter(lease: number, textVersion: number): Reporter {
    return createReporter({
      edit,
      lease,
      textVersion,
      document: text,
      send: report => answer(client.edit.report(report)),
      onState: report => enter({ report }),
    })
  }

  function textChanged(): void {
    turn += 1
    if (state.fresh) enter({ fresh: false })
    go({ kind: 'typed' })
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void inspect(), text().length > 64 * 1024 ? 300 : 100)
  }

  /** Finds out what is wrong with the text; null when the text changed meanwhile. */
  async function inspect(): Promise<Inspection | null> {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const asked = turn
    const { base } = state
    const inspection = await doTextTask({ kind: 'inspect', ref: opened.ref, base, text: text().toString() })
    if (asked !== turn || base !== state.base || ended) return null
    enter({ inspection, fresh: true })
    editor?.view.dispatch({ effects: setLineChanges.of(inspection.lines) })
    return inspection
  }

  async function inspectNow(): Promise<Inspection | null> {
    for (;;) {
      const inspection = await inspect()
      if (inspection !== null || ended) return inspection
    }
  }

  async function review(choice = state.choice): Promise<void> {
    if (state.flow.kind === 'asking') return
    if (settling !== null) await settling
    const inspection = state.fresh ? state.inspection : await inspectNow()
    if (inspection === null || inspection.problems.length > 0) return
    // What is taken over by force is decided for one review; the text, and who owns what, may be others now.
    const unforced = choice === state.choice ? { ...choice, force: false } : choice
    enter({ served: [], warned: [], choice: unforced })
    go({ kind: 'asked' })
    const result = await ask(unforced, 0)
    if (result === null) return
    if (!result.ok) return refuse(result.problem)
    enter({ warned: placeWarnings(result.value.review.warnings) })
    go({ kind: 'reviewed', review: result.value.review, text: result.value.text })
  }

  async function choose(choice: WriteChoice): Promise<void> {
    if (state.flow.kind !== 'review' || state.flow.submitting) return
    go({ kind: 'choosing', choice })
    const result = await ask(choice, restOfChoice)
    if (result === null) return
    if (!result.ok) {
      if (state.flow.kind === 'review') go({ kind: 'choiceRefused', problem: result.problem })
      return
    }
    enter({ choice, warned: placeWarnings(result.value.review.warnings) })
    go({ kind: 'reviewed', review: result.value.review, text: result.value.text })
  }

  /** Asks for a review, and no more for one asked for before. Null when this one is not wanted any more. */
  async function ask(choice: WriteChoice, rest: number) {
    asked?.abort()
    const stop = new AbortController()
    asked = stop
    const result = await pause(rest, stop.signal)
      .then(() => askReview(choice, stop.signal))
      .catch(error => {
        if (stop.signal.aborted) return null
        go(state.flow.kind === 'review' ? { kind: 'choiceDropped' } : { kind: 'back' })
        throw error
      })
    return stop.signal.aborted ? null : result
  }

  async function askReview(choice: WriteChoice, signal: AbortSignal) {
    for (let attempt = 1; ; attempt += 1) {
      const flushed = await reporter.flush()
      if (!flushed.ok) return flushed
      const reviewed = text().toString()
      const { textVersion } = flushed.value
      const result = await answer(client.edit.review({ edit, textVersion, choice }, { signal }))
      if (result.ok) return { ok: true, value: { review: result.value, text: reviewed } } as const
      if (result.problem.code !== 'text-behind' || attempt > 1) return result
      reporter.retyped()
    }
  }

  function refuse(problem: Problem): void {
    const served = placeProblems([problem]).filter(place => place.from !== null)
    enter({ served })
    go({ kind: 'refused', problem })
    // The message takes room from the editor: where the person was, or has to look, must not slip out of sight.
    editor?.reveal(served[0]?.from ?? editor.view.state.selection.main.head)
  }

  async function submit(confirmation: string | null = null): Promise<void> {
    const before = state.flow
    go({ kind: 'submitted' })
    const { flow } = state
    if (flow === before || flow.kind !== 'review') return
    const { review, acknowledged } = flow
    const result = await answer(client.edit.submit({ edit, plan: review.plan, acknowledged, confirmation })).catch(
      error => {
        refuse({ code: 'outcome-unknown', detail: String(error) })
        throw error
      },
    )
    if (!result.ok) return refuse(lostOrRefused(result.problem))
    if (result.value.kind === 'review-again') return go({ ...result.value, kind: 'reviewAgain' })
    await saved(result.value, flow.text)
  }

  async function saved(result: Extract<Submitted, { kind: 'saved' }>, reviewed: string): Promise<void> {
    if (result.edit !== edit) return goOnAs(result)
    // A manifest is its author's: what is saved does not come into it.
    if (opened.origin === 'manifest')
      return go({ kind: 'saved', saved: { result, created: false, text: 'stays', kept: [] } })
    const moved = result.deleted ? null : await moveOnto(result.base, result.baseVersion, reviewed)
    go({
      kind: 'saved',
      saved: { result, created: false, text: moved === null ? 'left' : 'moved', kept: moved?.kept ?? [] },
    })
  }

  async function goOnAs(result: Extract<Submitted, { kind: 'saved' }>): Promise<void> {
    const next = await answer(client.edit.resume({ edit: result.edit }))
    if (!next.ok) return refuse(next.problem)
    const saved: Flow = { ...editing, saved: { result, created: true, text: 'moved', kept: [] } }
    savedBefore.set(next.value, saved)
    events.onMoved(next.value)
  }

  /** Moves the text onto a newer base. Null, with nothing changed, when that cannot be done. */
  async function moveOnto(onto: string, ontoVersion: string, reviewed: string) {
    for (;;) {
      const asked = turn
      const task = { kind: 'move', from: reviewed, fromJson: false, onto, schema: opened.schema } as const
      const move = await doTextTask({ ...task, text: text().toString() })
      if (asked !== turn) continue
      if (!move.ok) return null
      rebase(move.changes, onto, ontoVersion)
      void inspect()
      return move
    }
  }

  /** Changes the text and the base that it is compared with, in one. */
  function rebase(changes: readonly TextChange[], onto: string, ontoVersion: string): void {
    const fromBase = state.baseVersion
    const set = changeSet(changes, text().length)
    editor?.move(changes)
    enter({ base: onto, baseVersion: ontoVersion, fresh: false })
    if (fromBase !== null) reporter.rebased(set, fromBase, ontoVersion)
  }

  /** One at a time; a review waits for it. */
  function settle(decisions: readonly Decision[]): Promise<void> {
    settling ??= moveOntoLive(decisions).finally(() => {
      settling = null
    })
    return settling
  }

  async function moveOntoLive(decisions: readonly Decision[]): Promise<void> {
    const live = await answer(client.edit.live({ edit }))
    if (!live.ok) return refuse(live.problem)
    const { base: onto, baseVersion } = live.value
    for (;;) {
      const [asked, { base }] = [turn, state]
      if (state.flow.kind !== 'editing' || base === null || ended) return
      const task = { kind: 'settle', base, live: onto, decisions } as const
      const { schema, secret } = opened
      const settlement = await doTextTask({ ...task, text: text().toString(), schema, secret })
      if (asked !== turn || base !== state.base) continue
      if (!settlement.ok) return refuse(settlement.problem)
      const { changes, chosen, came } = settlement.value
      rebase(changes, onto, baseVersion)
      // What the person gives up is the person's own change: one undo brings it back.
      if (chosen.length > 0) editor?.change(chosen)
      enter({ served: [] })
      go({ kind: 'settled', settled: { decisions, came } })
      editor?.view.focus()
      return void inspect()
    }
  }

  /** Hands the text over, and goes on as the edit that the host makes of it. */
  async function goOnWith(begin: typeof client.edit.recreate): Promise<void> {
    const flushed = await reporter.flush()
    const next: Result<OpenedEdit> = flushed.ok ? await answer(begin({ edit })) : flushed
    if (next.ok) events.onMoved(next.value)
    else refuse(next.problem)
  }

  async function reopen(): Promise<void> {
    const { group, version, resource, namespace, name, subresource = null } = opened.ref
    const target = { context: opened.context, group, version, resource, namespace, name, subresource }
    const next = await answer(client.edit.open(target))
    if (!next.ok) return refuse(next.problem)
    const { base, schema, lease, textVersion } = next.value
    if (base === null || state.base === null) return events.onMoved(next.value)
    const task = { kind: 'move', from: state.base, fromJson: true, onto: base, schema } as const
    const move = await doTextTask({ ...task, text: text().toString() })
    if (!move.ok) return refuse(move.problems[0] ?? { code: 'edit-unknown' })
    const carried = changeSet(move.changes, text().length).apply(text()).toString()
    const report = {
      kind: 'retyped',
      edit: next.value.edit,
      lease,
      textVersion: textVersion + 1,
      text: carried,
    } as const
    const told = await answer(client.edit.report(report))
    if (!told.ok) return refuse(told.problem)
    reporter.end()
    events.onMoved({ ...next.value, text: carried, textVersion: told.value.textVersion })
  }

  async function takeOver(): Promise<void> {
    const next = await answer(client.edit.resume({ edit }))
    if (!next.ok) return refuse(next.problem)
    reporter.end()
    const { base, baseVersion, lease } = next.value
    // One step, so that one undo brings this page's own text back; only what differs, so that the cursor stays.
    const theirs = next.value.text
    const differences = changedRanges(text().toString(), theirs)
    editor?.change(
      differences.map(({ fromA, toA, fromB, toB }) => ({ from: fromA, to: toA, insert: theirs.slice(fromB, toB) })),
    )
    reporter = makeReporter(lease, next.value.textVersion)
    enter({ base, baseVersion, lease, report: reporter.state() })
    void inspect()
  }

  const stopListening = host.subscribe(() => {
    if (host.state().kind === 'open') reporter.reconnected()
  })
  if (state.lineBreaksChanged) reporter.retyped()
  void inspect()

  return {
    state: () => state,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show: (parent, words, describedBy, readOnly) => {
      const shown = createEditor({
        parent,
        text: resting.toString(),
        readOnly,
        words,
        describedBy,
        nonce: pageNonce(),
        onChange: (changes, moved) => {
          if (!moved) reporter.changed(changes)
          if (state.served.length > 0) enter({ served: mapProblems(state.served, changes) })
          if (state.warned.length > 0) enter({ warned: mapWarnings(state.warned, changes) })
          textChanged()
        },
      })
      editor = shown
      if (state.inspection !== null && state.fresh) {
        shown.view.dispatch({ effects: setLineChanges.of(state.inspection.lines) })
      }
      return () => {
        resting = shown.view.state.doc
        editor = null
        shown.end()
      }
    },
    editor: () => editor,
    review,
    choose,
    dropChoice: () => {
      asked?.abort()
      go({ kind: 'choiceDropped' })
    },
    acknowledge: acknowledged => go({ kind: 'acknowledged', acknowledged }),
    submit,
    stopSubmit: () => void client.edit.stopSubmit({ edit }),
    back: () => {
      asked?.abort()
      go({ kind: 'back' })
    },
    discard: async () => {
      reporter.end()
      await client.edit.discard({ edit })
      events.onClosed()
    },
    recreate: () => goOnWith(client.edit.recreate),
    againstLive: () => goOnWith(client.edit.againstLive),
    reopen,
    takeOver,
    settle,
    dismiss: () => go({ kind: 'typed' }),
    flush: () => void reporter.flush(),
    end: () => {
      ended = true
      asked?.abort()
      if (timer !== null) clearTimeout(timer)
      void reporter.flush()
      stopListening()
      listeners.clear()
    },
  }
}

/** A submit whose answer never came may have been carried out: that is not the same as a host that never heard of it. */
function lostOrRefused(problem: Problem): Problem {
  return problem.code === 'host-gone' ? { code: 'outcome-unknown', detail: 'host-gone' } : problem
}

/** Waits; rejects at once when it is called off. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  const stop = () => {
    clearTimeout(timer)
    reject(signal.reason)
  }
  signal.addEventListener('abort', stop, { once: true })
  return promise.finally(() => signal.removeEventListener('abort', stop))
}
