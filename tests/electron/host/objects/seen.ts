import { show } from '../editing/workbench.ts'

/** The first state that passes; the stream is left then. */
export async function seen<State>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<State>>,
  passes: (state: State) => boolean,
): Promise<State> {
  const left = new AbortController()
  let last: State | undefined
  try {
    for await (const state of await open(AbortSignal.any([left.signal, AbortSignal.timeout(20_000)]))) {
      last = state
      if (passes(state)) return state
    }
  } finally {
    left.abort()
  }
  throw new Error(`never seen; last was ${show(last)}`)
}
