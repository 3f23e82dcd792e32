import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Choice } from '../parts/choice.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import type { CompareLayout } from './use-compare-layout.ts'

/** What is compared, how much differs, and what of it is shown. */
export function CompareBar({
  left,
  right,
  count,
  noise,
  onNoise,
  all,
  onAll,
  walk,
  layout,
  onLayout,
  children,
}: {
  readonly left: ReactNode
  readonly right: ReactNode
  /** How many stretches differ; null while that is not known. */
  readonly count: number | null
  readonly noise: boolean
  readonly onNoise: (noise: boolean) => void
  readonly all: boolean
  readonly onAll: (all: boolean) => void
  readonly walk: (step: 1 | -1) => void
  readonly layout: CompareLayout
  readonly onLayout: (layout: CompareLayout) => void
  readonly children: ReactNode
}) {
  const { t } = useTranslation(['compare', 'review'])
  return (
    <header className="compare-bar" data-layout={layout}>
      <div className="compare-heads">
        <h3 className="compare-head">{left}</h3>
        <h3 className="compare-head">{right}</h3>
      </div>
      <div className="compare-acts">
        <span className="compare-count" role="status">
          {count !== null && t('count', { count })}
        </span>
        <IconButton
          icon="up"
          label={t('commands.previous')}
          keys="Shift+F7"
          isDisabled={!count}
          onPress={() => walk(-1)}
        />
        <IconButton icon="down" label={t('commands.next')} keys="F7" isDisabled={!count} onPress={() => walk(1)} />
        <Choice
          label={t('layout')}
          value={layout}
          options={[
            { id: 'unified', name: t('review:changes.unified') },
            { id: 'split', name: t('review:changes.split') },
          ]}
          onValue={value => onLayout(value === 'split' ? 'split' : 'unified')}
        />
        <label className="compare-choice" title={t('noiseHint')}>
          <input type="checkbox" checked={noise} onChange={event => onNoise(event.target.checked)} /> {t('noise')}
        </label>
        <label className="compare-choice">
          <input type="checkbox" checked={all} onChange={event => onAll(event.target.checked)} /> {t('all')}
        </label>
        {children}
      </div>
    </header>
  )
}
