import { useTranslation } from 'react-i18next'
import { homeList, plainList } from '../browse/scope.ts'
import { standingOf } from '../contexts/standing.ts'
import { StandingShape } from '../contexts/standing-shape.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { AddressLink } from './address-link.tsx'
import { usePlace } from './router.ts'
import { useApp } from './use-host.ts'

/** Where no list is the obvious one: the contexts to choose from, or what is wrong. */
export function Start() {
  const { t } = useTranslation('app')
  const app = useApp()
  const { invalid } = usePlace()
  return (
    <div className="start">
      {invalid !== null && (
        <div role="alert">
          <ProblemText problem={{ code: 'link-invalid', address: invalid }} />
        </div>
      )}
      {app.contexts.length === 0 ? (
        <div role="alert">
          {app.problems.map(problem => (
            <ProblemText key={JSON.stringify(problem)} problem={problem} />
          ))}
          {app.problems.length === 0 && <ProblemText problem={{ code: 'kubeconfig-missing' }} />}
        </div>
      ) : (
        <>
          <h1>{t('start.title')}</h1>
          <ul className="start-contexts">
            {app.contexts.map(context => (
              <li key={context.name}>
                <AddressLink
                  className="start-context"
                  to={homeList({ ...app, currentContext: context.name }) ?? { kind: 'start' }}
                >
                  <StandingShape standing={standingOf(context, app.plugins)} />
                  <strong>{context.name}</strong>
                  <span>{context.server}</span>
                </AddressLink>
              </li>
            ))}
          </ul>
          {app.contexts.length > 1 && (
            <AddressLink
              className="button"
              to={plainList({ contexts: [], group: 'apps', version: 'v1', resource: 'deployments', namespaces: [] })}
            >
              {t('start.all')}
            </AddressLink>
          )}
        </>
      )}
    </div>
  )
}
