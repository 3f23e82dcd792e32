import { printJson } from '../../core/json.ts'
import { acceptedDifferences } from './accepted.ts'
import { agrees, type Comparison, type Library, ours, readOutcome } from './compare.ts'
import type { AnsweredText, Pair } from './pair.ts'
import type { Oracle } from './process.ts'
import type { Failure, OracleReport, Tally } from './run.ts'

export type TextsRun = {
  readonly oracle: Oracle
  /** Unsigned, up to 2^53: the same seed makes the same texts. */
  readonly seed: number
  readonly texts: number
  readonly first?: number
  readonly library?: Pick<Library, 'readYaml' | 'printYaml'>
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number) => void
  readonly onFailure?: (failure: Failure) => void
  readonly failuresPerCheck?: number
}

const batchSize = 500

/**
 * Makes that many YAML texts and compares how both sides read each, how ours reads what Go prints of it, and Go what ours
 * prints. Texts that differ are made small.
 */
export async function runTexts(run: TextsRun): Promise<OracleReport> {
  const { oracle, seed, texts, first = 0, signal, onProgress = () => {} } = run
  const tallies = new Map<string, Tally>()
  const failures: Failure[] = []
  let done = 0
  while (done < texts && !signal?.aborted) {
    const count = Math.min(batchSize, texts - done)
    const answers = await oracle.ask(printJson({ texts: { seed, first: first + done, count } }), count)
    // The program is ours: it answers in the shape of pair.ts.
    const batch = await Promise.all((answers as unknown as readonly AnsweredText[]).map(one => compareText(run, one)))
    for (const [index, { text, comparisons }] of batch.entries()) {
      for (const comparison of comparisons) {
        const { check } = comparison
        const tally = tallies.get(check) ?? { equal: 0, refused: 0, accepted: 0, failed: 0 }
        tallies.set(check, tally)
        const verdict = judgeText(comparison, text)
        tally[verdict]++
        if (verdict !== 'failed' || tally.failed > (run.failuresPerCheck ?? 10)) continue
        const small = await shrinkText(run, text, comparison)
        failures.push({ pairNumber: first + done + index, ...small })
        run.onFailure?.({ pairNumber: first + done + index, ...small })
      }
    }
    done += count
    onProgress(done)
  }
  return { pairs: done, tallies, failures }
}

async function compareText(
  { oracle, library = ours }: TextsRun,
  { text, read, printed }: AnsweredText,
): Promise<{ text: string; comparisons: readonly Comparison[] }> {
  const comparisons: Comparison[] = [{ check: 'read', go: read, ours: readOutcome(library, text) }]
  if (read.value === undefined) return { text, comparisons }
  if (typeof printed.value === 'string') {
    comparisons.push({ check: 'print', go: read, ours: readOutcome(library, printed.value) })
  }
  const [again] = await oracle.ask(printJson({ read: library.printYaml(read.value) }), 1)
  // As above.
  comparisons.push({ check: 'printedYaml', go: read, ours: (again as unknown as AnsweredText).read })
  return { text, comparisons }
}

function judgeText(comparison: Comparison, text: string): keyof Tally {
  if (agrees(comparison)) return comparison.go.value === undefined ? 'refused' : 'equal'
  return acceptedDifferences.some(({ covers }) => covers(comparison, pairOf(text), null)) ? 'accepted' : 'failed'
}

/** What a row is printed of. */
function pairOf(text: string): Pair {
  return { kind: '', original: {}, modified: {}, current: {}, text }
}

/** Takes lines and then characters away as long as the two sides still differ. */
async function shrinkText(run: TextsRun, text: string, comparison: Comparison): Promise<Omit<Failure, 'pairNumber'>> {
  let best = { text, comparison }
  for (const cut of [/(?<=\n)/, '']) {
    for (let at = 0; at < best.text.split(cut).length; ) {
      const smaller = best.text.split(cut).toSpliced(at, 1).join('')
      const [answer] = await run.oracle.ask(printJson({ read: smaller }), 1)
      // As above.
      const { comparisons } = await compareText(run, answer as unknown as AnsweredText)
      const still = comparisons.find(one => one.check === comparison.check && judgeText(one, smaller) === 'failed')
      if (still === undefined) at++
      else best = { text: smaller, comparison: still }
    }
  }
  return { pair: pairOf(best.text), comparison: best.comparison }
}
