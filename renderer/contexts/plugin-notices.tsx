import { useTranslation } from 'react-i18next'
import type { PluginRun } from '../../contract/contexts.ts'
import { useApp } from '../app/use-host.ts'
import { useNow } from '../parts/use-now.ts'
import { PluginCard } from './plugin-card.tsx'

/** A plugin that says nothing is told of only when it takes long. */
const silentForMs = 4_000

/** The plugins that want something of a person: to log in, or to be allowed. */
export function PluginNotices() {
  const asking = useApp().plugins.filter(({ state }) => state !== 'refused')
  return asking.length === 0 ? null : <Asking plugins={asking} />
}

function Asking({ plugins }: { readonly plugins: readonly PluginRun[] }) {
  const { t } = useTranslation('contexts')
  const speaks =
    (now: number) =>
    ({ lines, since, state }: PluginRun) =>
      state === 'unconfirmed' || lines.length > 0 || now - since > silentForMs
  const spoken = useNow(now =>
    plugins
      .filter(speaks(now))
      .map(({ id }) => id)
      .join(' '),
  ).split(' ')
  const shown = plugins.filter(({ id }) => spoken.includes(id))
  if (shown.length === 0) return null
  return (
    <aside className="plugin-notices" aria-label={t('plugin.title')}>
      {shown.map(plugin => (
        <PluginCard key={plugin.id} plugin={plugin} />
      ))}
    </aside>
  )
}
