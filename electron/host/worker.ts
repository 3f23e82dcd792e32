import { parentPort } from 'node:worker_threads'
import { parseJson } from '../../core/json.ts'
import { isObject } from '../../core/object.ts'
import { openApiPatchSchema } from '../../core/patch/index.ts'
import type { PatchSchema } from '../../core/patch/schema.ts'
import type { KindSchema } from './editing/schema.ts'
import { createTasks, type Tasks } from './editing/tasks.ts'
import type { TaskMessage, TaskReply } from './editing/work.ts'

// The entry of the host's worker: it does the tasks it is sent, one after the other.

const tasks = createTasks()
const port = parentPort
if (port === null) throw new Error('this is the entry of a worker')

port.on('message', (message: TaskMessage) => {
  port.postMessage(replyTo(message))
})

function replyTo({ id, name, input, schema }: TaskMessage): TaskReply {
  try {
    // The message's sender has checked that the input is the one of that name.
    const task = tasks[name] as (input: unknown, schema: PatchSchema | null) => ReturnType<Tasks[typeof name]>
    return { id, output: task(input, schemaOf(schema)) }
  } catch (error) {
    return { id, error }
  }
}

/** The schema made last: the tasks of one review come one after the other. */
let made: { readonly of: NonNullable<KindSchema['document']>; readonly schema: PatchSchema } | null = null

function schemaOf(of: KindSchema['document']): PatchSchema | null {
  if (of === null) return null
  if (made?.of.name === of.name && made.of.document === of.document) return made.schema
  const document = parseJson(of.document)
  if (!document.ok || !isObject(document.value)) throw new Error('the document of a schema is a JSON object')
  const schema = openApiPatchSchema(document.value, of.name)
  if (!schema.ok) throw new Error(`the document of a schema is whole: ${schema.problem.code}`)
  made = { of, schema: schema.value }
  return made.schema
}
