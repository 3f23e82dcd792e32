import { useTranslation } from 'react-i18next'
import type { ContextState } from '../../contract/app.ts'
import { useApp } from '../app/use-host.ts'
import { useProblemWords } from '../parts/problem-text.tsx'
import { type Standing, standingOf } from './standing.ts'

/** How a context stands, in the page's language: the word, and one sentence on why or how well. */
export type StandingWords = { readonly standing: Standing; readonly word: string; readonly sentence: string }

/** Says how contexts stand. */
export function useStandingWords(): (context: ContextState) => StandingWords {
  const { t } = useTranslation('contexts')
  const { plugins } = useApp()
  const say = useProblemWords()
  return context => {
    const standing = standingOf(context, plugins)
    const { connection } = context
    const version = connection.kind === 'ready' ? connection.version : ''
    const seconds = connection.kind === 'ready' ? (connection.slowMs ?? 0) / 1000 : 0
    const failed = connection.kind === 'failed' && standing !== 'login'
    return {
      standing,
      word: t(`standing.${standing}`),
      sentence: failed ? say(connection.problem).sentence : t(`sentence.${standing}`, { version, seconds }),
    }
  }
}
