import type { Readable } from 'node:stream'
import { BodyTooLarge, largestBody } from '../clusters/body.ts'

const quote = 0x22
const backslash = 0x5c
const openBracket = 0x5b
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

// Table { rows [ row { object { metadata { managedFields [ entry { fieldsV1 {
const rowPart = 4
const fieldSet = 8

/**
 * Reads a Table's body, leaving out what lists do not look at: the field sets of managedFields, which are most of the
 * bytes and which no server leaves out when asked for metadata. By the structure of JSON alone: whatever lies deeper in
 * a row's object than an entry of its managedFields is dropped as it arrives, everything else is kept byte by byte.
 * Throws `BodyTooLarge`.
 */
export async function readShallow(stream: Readable): Promise<string> {
  const reader = shallowReader()
  // A stream without an encoding, as those of answers are, gives buffers.
  for await (const piece of stream) reader.push(piece as Buffer)
  return reader.text()
}

/** The reader behind `readShallow`: takes pieces in order, cut anywhere. */
export function shallowReader(): { push(piece: Uint8Array): void; text(): string } {
  const decoder = new TextDecoder()
  const texts: string[] = []
  // What is kept of one piece, decoded before the next one comes: a body as bytes and as text would be held twice.
  let kept = new Uint8Array(1 << 16)
  let length = 0
  let read = 0
  const state: State = { depth: 0, inString: false, escaped: false, inObject: false, dropping: false }

  const keep = (piece: Uint8Array, from: number, to: number) => {
    kept.set(piece.subarray(from, to), length)
    length += to - from
  }
  return {
    push(piece) {
      read += piece.length
      if (read > largestBody) throw new BodyTooLarge(largestBody)
      if (kept.length < piece.length) kept = new Uint8Array(piece.length)
      length = 0
      scan(piece, state, keep)
      texts.push(decoder.decode(kept.subarray(0, length), { stream: true }))
    },
    text: () => texts.join('') + decoder.decode(),
  }
}

type State = { depth: number; inString: boolean; escaped: boolean; inObject: boolean; dropping: boolean }

// Some 20 MB go through here for 10,000 Pods: the state is in locals and strings are passed in a loop of their own,
// which makes it several times faster.
function scan(piece: Uint8Array, state: State, keep: (piece: Uint8Array, from: number, to: number) => void): void {
  let { depth, inString, escaped, inObject, dropping } = state
  let from = 0
  const end = piece.length
  for (let at = 0; at < end; at++) {
    if (inString) {
      if (escaped) at += 1
      while (at < end && piece[at] !== quote) at += piece[at] === backslash ? 2 : 1
      inString = at >= end
      // A piece may end between a backslash and what it escapes.
      escaped = at > end
      continue
    }
    switch (piece[at]) {
      case quote:
        inString = true
        break
      case openBrace:
      case openBracket:
        depth += 1
        if (depth === rowPart) inObject = piece[at] === openBrace
        if (depth === fieldSet && inObject) {
          keep(piece, from, at + 1)
          dropping = true
        }
        break
      case closeBrace:
      case closeBracket:
        if (depth === fieldSet && dropping) {
          dropping = false
          from = at
        }
        depth -= 1
    }
  }
  if (!dropping) keep(piece, from, end)
  Object.assign(state, { depth, inString, escaped, inObject, dropping })
}
