import { get } from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'
import type { Credentials } from './certificates.ts'
import type { Program } from './processes.ts'

const patience = 120_000

/** Waits until `<url>/readyz` answers 200, asking every 50 ms: `late` after two minutes, `ended` when the program did. */
export async function untilReady(
  program: Program,
  url: string,
  credentials: Credentials,
  signal?: AbortSignal,
): Promise<'ready' | 'ended' | 'late'> {
  const deadline = Date.now() + patience
  while (Date.now() < deadline) {
    signal?.throwIfAborted()
    if (program.hasEnded()) return 'ended'
    if (await answers(`${url}/readyz`, credentials)) return 'ready'
    await delay(50)
  }
  return 'late'
}

function answers(url: string, credentials: Credentials): Promise<boolean> {
  return new Promise(resolve => {
    const request = get(url, { ...credentials, agent: false, timeout: 2000 }, response => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.on('timeout', () => request.destroy())
    // Refused, reset or timed out: not ready yet.
    request.on('error', () => resolve(false))
  })
}
