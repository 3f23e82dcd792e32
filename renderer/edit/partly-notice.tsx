import '../review/steps.css'
import { useTranslation } from 'react-i18next'
import type { SavedSteps } from '../../contract/steps.ts'
import { useStepWords } from '../review/step-words.ts'
import type { EditWork } from './edit-work.ts'
import { Notice } from './notice.tsx'

/** That a text is saved in part: what is on the server, what is not, and the way to go on. */
export function PartlyNotice({ steps, work }: { readonly steps: SavedSteps; readonly work: EditWork }) {
  const { t } = useTranslation('steps')
  const words = useStepWords()
  const [next] = steps.left
  return (
    <Notice
      tone="warn"
      role="status"
      lead={t('partly.title')}
      {...(next === undefined
        ? {}
        : { action: { label: t('partly.goOn', { step: words.name(next) }), run: () => void work.review() } })}
    >
      <ul className="steps-told">
        {steps.done.map(step => (
          <li key={step.version}>{t('partly.saved', { step: words.name(step), version: step.version })}</li>
        ))}
        {steps.left.map(step => (
          <li key={step.subresource}>{t('partly.left', { step: words.name(step), fields: words.fields(step) })}</li>
        ))}
      </ul>
      <p>{t('partly.kept')}</p>
    </Notice>
  )
}
