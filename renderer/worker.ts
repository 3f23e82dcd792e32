import { runTextTask, type TextTask } from './edit/text-tasks.ts'

/** The page's one worker: it does tasks on large texts, so that typing and scrolling go on. */
self.addEventListener('message', (event: MessageEvent<{ readonly id: number; readonly task: TextTask }>) => {
  const { id, task } = event.data
  try {
    self.postMessage({ id, answer: runTextTask(task) })
  } catch (error) {
    // A bug; it is thrown where the task was asked for.
    self.postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
