import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands.ts'
import type { MergeEditor } from './merge-parts.ts'
import type { CompareLayout } from './use-compare-layout.ts'

/** What keys and the palette can do with a comparison while it is on screen. */
export function useCompareCommands(
  merge: RefObject<MergeEditor | null>,
  here: {
    readonly active: boolean
    /** How many stretches differ; null while that is not known. */
    readonly count: number | null
    readonly canTake: boolean
    readonly switchAll: () => void
    readonly switchNoise: () => void
    readonly layout: CompareLayout
    readonly switchLayout: () => void
    readonly close: () => void
  },
): void {
  const { t } = useTranslation('compare')
  const command = (
    id: 'next' | 'previous' | 'take' | 'all' | 'layout' | 'noise' | 'close',
    keys: readonly string[],
    enabled: boolean,
    run: () => void,
  ) => ({
    id: `compare.${id}`,
    label: id === 'layout' ? '' : t(`commands.${id}`),
    group: t('title'),
    enabled,
    keys,
    run,
  })
  const differs = here.count !== null && here.count > 0
  useCommands(
    here.active
      ? [
          command('next', ['F7'], differs, () => merge.current?.walk(1)),
          command('previous', ['Shift+F7'], differs, () => merge.current?.walk(-1)),
          command('take', ['Alt+T'], differs && here.canTake, () => merge.current?.take()),
          command('all', [], here.count !== null, here.switchAll),
          {
            ...command('layout', ['Alt+U'], here.count !== null, here.switchLayout),
            label: t(`commands.${here.layout === 'split' ? 'unified' : 'split'}`),
          },
          command('noise', [], here.count !== null, here.switchNoise),
          command('close', ['Escape'], true, here.close),
        ]
      : [],
  )
}
