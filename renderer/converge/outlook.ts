import type { ConvergeState } from '../../contract/converge.ts'

/** Where a submitted object stands, in one word: what the region says and how. */
export type Outlook = 'nothing' | 'waiting' | 'late' | 'settled' | 'held' | 'failed' | 'gone' | 'replaced' | 'unseen'

/** The outlook of a state. What is settled stays so, whatever can be seen of it now. */
export function outlookOf({ object, readiness, lateAfter }: ConvergeState): Outlook {
  if (object === 'gone' || object === 'replaced') return object
  if (readiness.kind === 'settled' || readiness.kind === 'nothing' || readiness.kind === 'failed') return readiness.kind
  if (object === 'unreadable' || object === 'unknown') return 'unseen'
  if (lateAfter !== null) return 'late'
  return readiness.kind
}

const tones: Readonly<Record<Outlook, 'quiet' | 'info' | 'good' | 'warn' | 'bad'>> = {
  nothing: 'quiet',
  waiting: 'info',
  late: 'warn',
  settled: 'good',
  held: 'warn',
  failed: 'bad',
  gone: 'warn',
  replaced: 'warn',
  unseen: 'warn',
}

/** How a state looks: what needs a person is warm. Pods in trouble warn while nothing has failed yet. */
export function toneOf(state: ConvergeState): 'quiet' | 'info' | 'good' | 'warn' | 'bad' {
  const tone = tones[outlookOf(state)]
  const isTroubled = (state.pods?.trouble ?? []).some(({ reason }) => reason !== 'NotReady')
  return tone === 'info' && isTroubled ? 'warn' : tone
}

/**
 * What a person who looks elsewhere should come back for, as a text that changes when there is something new: that it
 * does not get on, or that a submitted field was changed. Null for nothing.
 */
export function worryOf(state: ConvergeState): string | null {
  const outlook = outlookOf(state)
  const stuck = outlook === 'failed' || outlook === 'late' || outlook === 'held' ? outlook : ''
  const changed = state.reverted.map(({ path, after, manager }) => [path, after, manager])
  return stuck === '' && changed.length === 0 ? null : JSON.stringify([state.version, stuck, changed])
}
