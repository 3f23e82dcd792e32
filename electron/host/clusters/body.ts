import type { Readable } from 'node:stream'

/** Bytes that no honest answer reaches: 5,000 whole Pods are a third of it. */
export const largestBody = 256 * 1024 * 1024

/** An answer went on beyond its limit: whoever sends it is no API server, or a broken one. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
  constructor(limit: number) {
    super(`the answer is larger than ${limit / 1024 / 1024} MiB`)
  }
}

/** A whole body as text. Throws `BodyTooLarge`, and destroys the stream, where it has more than `limit` bytes. */
export async function readBody(stream: Readable, limit = largestBody): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of stream) {
    // A stream without an encoding, as those of answers are, gives buffers.
    const buffer = piece as Buffer
    bytes += buffer.length
    if (bytes > limit) throw new BodyTooLarge(limit)
    pieces.push(buffer)
  }
  return new TextDecoder().decode(Buffer.concat(pieces))
}
