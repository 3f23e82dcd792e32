import { useTranslation } from 'react-i18next'
import type { Side } from '../../core/merge.ts'
import { formatPath } from '../../core/path.ts'
import { IconButton } from '../parts/icon-button.tsx'
import type { Settled } from './flow.ts'
import { NoticeList } from './notice-list.tsx'

/** What a move onto the live object did to the text: said until the person types on or puts it away. */
export function SettledNotice({
  settled: { decisions, came },
  onDismiss,
}: {
  readonly settled: Settled
  readonly onDismiss: () => void
}) {
  const { t } = useTranslation('edit')
  const pathsOf = (side: Side) =>
    decisions.filter(decision => decision.side === side).map(({ path }) => formatPath(path))
  return (
    <div className="notice good">
      <div role="status">
        <p className="notice-lead">{t('settled.done')}</p>
        <NoticeList title={t('settled.mine')} items={pathsOf('mine')} />
        <NoticeList title={t('settled.theirs')} items={pathsOf('theirs')} />
        <NoticeList title={t('settled.came')} items={came} />
      </div>
      <IconButton icon="close" label={t('dismiss')} onPress={onDismiss} />
    </div>
  )
}
