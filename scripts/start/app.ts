import { type CommandLine, parseCommandLine } from '../../electron/command-line.mjs'
import { PortTaken } from '../../electron/loopback/ports.ts'
import { ProfileUnusable } from '../../electron/loopback/profile.ts'
import { say } from '../bootstrap/say.mjs'
import { BuildFailed } from '../builder.ts'
import { createEnding } from '../ending.ts'
import { PracticeFailure } from '../practice/failure.ts'
import { runElectron } from './electron.ts'
import { hasElectron } from './electron-runtime.ts'
import { chooseSource } from './kubeconfig.ts'
import { runLoopback } from './loopback.ts'

// What `npm start` runs on Node 24: the app in Electron where its runtime is, else behind a loopback server.
const commandLine = parseCommandLine(process.argv.slice(2))
// start.mjs has read the same words and found them good.
if (typeof commandLine === 'string') throw new Error(commandLine)
const ending = createEnding()
process.exitCode = await start(commandLine)
await ending.end()
process.exit()

async function start(commandLine: CommandLine): Promise<number> {
  const source = chooseSource(commandLine)
  if (source.kind === 'missing') return complain(source.reason)
  try {
    const run = commandLine.open && !commandLine.dev && hasElectron() ? runElectron : runLoopback
    return await run(commandLine, source, ending)
  } catch (error) {
    // Asked to end while still starting: the signal's own exit code counts.
    if (ending.signal.aborted) return 1
    if (error instanceof BuildFailed) return complain(`${error.output}\n${error.message}`)
    if (error instanceof PracticeFailure || error instanceof PortTaken || error instanceof ProfileUnusable)
      return complain(error.message)
    throw error
  }
}

function complain(sentence: string): number {
  say(sentence)
  return 1
}
