import { useTranslation } from 'react-i18next'
import type { Side } from '../../core/merge.ts'
import { formatPath } from '../../core/path.ts'
import { IconButton } from '../parts/icon-button.tsx'
import type { Settled } from './flow.ts'

/** What a move onto the live object did to the text: said until the person types on or puts it away. */
export function SettledNotice({
  settled: { decisions, came },
  onDismiss,
}: {
  readonly settled: Settled
  readonly onDismiss: () => void
}) {
  const { t } = useTranslation('edit')
  const pathsOf = (side: Side) => decisions.flatMap(({ path, side: made }) => (made === side ? formatPath(path) : []))
  const said = [
    ['mine', pathsOf('mine')],
    ['theirs', pathsOf('theirs')],
    ['came', [...came]],
  ] as const
  return (
    <div className="notice good">
      <div role="status">
        <p className="notice-lead">{t('settled.done')}</p>
        {said.map(([what, paths]) => paths.length > 0 && <p key={what}>{t(`settled.${what}`, { paths })}</p>)}
      </div>
      <IconButton icon="close" label={t('dismiss')} onPress={onDismiss} />
    </div>
  )
}
