import { runTextTask, type TaskAnswer, type TextTask } from './text-tasks.ts'

/** Texts up to this many characters are worked on at once: asking the worker would take longer. */
const smallText = 64 * 1024

type Reply = { readonly id: number; readonly answer?: unknown; readonly error?: string }

let worker: Worker | null = null
let lastId = 0
const waiting = new Map<number, PromiseWithResolvers<unknown>>()

/** Does a task, in the page's worker when its texts are large. One worker serves the whole page and lives as long. */
export async function doTextTask<T extends TextTask>(task: T): Promise<TaskAnswer<T>> {
  if (sizeOf(task) <= smallText) return runTextTask(task)
  const answer = Promise.withResolvers<unknown>()
  lastId += 1
  waiting.set(lastId, answer)
  startedWorker().postMessage({ id: lastId, task })
  // The worker runs the same function on the same task.
  return (await answer.promise) as TaskAnswer<T>
}

function startedWorker(): Worker {
  if (worker !== null) return worker
  worker = new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', (event: MessageEvent<Reply>) => {
    const { id, answer, error } = event.data
    const asked = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) asked?.resolve(answer)
    else asked?.reject(new Error(error))
  })
  worker.addEventListener('error', event => {
    for (const asked of waiting.values()) asked.reject(new Error(event.message || 'the worker did not start'))
    waiting.clear()
  })
  return worker
}

function sizeOf(task: TextTask): number {
  switch (task.kind) {
    case 'inspect':
    case 'dangers':
    case 'takeBack':
      return Math.max(task.text.length, task.base?.length ?? 0)
    case 'move':
      return Math.max(task.text.length, task.onto.length)
    case 'show':
    case 'names':
    case 'check':
    case 'fields':
    case 'change':
    case 'fragment':
      return task.text.length
    case 'settle':
    case 'others':
    case 'preview':
      return Math.max(task.text.length, task.live.length)
    case 'json-sync':
    case 'json-places':
      return Math.max(task.yaml.length, task.json?.length ?? 0)
    case 'export':
      return Math.max(task.text.length, task.base?.length ?? 0)
    case 'compare':
      return Math.max(...[task.left, task.right].map(side => (side.kind === 'text' ? side.text : side.json).length))
    case 'owned':
      return Math.max(task.text.length, task.managedFields.length)
    case 'diff':
      return Math.max(task.before.length, task.after.length)
  }
}
