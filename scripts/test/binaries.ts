import { constants, setPriority } from 'node:os'
import { say } from '../bootstrap/say.mjs'
import { buildBinaries } from '../practice/build.ts'
import { PracticeFailure } from '../practice/failure.ts'
import { createProgressLines } from '../practice-lines.ts'

// A process of its own, so that the compiler gives way to the tests that run meanwhile.
setPriority(constants.priority.PRIORITY_LOW)
try {
  await buildBinaries({ onProgress: createProgressLines() })
} catch (error) {
  if (!(error instanceof PracticeFailure)) throw error
  say(error.message)
  process.exitCode = 1
}
