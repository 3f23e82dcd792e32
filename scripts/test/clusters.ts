import { say } from '../bootstrap/say.mjs'
import type { Ending } from '../ending.ts'
import { startPractice } from '../practice/cluster.ts'
import { PracticeFailure } from '../practice/failure.ts'
import { handOver } from '../practice/handover.ts'
import { createProgressLines } from '../practice-lines.ts'

/** Starts the pair of practice clusters that all suites of a run share. Answers the value of `PATCHBAY_PRACTICE`. Throws PracticeFailure. */
export async function startClusters(folder: string, ending: Ending): Promise<string> {
  const practice = await startPractice({ folder, count: 2, signal: ending.signal, onProgress: createProgressLines() })
  ending.add(() => practice.stop())
  void practice.ended.then(reason => {
    if (reason !== null) say(`The practice clusters ended during the tests: ${reason}`)
  })
  return handOver(practice)
}

/** Waits for their programs. Throws PracticeFailure where they could not be built. */
export async function waitForBinaries(building: Promise<{ readonly code: number }>): Promise<void> {
  const { code } = await building
  if (code !== 0) throw new PracticeFailure('The practice cluster could not be built: see above.')
}
