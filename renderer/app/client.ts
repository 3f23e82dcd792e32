import { type ClientLink, createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../contract/contract.ts'
import { fail, type Result } from '../../core/problem.ts'

/** The contract as the page calls it. */
export type Client = ContractRouterClient<Contract>

type Call = ClientLink<Record<never, never>>

/** One open way to a host. `closed` settles when it is gone, for whatever reason. */
export type Link = {
  readonly call: Call['call']
  readonly closed: Promise<void>
  readonly close: () => void
}

/** Opens a way to the host; rejects when there is none now. */
export type Transport = (signal: AbortSignal) => Promise<Link>

/** Whether the host can be asked. `attempt` counts the tries since it was last there; `retryAt` is in `Date.now()` time. */
export type HostState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly session: number }
  | { readonly kind: 'gone'; readonly attempt: number; readonly retryAt: number }

/** The way to the host, kept open as long as the page lives. */
export type Host = {
  readonly client: Client
  readonly state: () => HostState
  /** Calls back at every change of the state, until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void
  /** Settles once the host can be asked; rejects when `signal` aborts first. */
  readonly ready: (signal: AbortSignal) => Promise<void>
  /** Tries again now, where it waits for the next try. */
  readonly retry: () => void
}

/** Thrown by calls of the client while the host is gone; `answer` turns it into the problem `host-gone`. */
export class HostGone extends Error {
  constructor() {
    super('the host is gone')
  }
}

const longestWait = 10_000
const pingEvery = 15_000
const pingWithin = 10_000

/** How long to wait before try number `attempt` (from 1), in milliseconds: half a second, doubling up to ten. */
export function backOff(attempt: number): number {
  return Math.min(longestWait, 500 * 2 ** Math.min(attempt - 1, 10))
}

/** Keeps a way to the host open, with back-off, until `signal` aborts. */
export function connectHost(open: Transport, signal: AbortSignal): Host {
  let state: HostState = { kind: 'connecting' }
  let link: Link | null = null
  let sessions = 0
  let wake: () => void = () => undefined
  const listeners = new Set<() => void>()

  function enter(next: HostState, nextLink: Link | null): void {
    state = next
    link = nextLink
    for (const listener of [...listeners]) listener()
  }

  async function keep(): Promise<void> {
    for (let attempt = 0; !signal.aborted; ) {
      const opened = await open(signal).catch(() => null)
      if (opened !== null) {
        attempt = 0
        sessions += 1
        enter({ kind: 'open', session: sessions }, opened)
        await stayWith(opened)
      }
      if (signal.aborted) return
      attempt += 1
      const wait = backOff(attempt)
      enter({ kind: 'gone', attempt, retryAt: Date.now() + wait }, null)
      await rest(wait)
    }
  }

  /** Waits, but not beyond `wake` or the signal. */
  function rest(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(done, milliseconds)
      function done(): void {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done)
      wake = done
    })
  }

  // A tunnel or a sleeping machine can leave a dead socket open for minutes: only an unanswered question tells.
  async function stayWith(current: Link): Promise<void> {
    const timer = setInterval(() => {
      const late = setTimeout(() => current.close(), pingWithin)
      client.ping({}).then(
        () => clearTimeout(late),
        () => {
          clearTimeout(late)
          current.close()
        },
      )
    }, pingEvery)
    signal.addEventListener('abort', current.close, { once: true })
    await current.closed
    clearInterval(timer)
    signal.removeEventListener('abort', current.close)
  }

  async function ready(until: AbortSignal): Promise<void> {
    until.throwIfAborted()
    if (state.kind === 'open') return
    await new Promise<void>((resolve, reject) => {
      const stop = subscribe(() => state.kind === 'open' && settle(resolve))
      const give = () => settle(() => reject(until.reason))
      function settle(how: () => void): void {
        stop()
        until.removeEventListener('abort', give)
        how()
      }
      until.addEventListener('abort', give)
    })
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  const call: Call['call'] = async (path, input, options) => {
    if (state.kind === 'connecting') await firstState()
    const current = link
    if (current === null) throw new HostGone()
    try {
      return await current.call(path, input, options)
    } catch (error) {
      if (link !== current && options.signal?.aborted !== true) throw new HostGone()
      throw error
    }
  }

  function firstState(): Promise<void> {
    return new Promise(resolve => {
      const stop = subscribe(() => {
        stop()
        resolve()
      })
    })
  }

  const client: Client = createORPCClient({ call })
  void keep()
  return { client, state: () => state, subscribe, ready, retry: () => wake() }
}

/** The answer of a call, with a host that is gone as the problem `host-gone`. */
export async function answer<T>(call: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call
  } catch (error) {
    if (error instanceof HostGone) return fail({ code: 'host-gone' })
    throw error
  }
}
