import { createEnding } from '../ending.ts'
import { lints, runLint } from './lints.ts'
import { isGood, type Outcome, report } from './outcome.ts'

// `npm run lint`: the checks of the sources alone.
const ending = createEnding()
const outcomes: Outcome[] = []
for (const lint of lints) outcomes.push(await runLint(lint, ending.signal))
process.exitCode = isGood(outcomes) ? 0 : 1
await ending.end()
process.stdout.write(report(outcomes), () => process.exit())
