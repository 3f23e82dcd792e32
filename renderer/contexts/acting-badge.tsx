import { useTranslation } from 'react-i18next'
import { useApp } from '../app/use-host.ts'
import { Icon } from '../parts/icon.tsx'
import { LongName } from '../parts/long-name.tsx'

/** Whom a context acts as, where it is not the user's own person. Stands wherever the context is named for an act. */
export function ActingBadge({ context, short = false }: { readonly context: string; readonly short?: boolean }) {
  const { t } = useTranslation('contexts')
  const acting = useApp().contexts.find(({ name }) => name === context)?.actingAs ?? null
  if (acting === null) return null
  const { user, groups } = acting
  const whole = t('acting.whole', { user, groups, count: groups.length })
  return (
    <span className="acting-badge" title={whole}>
      <Icon name="mask" />
      {short ? <span className="visually-hidden">{whole}</span> : <LongName name={t('acting.as', { user })} />}
    </span>
  )
}
