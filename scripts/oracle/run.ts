import { printJson } from '../../core/json.ts'
import type { PatchSchema } from '../../core/patch/index.ts'
import { acceptedDifferences } from './accepted.ts'
import {
  agrees,
  type Comparison,
  compareAnswers,
  compareVerdict,
  type Library,
  type Made,
  makeForJudgement,
  ours,
} from './compare.ts'
import type { Answered, Pair, Verdict } from './pair.ts'
import type { Oracle } from './process.ts'
import type { Schemas } from './schemas.ts'
import { shrink } from './shrink.ts'

/** A pair on which ours and Go differ, as small as it could be made. `pairNumber` makes it again, with the seed. */
export type Failure = { readonly pairNumber: number; readonly pair: Pair; readonly comparison: Comparison }

/** How often each check gave the same value, no value on both sides, or a difference that is meant. */
export type Tally = { equal: number; refused: number; accepted: number; failed: number }

export type OracleRun = {
  readonly oracle: Oracle
  readonly schemas: Schemas
  /** Unsigned, up to 2^53: the same seed makes the same pairs. */
  readonly seed: number
  readonly pairs: number
  readonly first?: number
  readonly library?: Library
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number) => void
  readonly onFailure?: (failure: Failure) => void
  /** Failures of one check after which no more of it are shrunk and told. */
  readonly failuresPerCheck?: number
}

export type OracleReport = {
  readonly pairs: number
  readonly tallies: ReadonlyMap<string, Tally>
  readonly failures: readonly Failure[]
}

const batchSize = 200

/** Makes that many pairs and compares ours with Go on each. Go answers the next batch while ours works on this one. */
export async function runOracle(run: OracleRun): Promise<OracleReport> {
  const { pairs, first = 0, signal, onProgress = () => {} } = run
  const book = new Book(run)
  const batches = Array.from({ length: Math.ceil(pairs / batchSize) }, (_, i) => first + i * batchSize)
  const ask = (from: number | undefined) => (from === undefined ? null : askBatch(run, from, first + pairs))
  let next = ask(batches[0])
  for (const [index, from] of batches.entries()) {
    const batch = await next
    if (batch === null || signal?.aborted) break
    next = ask(batches[index + 1])
    // Whoever ends the oracle in between is told by the await above.
    next?.catch(() => {})
    await book.enter(batch, from)
    onProgress(book.done)
  }
  await next
  return { pairs: book.done, tallies: book.tallies, failures: book.failures }
}

async function askBatch(run: OracleRun, from: number, end: number): Promise<readonly Answered[]> {
  const count = Math.min(batchSize, end - from)
  const request = { make: { seed: run.seed, first: from, count, kinds: [...run.schemas.keys()] } }
  // The program is ours: it answers in the shape of pair.ts.
  return (await run.oracle.ask(printJson(request), count)) as unknown as readonly Answered[]
}

class Book {
  readonly tallies = new Map<string, Tally>()
  readonly failures: Failure[] = []
  done = 0
  private readonly run: OracleRun

  constructor(run: OracleRun) {
    this.run = run
  }

  async enter(batch: readonly Answered[], from: number): Promise<void> {
    const { library = ours, oracle } = this.run
    const made = batch.map(pair => makeForJudgement(pair, this.schemaOf(pair), library))
    const verdicts = Promise.all(made.map(one => askVerdict(oracle, one)))
    const answers = batch.map(pair => compareAnswers(pair, this.schemaOf(pair), library))
    for (const [index, verdict] of (await verdicts).entries()) {
      const [pair, ofPair] = [batch[index], made[index]]
      if (pair === undefined || ofPair === undefined) throw new Error('a verdict of no pair')
      const comparisons = [...(answers[index] ?? []), ...compareVerdict(pair, ofPair, verdict)]
      for (const comparison of comparisons) await this.note(comparison, pair, from + index)
      this.done++
    }
  }

  private async note(comparison: Comparison, pair: Answered, pairNumber: number): Promise<void> {
    const tally = this.tallies.get(comparison.check) ?? { equal: 0, refused: 0, accepted: 0, failed: 0 }
    this.tallies.set(comparison.check, tally)
    const verdict = judge(comparison, pair, this.schemaOf(pair))
    tally[verdict]++
    if (verdict !== 'failed' || tally.failed > (this.run.failuresPerCheck ?? 3)) return
    const { check } = comparison
    const stillFails = async (smaller: Pair) => (await this.compare(smaller)).find(one => one.check === check) ?? null
    const small = await shrink(pair, { ...comparison }, stillFails)
    const failure = { pairNumber, ...small }
    this.failures.push(failure)
    this.run.onFailure?.(failure)
  }

  /** What differs on a pair and is not meant. */
  private async compare(pair: Pair): Promise<readonly Comparison[]> {
    const { library = ours, oracle } = this.run
    const schema = this.schemaOf(pair)
    const [answered] = await oracle.ask(`{"ask":${printJson(pair)}}`, 1)
    const made = makeForJudgement(pair, schema, library)
    const all = [
      // As above, the program is ours.
      ...compareAnswers(answered as unknown as Answered, schema, library),
      ...compareVerdict(pair, made, await askVerdict(oracle, made)),
    ]
    return all.filter(comparison => judge(comparison, pair, schema) === 'failed')
  }

  private schemaOf({ kind }: Pair): PatchSchema {
    const schema = this.run.schemas.get(kind)
    if (schema === undefined) throw new Error(`no schema for ${kind}`)
    return schema
  }
}

function judge(comparison: Comparison, pair: Pair, schema: PatchSchema): keyof Tally {
  if (agrees(comparison)) return comparison.go.value === undefined ? 'refused' : 'equal'
  return acceptedDifferences.some(({ covers }) => covers(comparison, pair, schema)) ? 'accepted' : 'failed'
}

async function askVerdict(oracle: Oracle, { request }: Made): Promise<Verdict> {
  const [verdict] = await oracle.ask(request, 1)
  // As above, the program is ours.
  return verdict as unknown as Verdict
}
