import './before-submit.css'
import { useTranslation } from 'react-i18next'
import type { Impact, ImpactLine, TouchedObject } from '../../contract/dangers.ts'
import type { Result } from '../../core/problem.ts'
import { PageLink } from '../object/owned-section.tsx'
import { useProblemWords } from '../parts/problem-text.tsx'
import { impactWords } from './danger-words.ts'

/** What a change does to other objects: `lines` of it, and what of it is not known (yet). */
export function ImpactLines({
  impact,
  lines,
}: {
  /** Null until it is known. */
  readonly impact: Result<Impact> | null
  readonly lines: readonly ImpactLine[]
}) {
  const { t } = useTranslation('danger')
  return (
    <>
      {lines.length > 0 && (
        <ul className="danger-list" aria-label={t('before.impact')}>
          {lines.map(line => (
            <ImpactItem key={`${line.kind} ${line.way} ${JSON.stringify(line.facts)}`} line={line} />
          ))}
        </ul>
      )}
      {impact === null && (
        <p className="review-quiet" role="status">
          {t('before.looking')}
        </p>
      )}
      {impact !== null && <Missed impact={impact} />}
    </>
  )
}

function ImpactItem({ line }: { readonly line: ImpactLine }) {
  const { t, i18n } = useTranslation('danger')
  const { severity, objects, more } = line
  return (
    <li data-severity={severity}>
      <span>{impactWords(i18n, line)}</span>
      {objects.length > 0 && (
        <span className="danger-touched">
          {objects.map(object => (
            <Touched
              key={`${object.kind} ${object.target.namespace} ${object.target.name} ${object.use}`}
              object={object}
            />
          ))}
          {more > 0 && <span>{t('before.more', { count: more })}</span>}
        </span>
      )}
    </li>
  )
}

function Touched({ object: { kind, target, use } }: { readonly object: TouchedObject }) {
  const { t } = useTranslation('danger')
  return (
    <span>
      <span className="danger-kind">{kind}</span> <PageLink target={target} name={target.name} />
      {use !== null && <small> {t(`before.use.${use}`)}</small>}
    </span>
  )
}

/** Whether there was something that could not be looked at. */
export function hasMissed(impact: Result<Impact>): boolean {
  return !impact.ok || impact.value.missed.length > 0
}

/** What could not be looked at, and why. */
function Missed({ impact }: { readonly impact: Result<Impact> }) {
  const { t } = useTranslation('danger')
  const say = useProblemWords()
  if (!hasMissed(impact)) return null
  if (!impact.ok) return <p className="review-quiet">{t('before.failed', { why: say(impact.problem).sentence })}</p>
  const { missed } = impact.value
  const resources = [...new Set(missed.flatMap(({ resource }) => (resource === '' ? [] : [resource])))]
  const isLate = missed.some(({ problem }) => problem === null || problem.code === 'timed-out')
  return (
    <p className="review-quiet">
      {resources.length > 0 && t('before.missed', { resources })} {isLate && t('before.late')}
    </p>
  )
}
