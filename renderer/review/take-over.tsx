import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../core/problem.ts'
import { Owned } from './strategy-chooser.tsx'

/** An apply that was refused by the owners of fields: whose they are, and the one way on, which is to take them by force. */
export function TakeOver({
  owners,
  onTakeOver,
}: {
  readonly owners: Extract<Problem, { code: 'owner-conflict' }>['owners']
  readonly onTakeOver: () => void
}) {
  const { t } = useTranslation('strategy')
  const byField = Map.groupBy(owners, ({ field }) => field)
  const owned = [...byField].map(([path, owners]) => ({ path, managers: owners.map(({ manager }) => manager) }))
  return (
    <div className="take-over">
      <p>{t('conflict.title')}</p>
      <p>{t('conflict.explain')}</p>
      <Owned owners={owned} />
      <Button className="button button-danger" onPress={onTakeOver}>
        {t('conflict.takeOver', { count: owned.length })}
      </Button>
    </div>
  )
}
