import { useTranslation } from 'react-i18next'
import { useHostState } from './use-host.ts'

/** What the page shows before the host has told it anything. */
export function Splash() {
  const { t } = useTranslation('app')
  const state = useHostState()
  return (
    <main className="splash" role="status">
      <p>{state.kind === 'gone' ? t('host.goneAtStart') : t('host.connecting')}</p>
    </main>
  )
}
