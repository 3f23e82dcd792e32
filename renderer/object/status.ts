import type { ObjectState } from '../../contract/object.ts'
import type { Awaited, Hold } from '../../core/readiness.ts'

/** How an object stands, in one line: a word, what it waits for, and what its controller or a container says. */
export type Standing = {
  readonly tone: 'quiet' | 'info' | 'good' | 'warn' | 'bad'
  readonly word: 'gone' | 'deleting' | 'settled' | 'waiting' | 'held' | 'failed' | 'trouble' | 'nothing'
  readonly awaited: readonly Awaited[]
  readonly hold: Hold | null
  /** Kubernetes' own words. */
  readonly reason: string
  readonly message: string
}

const plain = { awaited: [], hold: null, reason: '', message: '' } as const

/** How an object stands by what was seen of it last; null where nothing was. */
export function standingOf({ live, summary }: ObjectState): Standing | null {
  if (summary === null) return null
  if (live.kind === 'gone') return { ...plain, tone: 'warn', word: 'gone' }
  const { readiness, pod, deletion } = summary
  if (deletion !== null) return { ...plain, tone: 'warn', word: 'deleting' }
  const trouble = pod?.trouble ?? null
  if (trouble !== null) {
    const { reason, message, container } = trouble
    const tone = reason === 'NotReady' ? 'warn' : 'bad'
    const where = container === null ? reason : `${reason} (${container})`
    return { ...plain, tone, word: 'trouble', reason: where, message }
  }
  switch (readiness.kind) {
    case 'settled':
      return { ...plain, tone: 'good', word: 'settled', reason: pod?.word ?? '' }
    case 'nothing':
      return { ...plain, tone: 'quiet', word: 'nothing' }
    case 'waiting':
      return { ...plain, tone: 'info', word: 'waiting', awaited: readiness.awaited }
    case 'held':
      return { ...plain, tone: 'warn', word: 'held', awaited: readiness.awaited, hold: readiness.by }
    case 'failed': {
      const { type, reason, message } = readiness.because
      const { awaited } = readiness
      return {
        ...plain,
        tone: 'bad',
        word: 'failed',
        awaited,
        reason: [type, reason].filter(Boolean).join(' '),
        message,
      }
    }
  }
}
