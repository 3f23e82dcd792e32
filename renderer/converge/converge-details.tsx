import { useTranslation } from 'react-i18next'
import type { ConvergeState, EventLine, PodsState } from '../../contract/converge.ts'
import type { Replicas } from '../../core/readiness.ts'
import { ageAt } from '../browse/age.ts'
import { ProblemText } from '../parts/problem-text.tsx'
import { useNow } from '../parts/use-now.ts'

/** All that is known of an object on its way: counts, pods, conditions and events. Kubernetes' own words are quoted as they are. */
export function ConvergeDetails({ state }: { readonly state: ConvergeState }) {
  const { replicas, pods, conditions, events, eventsProblem, readiness } = state
  return (
    <div className="converge-details">
      {readiness.kind === 'failed' && readiness.because.message !== '' && (
        <p className="converge-quote" lang="en">
          {readiness.because.message}
        </p>
      )}
      {replicas !== null && <ReplicaCounts replicas={replicas} />}
      {pods !== null && <Pods pods={pods} />}
      {conditions.length > 0 && <Conditions conditions={conditions} />}
      <Events events={events} problem={eventsProblem} />
    </div>
  )
}

function ReplicaCounts({ replicas }: { readonly replicas: Replicas }) {
  const { t } = useTranslation('converge')
  const { desired } = replicas
  return (
    <section>
      <h3>{t('replicas.title')}</h3>
      <dl>
        {(['updated', 'ready', 'available'] as const).map(
          count =>
            replicas[count] !== null && (
              <div key={count}>
                <dt>{t(`replicas.${count}`)}</dt>
                <dd>{t('replicas.of', { have: replicas[count], want: desired })}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  )
}

function Pods({ pods }: { readonly pods: PodsState }) {
  const { t } = useTranslation('converge')
  const { total, more, words, trouble, troubled, problem } = pods
  const rest = troubled - trouble.length
  return (
    <section>
      <h3>{t('pods.title')}</h3>
      {problem !== null && <ProblemText problem={problem} />}
      {problem === null && (
        <p>{total === 0 ? t('pods.none') : words.map(one => t('pods.word', { ...one })).join(' · ')}</p>
      )}
      {more && <p>{t('pods.more', { count: total })}</p>}
      {trouble.length > 0 && (
        <ul>
          {trouble.map(({ name, reason, message, container, exitCode, restarts }) => (
            <li key={name}>
              <p>
                <code>{name}</code> <strong>{reason}</strong>
                {container !== null && ` · ${t('pods.container', { name: container })}`}
                {exitCode !== null && ` · ${t('pods.exit', { code: exitCode })}`}
                {restarts > 0 && ` · ${t('pods.restarts', { count: restarts })}`}
              </p>
              {message !== '' && (
                <p className="converge-quote" lang="en">
                  {message}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {rest > 0 && <p>{t('pods.rest', { count: rest })}</p>}
    </section>
  )
}

function Conditions({ conditions }: { readonly conditions: ConvergeState['conditions'] }) {
  const { t } = useTranslation('converge')
  return (
    <section>
      <h3>{t('conditions.title')}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('conditions.type')}</th>
            <th scope="col">{t('conditions.status')}</th>
            <th scope="col">{t('conditions.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {conditions.map(({ type, status, reason, message }) => (
            <tr key={type}>
              <th scope="row">{type}</th>
              <td>{status}</td>
              <td lang="en">
                {reason}
                {message !== '' && <span className="converge-message">{message}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Events({
  events,
  problem,
}: {
  readonly events: readonly EventLine[]
  readonly problem: ConvergeState['eventsProblem']
}) {
  const { t } = useTranslation('converge')
  return (
    <section>
      <h3>{t('events.title')}</h3>
      {problem !== null && <ProblemText problem={problem} />}
      {problem === null && events.length === 0 && <p>{t('events.none')}</p>}
      {events.length > 0 && (
        <ul>
          {events.map(event => (
            <li key={`${event.reason} ${event.message}`} data-type={event.type}>
              <p>
                <strong>{event.reason}</strong> {event.count > 1 && t('events.count', { count: event.count })}{' '}
                <Ago last={event.last} />
              </p>
              <p className="converge-quote" lang="en">
                {event.message}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Ago({ last }: { readonly last: string }) {
  const { t } = useTranslation('converge')
  const age = useNow(now => ageAt(last, Math.max(now, Date.parse(last))))
  return <span className="converge-age">{t('events.ago', { age })}</span>
}
