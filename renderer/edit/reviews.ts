import type { Submitted } from '../../contract/review.ts'
import type { WriteChoice } from '../../contract/strategy.ts'
import type { Problem } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { pause } from '../app/pause.ts'
import type { EditShared } from './edit-shared.ts'
import type { Inspecting } from './inspecting.ts'
import { placeProblems, placeWarnings } from './placed-problems.ts'

/** The way from a text to its review, to other choices of how it is written, and to the submit. */
export type Reviews = {
  readonly review: (choice?: WriteChoice) => Promise<void>
  readonly choose: (choice: WriteChoice) => Promise<void>
  readonly submit: (confirmation?: string) => Promise<void>
  /** Says why something cannot be done, and leads to where it can be helped. */
  readonly refuse: (problem: Problem) => void
  /** Waits for no review any longer. */
  readonly stop: () => void
}

/** What reviews need of an edit's other parts. */
export type ReviewsNeed = {
  readonly inspecting: Inspecting
  /** Waits for a move of the text that is under way. */
  readonly settled: () => Promise<void>
  /** Told of a refusal since both sides changed the same. */
  readonly disputed: () => void
  /** Told of what was saved, and of the text that had been reviewed. */
  readonly saved: (result: Extract<Submitted, { kind: 'saved' }>, reviewed: string) => Promise<void>
}

/** Arrow keys walk over the choices: only the one where they rest this long, in milliseconds, is asked for. */
const restOfChoice = 150

/** The reviews of one open edit. */
export function createReviews(shared: EditShared, { inspecting, settled, disputed, saved }: ReviewsNeed): Reviews {
  const { opened, client, state, enter, go, text, editor, reporter } = shared
  const { edit } = opened
  let asked: AbortController | null = null

  async function review(choice = state().choice): Promise<void> {
    if (state().flow.kind === 'asking') return
    await settled()
    if (state().json.ahead) return
    const inspection = state().fresh ? state().inspection : await inspecting.inspectNow()
    if (inspection === null || inspection.problems.length > 0) return
    // What is taken over by force is decided for one review; the text, and who owns what, may be others now.
    const unforced = choice === state().choice ? { ...choice, force: false } : choice
    enter({ served: [], warned: [], choice: unforced })
    go({ kind: 'asked' })
    const result = await ask(unforced, 0)
    if (result === null) return
    if (!result.ok) return refuse(result.problem)
    enter({ warned: placeWarnings(result.value.review.warnings) })
    go({ kind: 'reviewed', review: result.value.review, text: result.value.text })
  }

  async function choose(choice: WriteChoice): Promise<void> {
    const { flow } = state()
    if (flow.kind !== 'review' || flow.submitting) return
    go({ kind: 'choosing', choice })
    const result = await ask(choice, restOfChoice)
    if (result === null) return
    if (!result.ok) {
      if (state().flow.kind === 'review') go({ kind: 'choiceRefused', problem: result.problem })
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
        go(state().flow.kind === 'review' ? { kind: 'choiceDropped' } : { kind: 'back' })
        throw error
      })
    return stop.signal.aborted ? null : result
  }

  async function askReview(choice: WriteChoice, signal: AbortSignal) {
    for (let attempt = 1; ; attempt += 1) {
      const flushed = await reporter().flush()
      if (!flushed.ok) return flushed
      const reviewed = text().toString()
      const { textVersion } = flushed.value
      const result = await answer(client.edit.review({ edit, textVersion, choice }, { signal }))
      if (result.ok) return { ok: true, value: { review: result.value, text: reviewed } } as const
      if (result.problem.code !== 'text-behind' || attempt > 1) return result
      reporter().retyped()
    }
  }

  function refuse(problem: Problem): void {
    const served = placeProblems([problem]).filter(place => place.from !== null)
    enter({ served })
    go({ kind: 'refused', problem })
    // The message takes room from the editor: where the person was, or has to look, must not slip out of sight.
    const shown = editor()
    shown?.reveal(served[0]?.from ?? shown.view.state.selection.main.head)
    if (problem.code === 'merge-conflict') disputed()
  }

  async function submit(confirmation: string | null = null): Promise<void> {
    const before = state().flow
    go({ kind: 'submitted' })
    const { flow } = state()
    if (flow === before || flow.kind !== 'review') return
    const { review, acknowledged } = flow
    const reason = state().reason.trim() || null
    const result = await answer(
      client.edit.submit({ edit, plan: review.plan, acknowledged, confirmation, reason }),
    ).catch(error => {
      refuse({ code: 'outcome-unknown', detail: String(error) })
      throw error
    })
    if (!result.ok) return refuse(lostOrRefused(result.problem))
    if (result.value.kind === 'review-again') return go({ ...result.value, kind: 'reviewAgain' })
    await saved(result.value, flow.text)
  }

  return { review, choose, submit, refuse, stop: () => asked?.abort() }
}

/** A submit whose answer never came may have been carried out: that is not the same as a host that never heard of it. */
function lostOrRefused(problem: Problem): Problem {
  return problem.code === 'host-gone' ? { code: 'outcome-unknown', detail: 'host-gone' } : problem
}
