import type { CompletionList, Hover, Position } from 'yaml-language-server'
import type { SchemaFinding } from './judge.ts'
import type { ContentChange, SchemaServer, ServerSchema } from './schema-server.ts'

/** The requests of the Language Server Protocol that the schema's server answers, and the one of our own. */
export type Requests = {
  readonly 'textDocument/completion': {
    readonly params: { readonly position: Position }
    readonly result: CompletionList
  }
  readonly 'textDocument/hover': { readonly params: { readonly position: Position }; readonly result: Hover | null }
  readonly 'textDocument/diagnostic': {
    readonly params: Record<never, never>
    readonly result: { readonly items: readonly SchemaFinding[] }
  }
  readonly 'patchbay/schema': { readonly params: { readonly schema: ServerSchema | null }; readonly result: null }
}

type Notifications = {
  readonly 'textDocument/didOpen': { readonly textDocument: { readonly text: string } }
  readonly 'textDocument/didChange': { readonly contentChanges: ContentChange[] }
}

export type Method = keyof Requests

type Request = {
  [M in Method]: { readonly id: number; readonly method: M; readonly params: Requests[M]['params'] }
}[Method]
type Notification = {
  [M in keyof Notifications]: { readonly method: M; readonly params: Notifications[M] }
}[keyof Notifications]

/** A message of the page to its worker: nobody else can send it one. */
export type ToServer = Request | Notification

/** The answer to a request. `error` is a bug's. */
export type FromServer = { readonly id: number; readonly result: unknown }

/**
 * Has a server do what messages ask for, one after another; `answer` gets what they ask to know. A text over which the
 * server stumbles is one that it says nothing of.
 */
export function serveMessages(
  server: SchemaServer,
  answer: (message: FromServer) => void,
): (message: ToServer) => Promise<void> {
  let last = Promise.resolve()
  return message => {
    last = last.then(async () => {
      const result = await perform(server, message).catch(error => {
        console.error(error)
        return nothing[message.method]
      })
      if ('id' in message) answer({ id: message.id, result })
    })
    return last
  }
}

const nothing: Readonly<Record<ToServer['method'], unknown>> = {
  'textDocument/completion': { items: [], isIncomplete: false },
  'textDocument/hover': null,
  'textDocument/diagnostic': { items: [] },
  'patchbay/schema': null,
  'textDocument/didOpen': null,
  'textDocument/didChange': null,
}

async function perform(server: SchemaServer, message: ToServer): Promise<Requests[Method]['result']> {
  switch (message.method) {
    case 'textDocument/completion':
      return server.complete(message.params.position)
    case 'textDocument/hover':
      return server.hover(message.params.position)
    case 'textDocument/diagnostic':
      return { items: await server.check() }
    case 'patchbay/schema':
      server.setSchema(message.params.schema)
      return null
    case 'textDocument/didOpen':
      server.open(message.params.textDocument.text)
      return null
    case 'textDocument/didChange':
      server.change(message.params.contentChanges)
      return null
  }
}
