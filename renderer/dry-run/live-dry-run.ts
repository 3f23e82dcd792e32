import type { EditorState } from '@codemirror/state'
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import type { LiveDryRun } from '../../contract/live-dry-run.ts'
import type { Result } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import type { Aid, AidPlace } from '../edit/aids.ts'
import type { EditSnapshot } from '../edit/edit-shared.ts'
import { findings, putFindings } from '../edit/findings.ts'
import { findingsOf } from './findings-of.ts'
import { type DryRunState, unasked } from './state.ts'

/** Milliseconds from the last key to the question: longer than it takes to go on typing. */
const pauseMs = 1_000

/** After an answer that says nothing of the text since the server has too much to do. */
const laterMs = 15_000

/** Asks the server in the background what it would say of the text, whenever typing pauses; its words stand on their lines. */
export const liveDryRun: Aid = {
  wanted: settings => settings.liveDryRun,
  extension: place => ViewPlugin.define(view => startAsking(view, place)),
}

function startAsking(view: EditorView, place: AidPlace) {
  let ended = false
  // Whether there is something to ask that was not asked yet.
  let due = true
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | null = null
  let ground = groundOf(place.state())
  const unsubscribe = place.subscribe(consider)
  restart(pauseMs)

  function enter(next: Partial<DryRunState>): void {
    const { dryRun } = place.state()
    const changed = (next.standing ?? dryRun.standing) !== dryRun.standing || (next.told ?? dryRun.told) !== dryRun.told
    if (changed) place.enter({ dryRun: { ...dryRun, ...next } })
  }

  function restart(milliseconds: number): void {
    due = true
    asking?.abort()
    asking = null
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      consider()
    }, milliseconds)
  }

  /** Looks whether it is time to ask: told of every change around the text. */
  function consider(): void {
    if (ended || place.ended()) return
    const state = place.state()
    // A review's refusal of this text says the same.
    if (state.served.length > 0 && found(view.state).length > 0) putFindings(view, 'dry-run', [])
    if (state.flow.kind !== 'editing') {
      if (asking !== null) restart(pauseMs)
      return
    }
    const next = groundOf(state)
    if (next.some((part, index) => part !== ground[index])) {
      ground = next
      enter({ standing: 'old' })
      restart(pauseMs)
    }
    if (!due || timer !== undefined || asking !== null) return
    if (place.opened.readOnly !== null || !state.fresh || state.report.kind !== 'held') return
    if (state.inspection === null || state.inspection.problems.length > 0) return
    if (state.inspection.changed === false) conclude({ kind: 'unchanged' })
    else void ask(state, state.report.textVersion)
  }

  async function ask({ choice }: EditSnapshot, textVersion: number): Promise<void> {
    const stop = new AbortController()
    asking = stop
    enter({ standing: 'asking' })
    const { edit } = place.opened
    const input = { edit, textVersion, choice: { ...choice, force: false } }
    const result = await answer(place.client.edit.dryRun(input, { signal: stop.signal })).catch(error => {
      if (stop.signal.aborted) return null
      asking = null
      throw error
    })
    if (asking !== stop || result === null) return
    asking = null
    take(result)
  }

  function take(result: Result<LiveDryRun>): void {
    if (result.ok) {
      conclude(result.value)
      const isBusy = result.value.kind === 'unasked' && result.value.problem.code === 'rate-limited'
      if (isBusy) restart(laterMs)
    } else if (result.problem.code === 'text-behind' || result.problem.code === 'plan-stale') {
      // The text moved on meanwhile, or is being submitted.
      restart(pauseMs)
    } else {
      conclude({ kind: 'unasked', problem: result.problem })
    }
  }

  function conclude(told: LiveDryRun): void {
    due = false
    enter({ told, standing: 'current' })
    putFindings(view, 'dry-run', findingsOf(told, place, view.state.doc))
  }

  return {
    update(update: ViewUpdate): void {
      if (!update.docChanged) return
      restart(pauseMs)
      const left = untouched(update)
      // An update must not begin another one.
      queueMicrotask(() => {
        if (ended) return
        enter({ standing: 'old' })
        if (left !== null && view.state === update.state) putFindings(view, 'dry-run', left)
      })
    },
    destroy(): void {
      ended = true
      unsubscribe()
      clearTimeout(timer)
      asking?.abort()
      queueMicrotask(() => {
        putFindings(view, 'dry-run', [])
        if (!place.ended()) place.enter({ dryRun: unasked })
      })
    },
  }
}

function found(state: EditorState) {
  return state.field(findings).get('dry-run') ?? []
}

/** What an answer depends on beside the text. */
function groundOf({ baseVersion, others, choice }: EditSnapshot): readonly unknown[] {
  // A review makes its choice anew each time.
  return [baseVersion, others, JSON.stringify(choice)]
}

/** The server's words on lines that a change did not touch; null where it touched none that has any. */
function untouched({ changes, state }: ViewUpdate) {
  const before = found(state)
  if (before.length === 0) return null
  const left = before.filter(({ from, to }) => {
    const [begin, end] = [state.doc.lineAt(from).from, state.doc.lineAt(to).to]
    let touched = false
    changes.iterChangedRanges((_fromA, _toA, fromB, toB) => {
      touched ||= fromB <= end && toB >= begin
    })
    return !touched
  })
  return left.length === before.length ? null : left
}
