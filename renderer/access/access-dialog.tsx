import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePlace } from '../app/router.ts'
import { useAnswer, useApp } from '../app/use-host.ts'
import { homeNamespace, placeScope } from '../browse/scope.ts'
import { ActingBadge } from '../contexts/acting-badge.tsx'
import { takeFocus } from '../parts/focus.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { rightsOf } from './rights.ts'
import { RightsTable } from './rights-table.tsx'

/** What a context's person may do in a namespace, as `kubectl auth can-i --list` tells it. A null context shows nothing. */
export function AccessDialog({ context, onClose }: { readonly context: string | null; readonly onClose: () => void }) {
  const { t } = useTranslation('contexts')
  return (
    <PanelDialog title={t('access.title', { name: context ?? '' })} open={context !== null} wide onClose={onClose}>
      {context !== null && <Rights context={context} />}
    </PanelDialog>
  )
}

function Rights({ context }: { readonly context: string }) {
  const { t } = useTranslation('contexts')
  const scope = placeScope(usePlace())
  const { contexts } = useApp()
  const home = homeNamespace(contexts.find(({ name }) => name === context) ?? { namespace: null })
  const [namespace, setNamespace] = useState(scope?.namespaces[0] ?? home)
  const [filter, setFilter] = useState('')
  const [mine, setMine] = useState(true)
  const kinds = useAnswer(context, (client, signal) => client.browse.kinds({ context }, { signal }))
  const names = useAnswer(context, (client, signal) => client.browse.namespaces({ context }, { signal }))
  const asked = namespace.trim()
  const rules = useAnswer(asked === '' ? null : `${context}\n${asked}`, (client, signal, fresh) =>
    client.access.rules({ context, namespace: asked, refresh: fresh }, { signal }),
  )
  const problem = [rules.result, kinds.result].find(result => result?.ok === false)
  const rows = rules.result?.ok && kinds.result?.ok ? rightsOf(rules.result.value, kinds.result.value.kinds) : null
  return (
    <div className="rights">
      <div className="rights-bar">
        <label>
          {t('access.namespace')}
          <input
            className="field"
            list="access-namespaces"
            spellCheck={false}
            autoComplete="off"
            value={namespace}
            onChange={event => setNamespace(event.target.value)}
          />
        </label>
        <datalist id="access-namespaces">
          {(names.result?.ok ? names.result.value.names : []).slice(0, 500).map(name => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <label>
          {t('access.filter')}
          <input
            type="search"
            className="field"
            ref={takeFocus}
            value={filter}
            onChange={event => setFilter(event.target.value)}
          />
        </label>
        <label className="rights-mine">
          <input type="checkbox" checked={mine} onChange={event => setMine(event.target.checked)} />
          {t('access.mine')}
        </label>
        <ActingBadge context={context} />
        <button type="button" className="button" onClick={rules.again}>
          {t('access.again')}
        </button>
      </div>
      {problem?.ok === false && (
        <div role="alert">
          <ProblemText problem={problem.problem} />
        </div>
      )}
      {rules.result?.ok && rules.result.value.incomplete && (
        <p className="setting-note" role="note">
          {t('access.incomplete')} <q lang="en">{rules.result.value.evaluationError}</q>
        </p>
      )}
      {rows !== null && <RightsTable rows={rows} filter={filter} onlyGranted={mine} />}
    </div>
  )
}
