import { useTranslation } from 'react-i18next'
import { noGuard } from '../../contract/guard.ts'
import { Icon } from '../parts/icon.tsx'
import { useGuard, useGuardActs, useGuardDialog } from './use-guard.ts'

/** Offers a guard for a context that looks like production, until one is chosen or declined. */
export function GuardOffer({ context }: { readonly context: string }) {
  const { t } = useTranslation('guard')
  const { offered } = useGuard(context)
  const { set } = useGuardActs()
  const openDialog = useGuardDialog()
  if (!offered) return null
  return (
    <aside className="guard-offer" aria-label={t('offer.label')}>
      <Icon name="shield" />
      <p>{t('offer.text', { name: context })}</p>
      <button type="button" className="button button-small" onClick={() => openDialog?.(context)}>
        {t('offer.open')}
      </button>
      <button type="button" className="button button-small" onClick={() => void set(context, noGuard)}>
        {t('offer.decline')}
      </button>
    </aside>
  )
}
