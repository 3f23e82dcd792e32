import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Access } from './access.ts'
import { resetPractice, runningPractice, startPractice, stopPractice } from './cluster.ts'
import { PracticeFailure, type Progress } from './failure.ts'
import { defaultDataFolder } from './folders.ts'

const usage = `Usage: npm run practice -- start [--two] [--folder DIR]
       npm run practice -- stop | status | reset [--folder DIR]

  start   starts a practice cluster and keeps it running until Ctrl-C
  stop    stops the one that runs
  status  says whether one runs, and how to reach it
  reset   stops it and removes all its data
  --two   two clusters, the second as context practice-2
  --folder DIR  where its data is kept (default: ${defaultDataFolder()})`

process.exitCode = await main()

async function main(): Promise<number> {
  try {
    return await run(process.argv.slice(2))
  } catch (error) {
    if (error instanceof PracticeFailure) {
      console.error(error.message)
      return 1
    }
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      console.error(`${error.message}\n\n${usage}`)
      return 2
    }
    throw error
  }
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { two: { type: 'boolean' }, folder: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  const folder = values.folder ? resolve(values.folder) : defaultDataFolder()
  const [verb, ...rest] = positionals
  if (values.help) return say(usage)
  if (rest.length > 0) return complain()
  switch (verb) {
    case 'start':
      return start(folder, values.two ? 2 : 1)
    case 'stop':
      return say((await stopPractice(folder)) ? 'The practice cluster is stopped.' : 'No practice cluster was running.')
    case 'reset':
      await resetPractice(folder)
      return say('The practice cluster and its data are gone; the next start makes a new one.')
    case 'status':
      return status(folder)
    default:
      return complain()
  }
}

async function start(folder: string, count: 1 | 2): Promise<number> {
  const ending = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.abort(signal))
  try {
    const practice = await startPractice({ folder, count, signal: ending.signal, onProgress: progressPrinter() })
    console.log(accessText(practice))
    if (practice.joined) return say('It was running already and belongs to the process that started it.')
    const asked = new Promise<null>(resolve =>
      ending.signal.addEventListener('abort', () => resolve(null), { once: true }),
    )
    console.log('Ctrl-C stops it.')
    const failure = ending.signal.aborted ? null : await Promise.race([asked, practice.ended])
    await practice.stop()
    return failure ? complain(failure) : say('The practice cluster is stopped.')
  } catch (error) {
    if (ending.signal.aborted) return say('The start was ended; nothing is left running.')
    throw error
  }
}

function status(folder: string): number {
  const access = runningPractice(folder)
  return access ? say(accessText(access)) : complain('No practice cluster is running.')
}

function accessText(access: Access): string {
  const servers = access.servers.map(server => `  ${server.name}  ${server.url}`).join('\n')
  return [
    'The practice cluster is running.',
    servers,
    `  contexts: ${access.contexts.join(', ')}`,
    `  export KUBECONFIG='${access.kubeconfigPath}'`,
  ].join('\n')
}

// One line that is written over on a terminal; elsewhere a line for each step and each tenth of a build.
function progressPrinter(): (progress: Progress) => void {
  let last = ''
  return ({ step, what, done, total }) => {
    const share = done !== undefined && total ? ` ${Math.floor((done / total) * 100)}%` : ''
    if (process.stderr.isTTY) {
      const line = `${step}${share} ${what}`.slice(0, process.stderr.columns - 1)
      process.stderr.write(`\r\u001b[K${line}${step === 'seed' ? '\n' : ''}`)
      return
    }
    const mark = share
      ? `${step} ${share.trim().replace(/\d%$/, '0%')}`
      : step === 'download'
        ? step
        : `${step} ${what}`
    if (mark === last) return
    last = mark
    console.error(`${step}${share}: ${what}`)
  }
}

function say(text: string): number {
  console.log(text)
  return 0
}

function complain(text: string = usage): number {
  console.error(text)
  return 1
}
