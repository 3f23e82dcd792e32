import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { homeNamespace } from '../browse/scope.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { AddressLink } from './address-link.tsx'
import { usePlace } from './router.ts'
import { useApp } from './use-host.ts'

/** On the practice cluster: what it is and what to try first, until it is closed or an object is opened. */
export function Welcome() {
  const { t } = useTranslation('app')
  const app = useApp()
  const { edit } = usePlace()
  const [closed, setClosed] = useState(false)
  if (edit !== null && !closed) setClosed(true)
  const context = app.contexts.find(one => one.name === app.currentContext) ?? app.contexts[0]
  if (!app.practice || closed || context === undefined) return null
  const target = {
    context: context.name,
    group: 'apps',
    version: 'v1',
    resource: 'deployments',
    namespace: homeNamespace(context),
    name: 'nginx-deployment',
    subresource: null,
  }
  return (
    <aside className="welcome" aria-label={t('welcome.label')}>
      <div>
        <h2>{t('welcome.title')}</h2>
        <p>{t('welcome.text')}</p>
      </div>
      <AddressLink className="button button-accent" to={{ kind: 'edit', target }}>
        {t('welcome.open')}
      </AddressLink>
      <IconButton icon="close" label={t('welcome.close')} onPress={() => setClosed(true)} />
    </aside>
  )
}
