import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { LiveDryRun } from '../../contract/live-dry-run.ts'
import type { FieldFate } from '../../contract/review.ts'
import type { Problem } from '../../core/problem.ts'
import { stageOf } from '../../core/problem-stage.ts'
import type { AidPlace } from '../edit/aids.ts'
import { placedWords } from '../edit/editor-words.ts'
import { placeProblems, placeWarnings } from '../edit/placed-problems.ts'
import { causeWords, problemWords } from '../parts/problem-words.ts'

type Range = { readonly from: number; readonly to: number }

/** What the server said, on the lines that it speaks of. A refusal that names no place stands at the change, where there is only one. */
export function findingsOf(told: LiveDryRun, place: AidPlace, text: Text): readonly Diagnostic[] {
  switch (told.kind) {
    case 'refused':
      return refusals(told.problem, place, text)
    case 'accepted':
      return [
        ...placeWarnings(told.warnings).map(({ message, ...range }) => ({
          ...range,
          message,
          severity: 'warning' as const,
          source: place.messages.t('dryrun:source.warning'),
        })),
        ...told.fates.flatMap(fate => lost(fate, place, text)),
      ]
    default:
      return []
  }
}

function refusals(problem: Problem, place: AidPlace, text: Text): readonly Diagnostic[] {
  const words = {
    say: (one: Problem) => problemWords(place.messages, one),
    sayCause: causeWords(place.messages),
  }
  const source = sourceOf(problem, place)
  const severity = 'error' as const
  const placed = placeProblems([problem]).flatMap(one =>
    one.from === null || one.to === null
      ? []
      : [{ from: one.from, to: one.to, severity, source, message: placedWords(one, words) }],
  )
  if (placed.length > 0) return placed
  const change = onlyChange(place, text)
  if (change === null) return []
  const message = 'message' in problem && problem.message !== '' ? problem.message : words.say(problem).sentence
  return [{ ...change, severity, source, message }]
}

/** Who said it, as far as the server tells. */
function sourceOf(problem: Problem, { messages }: AidPlace): string {
  if (problem.code === 'admission-denied') {
    if (problem.policy !== null) return messages.t('dryrun:source.policy', { name: problem.policy })
    if (problem.webhook !== null) return messages.t('dryrun:source.webhook', { name: problem.webhook })
  }
  const stage = stageOf(problem)
  if (stage === null) return messages.t('dryrun:source.server')
  return messages.t('dryrun:source.stage', { stage: messages.t(`app:problem.stages.${stage}`) })
}

function lost({ fate, path, answer, line }: FieldFate, { messages }: AidPlace, text: Text): readonly Diagnostic[] {
  if (line === null || line > text.lines) return []
  const message =
    fate === 'ignored'
      ? messages.t('dryrun:ignored', { path })
      : messages.t('dryrun:overridden', { path, answer: answer ?? messages.t('dryrun:absent') })
  return [{ ...lineRange(text, line), message, severity: 'warning', source: messages.t('dryrun:source.server') }]
}

function onlyChange(place: AidPlace, text: Text): Range | null {
  const [change, ...more] = place.state().lines
  if (change === undefined || more.length > 0) return null
  return lineRange(text, Math.min(change.afterFrom + 1, text.lines))
}

/** A line without its indentation. */
function lineRange(text: Text, number: number): Range {
  const line = text.line(number)
  const indent = line.text.length - line.text.trimStart().length
  return { from: line.from + indent, to: line.to }
}
