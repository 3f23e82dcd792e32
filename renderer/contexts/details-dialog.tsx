import { useTranslation } from 'react-i18next'
import type { ContextState } from '../../contract/app.ts'
import { useApp } from '../app/use-host.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { PluginCard } from './plugin-card.tsx'
import { StandingShape } from './standing-shape.tsx'
import { useContextActs } from './use-context-acts.ts'
import { useContextDialog } from './use-context-dialog.ts'
import { useStandingWords } from './use-standing.ts'

/** What is known of a context, why it stands as it does, and what can be done about it. A null context shows nothing. */
export function DetailsDialog({ context, onClose }: { readonly context: string | null; readonly onClose: () => void }) {
  const { t } = useTranslation('contexts')
  const found = useApp().contexts.find(({ name }) => name === context)
  return (
    <PanelDialog title={t('details.title', { name: context ?? '' })} open={context !== null} onClose={onClose}>
      {found === undefined ? <p>{t('details.gone')}</p> : <Details context={found} />}
    </PanelDialog>
  )
}

function Details({ context }: { readonly context: ContextState }) {
  const { t } = useTranslation('contexts')
  const { plugins } = useApp()
  const { standing, word, sentence } = useStandingWords()(context)
  const { again } = useContextActs()
  const open = useContextDialog()
  const { name, connection, actingAs } = context
  const facts: readonly (readonly [string, string])[] = [
    [t('details.server'), context.server],
    [t('details.version'), connection.kind === 'ready' ? connection.version : ''],
    [t('details.cluster'), context.cluster],
    [t('details.user'), context.user === '' ? t('details.anonymous') : context.user],
    [
      t('details.acting'),
      actingAs === null
        ? ''
        : t('acting.whole', { user: actingAs.user, groups: actingAs.groups, count: actingAs.groups.length }),
    ],
    [t('details.namespace'), context.namespace ?? ''],
  ]
  return (
    <div className="context-details">
      <div className="context-standing" role="status">
        <StandingShape standing={standing} />
        <div>
          <strong>{word}</strong>
          {connection.kind === 'failed' && standing !== 'login' ? (
            <ProblemText problem={connection.problem} />
          ) : (
            <p>{sentence}</p>
          )}
        </div>
        <button type="button" className="button" onClick={() => void again(name)}>
          {t('details.again')}
        </button>
      </div>
      {plugins
        .filter(({ contexts }) => contexts.includes(name))
        .map(plugin => (
          <PluginCard key={plugin.id} plugin={plugin} />
        ))}
      <dl className="context-facts">
        {facts.map(([term, fact]) =>
          fact === '' ? null : (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{fact}</dd>
            </div>
          ),
        )}
      </dl>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={() => open('access', name)}>
          {t('menu.access')}
        </button>
        <button type="button" className="button" onClick={() => open('actAs', name)}>
          {t('menu.actAs')}
        </button>
      </div>
    </div>
  )
}
