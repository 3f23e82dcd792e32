import { useTranslation } from 'react-i18next'
import { useApp } from '../app/use-host.ts'
import { GuardedName, LockState } from './guard-mark.tsx'
import { isGuarded, useGuardDialog } from './use-guard.ts'

/** All contexts with their guards, for the settings. */
export function GuardList() {
  const { t } = useTranslation('guard')
  const { contexts } = useApp()
  const openDialog = useGuardDialog()
  if (contexts.length === 0) return null
  return (
    <section className="setting" aria-labelledby="guards-title">
      <h3 id="guards-title">{t('settings.title')}</h3>
      <ul className="guard-list">
        {contexts.map(({ name, guard }) => (
          <li key={name}>
            <GuardedName context={name} />
            <LockState context={name} dialogBeside />
            {guard.confirm && <span className="setting-note">{t('confirms')}</span>}
            {!isGuarded(guard) && <span className="setting-note">{t('settings.none')}</span>}
            <button
              type="button"
              className="button button-small"
              aria-label={t('settings.open', { name })}
              onClick={() => openDialog?.(name)}
            >
              {t('open')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
