import { useTranslation } from 'react-i18next'
import { EditTab } from '../edit/edit-tab.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { useTabs } from './use-tabs.ts'

/** The window's frame: sidebar, list, edits, status bar. */
export function Frame() {
  const { t } = useTranslation('app')
  const tabs = useTabs()
  return (
    <div className="frame">
      <aside>{t('name')}</aside>
      <main>
        {tabs.tabs.map(tab => (
          <div key={tab.address} hidden={tab !== tabs.active}>
            {tab.content.kind === 'failed' && <ProblemText problem={tab.content.problem} />}
            {tab.content.kind === 'open' && (
              <EditTab
                key={tab.content.edit.edit}
                opened={tab.content.edit}
                active={tab === tabs.active}
                onChanged={changed => tabs.changed(tab, changed)}
                onMoved={edit => tabs.moved(tab, edit)}
                onClosed={() => tabs.close(tab)}
              />
            )}
          </div>
        ))}
      </main>
    </div>
  )
}
