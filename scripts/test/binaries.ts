import { writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { say } from '../bootstrap/say.mjs'
import { buildBinaries } from '../practice/build.ts'
import { PracticeFailure } from '../practice/failure.ts'
import { createProgressLines } from '../practice-lines.ts'

// A process of its own, so that the compiler gives way to the tests that run meanwhile.
giveWay()
try {
  await buildBinaries({ onProgress: createProgressLines() })
} catch (error) {
  if (!(error instanceof PracticeFailure)) throw error
  say(error.message)
  process.exitCode = 1
}

function giveWay(): void {
  const { PRIORITY_LOW } = constants.priority
  setPriority(PRIORITY_LOW)
  try {
    // Where Linux shares its processors between sessions first, a process's own priority counts within its session only
    // (sched(7), "The autogroup feature"); this one leads a session.
    writeFileSync('/proc/self/autogroup', String(PRIORITY_LOW))
  } catch {
    // It does not, or this is another system: the priority is enough.
  }
}
