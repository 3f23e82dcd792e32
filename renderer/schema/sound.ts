import type { FromServer, Method } from './language-messages.ts'

/** Whether a message of the worker is one that its requests can have for an answer. */
export function isAnswer(message: unknown): message is FromServer {
  return isRecord(message) && typeof message.id === 'number'
}

/** Whether a result is what the editor can draw: a worker in disorder must not bring disorder into the page. */
export function isSound(method: Method, result: unknown): boolean {
  switch (method) {
    case 'textDocument/completion':
      return isRecord(result) && isListOf(result.items, item => typeof item.label === 'string')
    case 'textDocument/hover':
      return (
        result === null || (isRecord(result) && isRecord(result.contents) && typeof result.contents.value === 'string')
      )
    case 'textDocument/diagnostic':
      return isRecord(result) && isListOf(result.items, isFinding)
    case 'patchbay/schema':
      return true
  }
}

function isFinding({ from, to, said }: Record<string, unknown>): boolean {
  return typeof from === 'number' && typeof to === 'number' && isRecord(said) && typeof said.kind === 'string'
}

function isListOf(value: unknown, isOne: (one: Record<string, unknown>) => boolean): boolean {
  return Array.isArray(value) && value.every(one => isRecord(one) && isOne(one))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
