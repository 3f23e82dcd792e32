import { Worker } from 'node:worker_threads'
import type { KindSchema } from './schema.ts'
import { createTasks, type TaskInput, type TaskName, type TaskOutput } from './tasks.ts'

/** UTF-16 units. Below, a message to a worker and back would take longer than the task itself. */
const longestInProcess = 64_000

/** What a task is done with. `size` is about how many characters it works on. */
export type TaskOptions = { readonly kindSchema: KindSchema; readonly size: number; readonly signal: AbortSignal }

/** Does the long computations of edits: small ones here, large ones in a worker of its own, which starts at the first of them. */
export type Work = {
  /** Throws the signal's reason when it is aborted; a bug in a task, or the worker's crash, throws here too. */
  readonly run: <Name extends TaskName>(
    name: Name,
    input: TaskInput<Name>,
    options: TaskOptions,
  ) => Promise<TaskOutput<Name>>
  /** Ends the worker; what it is doing fails. */
  readonly end: () => Promise<void>
}

/** What the worker is asked. The schema travels as the small document that it is made from. */
export type TaskMessage = {
  readonly id: number
  readonly name: TaskName
  readonly input: unknown
  readonly schema: KindSchema['document']
}

/** What the worker answers: a task's output, or what it threw. */
export type TaskReply =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: unknown }

/** Work without a worker yet. */
export function createWork(): Work {
  const tasks = createTasks()
  let crew: Crew | null = null
  return {
    async run(name, input, { kindSchema, size, signal }) {
      signal.throwIfAborted()
      if (size <= longestInProcess) return tasks[name](input, kindSchema.schema)
      if (crew === null || crew.ended()) crew = hire()
      // The worker answers with what the task of that name gave.
      return (await crew.ask({ name, input, schema: kindSchema.document }, signal)) as TaskOutput<typeof name>
    },
    async end() {
      await crew?.end()
    },
  }
}

type Crew = {
  readonly ask: (task: Omit<TaskMessage, 'id'>, signal: AbortSignal) => Promise<unknown>
  readonly ended: () => boolean
  readonly end: () => Promise<void>
}

type Waiting = { readonly resolve: (output: unknown) => void; readonly reject: (error: unknown) => void }

/** One worker and those who wait for it. After a crash, which fails them all, it has ended. */
function hire(): Crew {
  const worker = new Worker(workerFile())
  const waiting = new Map<number, Waiting>()
  let asked = 0
  let over: unknown = null
  const finish = (reason: unknown) => {
    over ??= reason
    for (const { reject } of waiting.values()) reject(over)
    waiting.clear()
  }
  worker.on('message', (reply: TaskReply) => {
    const asker = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('error' in reply) asker?.reject(reply.error)
    else asker?.resolve(reply.output)
  })
  worker.on('error', finish)
  worker.on('exit', code => finish(new Error(`the worker ended by itself (${code})`)))
  return {
    ask: (task, signal) =>
      new Promise((resolve, reject) => {
        const id = asked++
        // A dropped task is still computed: the next one waits for it, but nobody waits for its answer.
        const drop = () => {
          waiting.delete(id)
          reject(signal.reason)
        }
        const settle =
          <Value>(done: (value: Value) => void) =>
          (value: Value) => {
            signal.removeEventListener('abort', drop)
            done(value)
          }
        worker.postMessage({ ...task, id } satisfies TaskMessage)
        signal.addEventListener('abort', drop, { once: true })
        waiting.set(id, { resolve: settle(resolve), reject: settle(reject) })
      }),
    ended: () => over !== null,
    async end() {
      finish(new Error('the host ends'))
      await worker.terminate()
    },
  }
}

/** The worker's entry: as source beside this folder; built, beside the host's entry, whose shared parts lie in `chunks`. */
function workerFile(): URL {
  const here = import.meta.url
  if (here.endsWith('.ts')) return new URL('../worker.ts', here)
  return new URL(here.includes('/chunks/') ? '../worker.js' : './worker.js', here)
}
