import './before-submit.css'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Impact, ImpactLine, ShownDanger, TouchedObject } from '../../contract/dangers.ts'
import type { Review } from '../../contract/edit.ts'
import type { DangerId } from '../../core/dangers/danger.ts'
import type { Result } from '../../core/problem.ts'
import { answer } from '../app/client.ts'
import { useHost } from '../app/use-host.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { PageLink } from '../object/owned-section.tsx'
import { useProblemWords } from '../parts/problem-text.tsx'
import { dangerTitle, dangerWords, impactWords } from './danger-words.ts'

/** What may go wrong by the reviewed change, and what it does to other objects: most serious first. */
export function BeforeSubmit({ review, work }: { readonly review: Review; readonly work: EditWork }) {
  const { t } = useTranslation('danger')
  const title = useId()
  const { dangers } = review
  const impact = useImpact(review)
  const lines = impact?.ok ? impact.value.lines.filter(line => !isTold(line, dangers)) : []
  const isQuiet = impact !== null && dangers.length + lines.length === 0 && !hasMissed(impact)
  if (isQuiet) return null
  return (
    <section className="review-block before-submit" aria-labelledby={title} aria-busy={impact === null}>
      <h3 id={title}>{t('before.title')}</h3>
      {dangers.length > 0 && (
        <ul className="danger-list">
          {dangers.map(danger => (
            <DangerItem
              key={`${danger.id} ${danger.place} ${JSON.stringify(danger.facts)}`}
              danger={danger}
              work={work}
            />
          ))}
        </ul>
      )}
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
    </section>
  )
}

/** Whether a danger says the same already. */
function isTold({ kind, way, facts }: ImpactLine, dangers: Review['dangers']): boolean {
  const has = (id: DangerId) => dangers.some(danger => danger.id === id)
  return (
    (kind === 'rollout' && way === 'recreate' && has('downtime')) ||
    (kind === 'ends' && facts.to === 0 && has('scaled-to-zero'))
  )
}

/** What the reviewed text does to other objects; null until it is known. */
function useImpact({ edit, plan, textVersion, changesAnything }: Review): Result<Impact> | null {
  const { client } = useHost()
  const [told, setTold] = useState<{ readonly plan: string; readonly impact: Result<Impact> } | null>(null)
  useEffect(() => {
    if (!changesAnything) return
    const stop = new AbortController()
    answer(client.edit.impact({ edit, textVersion }, { signal: stop.signal })).then(
      impact => {
        if (!stop.signal.aborted) setTold({ plan, impact })
      },
      error => {
        if (!stop.signal.aborted) throw error
      },
    )
    return () => stop.abort()
  }, [client, edit, plan, textVersion, changesAnything])
  return told?.plan === plan ? told.impact : null
}

function DangerItem({ danger, work }: { readonly danger: ShownDanger; readonly work: EditWork }) {
  const { t, i18n } = useTranslation('danger')
  const { id, severity, facts, place, line } = danger
  return (
    <li data-severity={severity}>
      <strong>{dangerTitle(i18n, id)}</strong> <span>{dangerWords(i18n, id, facts)}</span>{' '}
      {place !== '' && <code>{place}</code>}{' '}
      {line !== null && (
        <button type="button" className="danger-line" onClick={() => goToLine(work, line)}>
          {t('before.line', { line })}
        </button>
      )}
    </li>
  )
}

/** Back to the text, at that line. */
function goToLine(work: EditWork, line: number): void {
  work.back()
  // The editor is on screen with the next frame.
  requestAnimationFrame(() => {
    const editor = work.editor()
    if (editor === null) return
    const { doc } = editor.view.state
    editor.goTo(doc.line(Math.min(line, doc.lines)).from)
  })
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

function hasMissed(impact: Result<Impact>): boolean {
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
