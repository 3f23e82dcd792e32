/** As much of a window as the router needs: an address and a history. */
export function fakeWindow(address: string) {
  const entries: { address: string; state: unknown }[] = [{ address, state: null }]
  let at = 0
  const listeners: ((event: { state: unknown }) => void)[] = []
  const location = {
    get pathname() {
      return (entries[at]?.address ?? '').split('?')[0]
    },
    get search() {
      return (entries[at]?.address ?? '').replace(/^[^?]*/, '')
    },
  }
  const history = {
    get state() {
      return entries[at]?.state
    },
    pushState(state: unknown, _: string, address: string) {
      entries.splice(++at, entries.length, { address, state: structuredClone(state) })
    },
    replaceState(state: unknown, _: string, address: string) {
      entries[at] = { address, state: structuredClone(state) }
    },
  }
  const window = {
    location,
    history,
    addEventListener: (_: string, listener: (event: { state: unknown }) => void) => listeners.push(listener),
  }
  return {
    // The router uses nothing else of it.
    window: window as unknown as Window,
    address: () => entries[at]?.address,
    count: () => entries.length,
    go(by: number) {
      at += by
      for (const listener of listeners) listener({ state: entries[at]?.state })
    },
  }
}
