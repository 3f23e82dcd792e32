import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { AppState } from '../../contract/app.ts'
import type { Result } from '../../core/problem.ts'
import { answer, type Client, type Host, HostGone, type HostState } from './client.ts'

/** The page's host and the frame's state; `renderer/app/app.tsx` provides both. */
export const HostContext = createContext<Host | null>(null)
export const AppContext = createContext<AppState | null>(null)

/** The host of this page. */
export function useHost(): Host {
  const host = useContext(HostContext)
  if (host === null) throw new Error('no host: render inside HostContext')
  return host
}

/** The contract's client. */
export function useClient(): Client {
  return useHost().client
}

/** Whether the host can be asked now. */
export function useHostState(): HostState {
  const host = useHost()
  return useSyncExternalStore(host.subscribe, host.state)
}

/** The frame's state: contexts, settings, version. Only inside the app, where it is known. */
export function useApp(): AppState {
  const app = useContext(AppContext)
  if (app === null) throw new Error('no app state: render inside AppContext')
  return app
}

/** A stream as a component sees it. `value` is the latest state, kept while the host is gone. `ended`: the host ended it. */
export type StreamState<T> = {
  readonly state: 'waiting' | 'live' | 'reconnecting' | 'ended'
  readonly value: T | null
}

const waiting = { state: 'waiting', value: null } as const

/**
 * Reads a stream for as long as the component lives and `key` stays the same; opens it again after the host was gone.
 * A null key reads nothing. `open` is called with the signal that ends it.
 */
export function useStream<T>(
  key: string | null,
  open: (client: Client, signal: AbortSignal) => Promise<AsyncIterable<T>>,
): StreamState<T> {
  const host = useHost()
  const [held, setHeld] = useState<{ readonly key: string | null; readonly stream: StreamState<T> }>({
    key,
    stream: waiting,
  })
  const openLatest = useEffectEvent(open)
  useEffect(() => {
    if (key === null) return
    const ended = new AbortController()
    const tell = (change: (stream: StreamState<T>) => StreamState<T>) => {
      if (ended.signal.aborted) return
      setHeld(before => ({ key, stream: change(before.key === key ? before.stream : waiting) }))
    }
    void readStream(host, signal => openLatest(host.client, signal), tell, ended.signal)
    return () => ended.abort()
  }, [key, host])
  return held.key === key ? held.stream : waiting
}

/** The same stream for one who draws nothing of it: `hear` is told of each value. */
export function useHeardStream<T>(
  key: string,
  open: (client: Client, signal: AbortSignal) => Promise<AsyncIterable<T>>,
  hear: (value: T) => void,
): void {
  const host = useHost()
  const openLatest = useEffectEvent(open)
  const hearLatest = useEffectEvent(hear)
  // Another key is another stream.
  useEffect(() => {
    const ended = new AbortController()
    const tell = (change: (stream: StreamState<T>) => StreamState<T>) => {
      const { state, value } = change(waiting)
      if (state === 'live' && value !== null && !ended.signal.aborted) hearLatest(value)
    }
    void readStream(host, signal => openLatest(host.client, signal), tell, ended.signal)
    return () => ended.abort()
  }, [key, host])
}

async function readStream<T>(
  host: Host,
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  tell: (change: (stream: StreamState<T>) => StreamState<T>) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await host.ready(signal)
      for await (const value of await open(signal)) tell(() => ({ state: 'live', value }))
      return tell(({ value }) => ({ state: 'ended', value }))
    } catch (error) {
      if (signal.aborted) return
      if (host.state().kind === 'open' && !(error instanceof HostGone)) {
        tell(({ value }) => ({ state: 'ended', value }))
        throw error
      }
      tell(({ value }) => ({ state: 'reconnecting', value }))
    }
  }
}

/** An answer as a component sees it: null until it is there. */
export type Answer<T> = { readonly result: Result<T> | null; readonly again: () => void }

/**
 * Asks once for each `key`, and again when the host came back or `revision` changed; keeps the former answer of the
 * same key meanwhile. A null key asks nothing. `fresh` is true when the person asked for it by `again`.
 */
export function useAnswer<T>(
  key: string | null,
  ask: (client: Client, signal: AbortSignal, fresh: boolean) => Promise<Result<T>>,
  revision = '',
): Answer<T> {
  const host = useHost()
  const hostState = useHostState()
  const session = hostState.kind === 'open' ? hostState.session : 0
  const [turn, setTurn] = useState(0)
  const [held, setHeld] = useState<{ readonly key: string; readonly result: Result<T> } | null>(null)
  const turnAsked = useRef(0)
  const askLatest = useEffectEvent(ask)
  // Another revision is another answer to the same question.
  useEffect(() => {
    if (key === null || session === 0) return
    const ended = new AbortController()
    const fresh = turn !== turnAsked.current
    turnAsked.current = turn
    answer(askLatest(host.client, ended.signal, fresh)).then(
      result => {
        if (!ended.signal.aborted) setHeld({ key, result })
      },
      error => {
        if (!ended.signal.aborted) throw error
      },
    )
    return () => ended.abort()
  }, [key, host, session, turn, revision])
  const again = useCallback(() => setTurn(n => n + 1), [])
  return { result: held !== null && held.key === key ? held.result : null, again }
}
