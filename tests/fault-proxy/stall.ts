import type { FaultProxy } from './fault-proxy.ts'
import type { Match } from './faults.ts'

/** Lets one request come to the server, or not (`before`), and its answer never back; ends once it has come that far. */
export function stall(proxy: FaultProxy, match: Match, when: 'before' | 'after'): Promise<void> {
  return new Promise(resolve => {
    const hold = async () => {
      resolve()
      await new Promise<never>(() => {})
    }
    proxy.inject(match, when === 'before' ? { kind: 'first', act: hold } : { kind: 'lose', lost: resolve }, 1)
  })
}
