import { useTranslation } from 'react-i18next'
import { formatPath } from '../../core/path.ts'
import { IconButton } from '../parts/icon-button.tsx'
import type { Came, Settled } from './flow.ts'
import type { Decision } from './settle.ts'

const ways = ['mine', 'theirs', 'both', 'value'] as const

/** What a move onto the live object did to the text: said until the person types on or puts it away. */
export function SettledNotice({
  settled: { decisions, came },
  onDismiss,
}: {
  readonly settled: Settled
  readonly onDismiss: () => void
}) {
  const { t } = useTranslation('edit')
  const cameWords = useCameWords()
  const said = ways.map(way => [way, decisions.filter(made => wayOf(made) === way).map(pathOf)] as const)
  return (
    <div className="notice good">
      <div role="status">
        <p className="notice-lead">{t('settled.done')}</p>
        {said.map(([way, paths]) => paths.length > 0 && <p key={way}>{t(`settled.${way}`, { paths })}</p>)}
        {came.length > 0 && <p>{cameWords(came)}</p>}
      </div>
      <IconButton icon="close" label={t('dismiss')} onPress={onDismiss} />
    </div>
  )
}

/** What came in, and from whom, in a sentence. */
export function useCameWords(): (came: readonly Came[]) => string {
  const { t } = useTranslation('edit')
  return came => {
    const paths = came.map(({ path, manager }) => t('settled.by', { path, who: manager ?? t('state.unknownWriter') }))
    return t('settled.came', { paths })
  }
}

function wayOf({ choice }: Decision): (typeof ways)[number] {
  return typeof choice === 'object' ? 'value' : choice
}

function pathOf({ path }: Decision): string {
  return formatPath(path)
}
