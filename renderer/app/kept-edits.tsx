import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../parts/icon-button.tsx'
import { useCommands } from './commands.ts'
import { usePlace, useRouter } from './router.ts'
import type { Tab } from './tabs.ts'

/**
 * The texts that an earlier run of the app kept and that nobody has looked at since: what they are, and the way to each.
 * Closing it drops nothing: they stay in the tab bar and in the palette.
 */
export function KeptEdits({ tabs }: { readonly tabs: readonly Tab[] }) {
  const { t } = useTranslation('app')
  const router = useRouter()
  const { edit } = usePlace()
  const [closed, setClosed] = useState(false)
  const kept = tabs.flatMap(tab => (tab.resting === null ? [] : [{ tab, at: tab.resting }]))
  const first = kept[0]?.tab
  useCommands([
    {
      id: 'edits.kept',
      label: t('kept.command', { count: kept.length }),
      group: t('groups.edits'),
      enabled: first !== undefined,
      run: () => first !== undefined && router.showEdit(first.target),
      keys: [],
    },
  ])
  if (kept.length === 0 || closed || edit !== null) return null
  return (
    <aside className="welcome kept-edits" aria-label={t('kept.label')}>
      <div role="status">
        <h2>{t('kept.title', { count: kept.length })}</h2>
        <ul>
          {kept.map(({ tab, at }) => (
            <li key={tab.address}>
              <button type="button" className="button" onClick={() => router.showEdit(tab.target)}>
                {tab.title || t('edits.untitled')}
              </button>
              <span>{t('kept.where', { where: tab.context ?? '', at: new Date(at) })}</span>
              {tab.recreating && <strong>{t('kept.recreating')}</strong>}
            </li>
          ))}
        </ul>
      </div>
      <IconButton icon="close" label={t('kept.close')} onPress={() => setClosed(true)} />
    </aside>
  )
}
