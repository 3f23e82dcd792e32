import type { Readable } from 'node:stream'
import { BodyTooLarge, largestBody } from './body.ts'

/** The lines of a stream (a watch's events) as they arrive, without their ends. Destroys the stream when reading stops. */
export async function* linesOf(stream: Readable): AsyncGenerator<string> {
  // A line may come in many pieces (an object of 1 MiB): pieces are joined once, at its end.
  let pieces: string[] = []
  let waiting = 0
  stream.setEncoding('utf8')
  for await (const chunk of stream) {
    const parts = String(chunk).split('\n')
    const last = parts.pop() ?? ''
    for (const part of parts) {
      const line = pieces.length === 0 ? part : pieces.join('') + part
      pieces = []
      waiting = 0
      if (line !== '') yield line
    }
    if (last === '') continue
    pieces.push(last)
    waiting += last.length
    if (waiting > largestBody) throw new BodyTooLarge(largestBody)
  }
}
