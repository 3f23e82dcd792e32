import { subscribe } from 'node:diagnostics_channel'
import http2, { type ClientHttp2Stream } from 'node:http2'

/**
 * Makes Node's HTTP/2 fit for requests that are cut off, which undici (8.12) does without a thought for what Node makes of
 * it: with the first that has a body to send, and with connections that live for days. To be called once, before any connection.
 */
export function mendHttp2(): void {
  subscribe('http2.client.stream.created', message => {
    // The channel's documented message; requests have their own headers here, answers a status.
    const { stream, headers } = message as { stream: ClientHttp2Stream; headers: object }
    if (':status' in headers) dropAnswer(stream)
    else resetAtOnce(stream)
  })
  const { connect } = http2
  Object.assign(http2, {
    connect: (authority: string, given: http2.SecureClientSessionOptions) =>
      connect(authority, Object.assign(given, limits)),
  })
}

// Node makes a new stream of an answer whose request was aborted before it came. undici does not know that stream, so
// that nobody would hear the error with which its connection ends later, and the process would end with it.
function dropAnswer(stream: ClientHttp2Stream): void {
  stream.on('error', () => {}).destroy()
}

// undici cuts a request off by `close()` and then `destroy()`. Closed without a code, a stream keeps its reset back until its
// body is sent; destroyed, it gives no body any more: Node then writes empty DATA frames, without end, and runs nothing else.
function resetAtOnce(stream: ClientHttp2Stream): void {
  const close = stream.close.bind(stream)
  stream.close = (code = http2.constants.NGHTTP2_CANCEL, callback) => close(code, callback)
}

// Node ends a connection, and with it all that share it, after 1,000 frames of answers that nobody waits for any more: walks
// through an object’s page a few dozen times came to that. And it never forgets the unsent bytes of bodies that were cut off:
// from 10 MB on it refuses all answers. undici hands no such options on.
const limits = { maxSessionInvalidFrames: 2 ** 31 - 1, maxSessionMemory: 2 ** 31 - 1 }
