import type { Transport } from '@codemirror/lsp-client'
import type { Method } from './language-messages.ts'
import type { ServerSchema } from './schema-server.ts'
import { isAnswer, isSound } from './sound.ts'

/** How the server stands. `resting`: it failed, and is started again after a while; `stopped`: not by itself any more. */
export type LinkState = 'running' | 'resting' | 'stopped'

/** A worker that speaks the Language Server Protocol as objects. */
export type ServerPort = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'>

export type LinkEvents = {
  readonly onState: (state: LinkState) => void
  /** Another worker has taken over: it knows the schema, not the text. */
  readonly onAnew: () => void
}

/** The way from an editor to its worker, which outlives workers. */
export type ServerLink = {
  readonly transport: Transport
  readonly setSchema: (schema: ServerSchema | null) => void
  /** Starts it once more after it has stopped. */
  readonly retry: () => void
  readonly end: () => void
}

/** The notifications that mean something to the worker; it ends with its only text. */
const told = ['textDocument/didOpen', 'textDocument/didChange']

/** How long a worker may be silent while something is asked, in milliseconds; a large schema takes a while to read. */
const longestSilence = 10_000
const longestReading = 30_000
/** How long it rests before each start after a failure, in milliseconds. After the last it stops. */
const rests = [500, 3_000, 10_000]
/** A worker that has worked so long, in milliseconds, has made good for those that failed before. */
const madeGood = 60_000

/** Which protocol the worker speaks is known: nobody needs to wait for it to say so. */
const capabilities = { textDocumentSync: 2, completionProvider: {}, hoverProvider: true }

/**
 * Starts a worker and keeps one running. What was asked of one that crashed, hung or answered nonsense is answered with
 * nothing, as if it had nothing to say.
 */
export function linkServer(start: () => ServerPort, { onState, onAnew }: LinkEvents): ServerLink {
  const handlers = new Set<(message: string) => void>()
  const asked = new Map<number, Method>()
  let schema: ServerSchema | null = null
  let port: ServerPort | null = null
  let failures = 0
  let startedAt = 0
  let schemaId = 0
  let silence: ReturnType<typeof setTimeout> | undefined
  let rest: ReturnType<typeof setTimeout> | undefined

  const deliver = (message: object) => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message })
    for (const handler of [...handlers]) handler(text)
  }

  function begin(): void {
    startedAt = performance.now()
    const started = start()
    // What one says that is not the worker any more counts for nothing.
    const failed = () => {
      if (port === started) fail()
    }
    started.onmessage = event => {
      if (port === started) hear(event.data)
    }
    started.onerror = event => {
      event.preventDefault()
      failed()
    }
    started.onmessageerror = failed
    port = started
    tellSchema()
    onState('running')
  }

  function tellSchema(): void {
    // Ids of the client's own requests are positive.
    ask({ id: --schemaId, method: 'patchbay/schema', params: { schema } })
  }

  function ask(message: { readonly id: number; readonly method: Method; readonly params: unknown }): void {
    if (port === null) {
      answer(message.id, null)
      return
    }
    asked.set(message.id, message.method)
    port.postMessage(message)
    listen()
  }

  /** Waits for a sign of life as long as there is something to answer. */
  function listen(): void {
    clearTimeout(silence)
    if (asked.size === 0) return
    const isReading = [...asked.values()].includes('patchbay/schema')
    silence = setTimeout(fail, isReading ? longestReading : longestSilence)
  }

  function answer(id: number, result: unknown): void {
    if (id > 0) deliver({ id, result })
  }

  function hear(message: unknown): void {
    const method = isAnswer(message) ? asked.get(message.id) : undefined
    if (!isAnswer(message) || method === undefined || !isSound(method, message.result)) {
      fail()
      return
    }
    asked.delete(message.id)
    listen()
    answer(message.id, message.result)
  }

  function fail(): void {
    stop()
    if (performance.now() - startedAt > madeGood) failures = 0
    const wait = rests[failures]
    failures += 1
    if (wait !== undefined) rest = setTimeout(beginAnew, wait)
    onState(wait === undefined ? 'stopped' : 'resting')
  }

  function stop(): void {
    clearTimeout(silence)
    clearTimeout(rest)
    port?.terminate()
    port = null
    const unanswered = [...asked.keys()]
    asked.clear()
    for (const id of unanswered) answer(id, null)
  }

  function beginAnew(): void {
    begin()
    onAnew()
  }

  function send(text: string): void {
    const message = JSON.parse(text)
    if (message.method === 'initialize') queueMicrotask(() => deliver({ id: message.id, result: { capabilities } }))
    else if ('id' in message) ask(message)
    else if (told.includes(message.method)) port?.postMessage(message)
  }

  begin()
  return {
    transport: {
      send,
      subscribe: handler => handlers.add(handler),
      unsubscribe: handler => handlers.delete(handler),
    },
    setSchema: next => {
      schema = next
      if (port !== null) tellSchema()
    },
    retry: () => {
      if (port !== null) return
      failures = 0
      clearTimeout(rest)
      beginAnew()
    },
    end: () => {
      handlers.clear()
      stop()
    },
  }
}
