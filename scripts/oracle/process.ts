import { spawn } from 'node:child_process'
import { type Json, parseJson } from '../../core/json.ts'
import { OracleFailure } from './build.ts'

/** The running Go program. It ends when its input does: at `end`, or with this process, however that ends. */
export type Oracle = {
  /** Sends a request and resolves to as many lines of answers. Requests are answered in their order. */
  readonly ask: (request: string, lines: number) => Promise<readonly Json[]>
  readonly end: () => Promise<void>
}

type Asked = { readonly lines: number; readonly answers: Json[]; readonly done: PromiseWithResolvers<readonly Json[]> }

/** Starts the program that `buildOracle` built. A crash of it fails all that was asked, with what it said. */
export function startOracle(program: string): Oracle {
  const child = spawn(program, [], { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  const waiting: Asked[] = []
  let said = ''
  let failure: OracleFailure | null = null
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text
  })
  const take = (line: string) => {
    const [first] = waiting
    if (first === undefined) throw new Error('the oracle answered what nobody asked')
    const answer = parseJson(line)
    if (!answer.ok) throw new Error('the oracle answered what is no JSON')
    first.answers.push(answer.value)
    if (first.answers.length < first.lines) return
    waiting.shift()
    first.done.resolve(first.answers)
  }
  // Not by readline, to which U+2028 inside a text ends a line too.
  let begun = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    const lines = `${begun}${text}`.split('\n')
    begun = lines.pop() ?? ''
    lines.forEach(take)
  })
  const ended = new Promise<void>(resolve => {
    const fail = (reason: string) => {
      failure ??= new OracleFailure(`The oracle ended: ${reason}`)
      for (const { done } of waiting.splice(0)) done.reject(failure)
      resolve()
    }
    child.once('error', error => fail(error.message))
    child.once('close', () => fail(said.trim() || 'it was stopped'))
  })
  // A broken pipe means that it ended, which `ended` tells.
  child.stdin.on('error', () => {})
  return {
    ask(request, lines) {
      if (failure !== null) return Promise.reject(failure)
      const done = Promise.withResolvers<readonly Json[]>()
      waiting.push({ lines, answers: [], done })
      child.stdin.write(`${request}\n`)
      return done.promise
    },
    end() {
      child.stdin.end()
      return ended
    },
  }
}
