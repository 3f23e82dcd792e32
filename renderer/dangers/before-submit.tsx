import './before-submit.css'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImpactLine, ShownDanger } from '../../contract/dangers.ts'
import type { Review } from '../../contract/review.ts'
import type { DangerId } from '../../core/dangers/danger.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { dangerTitle, dangerWords } from './danger-words.ts'
import { hasMissed, ImpactLines } from './impact-lines.tsx'
import { useImpact } from './use-impact.ts'

/** What may go wrong by the reviewed change, and what it does to other objects: most serious first. */
export function BeforeSubmit({ review, work }: { readonly review: Review; readonly work: EditWork }) {
  const { t } = useTranslation('danger')
  const title = useId()
  const { dangers } = review
  const impact = useImpact(review.edit, review.changesAnything ? review.textVersion : null, review.plan)
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
      <ImpactLines impact={impact} lines={lines} />
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
