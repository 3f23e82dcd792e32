/** The first state of a stream that is as wanted. The stream stays open. */
export async function until<State>(
  states: AsyncGenerator<State, unknown>,
  wanted: (state: State) => boolean,
): Promise<State> {
  for (;;) {
    const { value, done } = await states.next()
    if (done) throw new Error('the stream has ended')
    // A stream that goes on gives states.
    const state = value as State
    if (wanted(state)) return state
  }
}
