import { useEffect, useEffectEvent, useId, useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { QuickObject, Revision } from '../../contract/quick.ts'
import type { QuickEdit } from '../../core/quick/quick-edit.ts'
import { useAnswer } from '../app/use-host.ts'
import { Ago } from '../object/ago.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import type { FormProps } from './forms.ts'
import { Changes } from './quick-items.tsx'
import { readQuickEdit } from './read-quick-edit.ts'
import { useAsk } from './use-ask.ts'

/** Which revision: of one object from the list of those that are kept, of several the one before the present. */
export function RollbackForm({
  totals,
  onAsk,
  single,
  onRestored,
}: FormProps & { readonly single: QuickObject | null; readonly onRestored: (edit: QuickEdit | null) => void }) {
  return single === null ? (
    <PreviousRevision totals={totals} onAsk={onAsk} />
  ) : (
    <KeptRevisions object={single} onRestored={onRestored} />
  )
}

function PreviousRevision({ onAsk }: FormProps) {
  const { t } = useTranslation('quick')
  const field = useId()
  const note = useId()
  const [typed, setTyped] = useState('')
  const revision = typed.trim() === '' ? 0 : Number(typed)
  useAsk(Number.isSafeInteger(revision) && revision >= 0 ? { kind: 'rollback', revision } : null, onAsk)
  return (
    <div className="quick-line">
      <label htmlFor={field}>{t('rollback.revision')}</label>
      <input
        id={field}
        className="field quick-number"
        inputMode="numeric"
        aria-describedby={note}
        value={typed}
        onChange={event => setTyped(event.target.value)}
      />
      <p id={note} className="setting-note">
        {t('rollback.previous')}
      </p>
    </div>
  )
}

function KeptRevisions({
  object: { uid: _, ...object },
  onRestored,
}: {
  readonly object: QuickObject
  readonly onRestored: (edit: QuickEdit | null) => void
}) {
  const { t } = useTranslation('quick')
  const { result } = useAnswer(`revisions ${JSON.stringify(object)}`, (client, signal) =>
    client.quick.revisions({ object }, { signal }),
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const revisions = result?.ok === true ? result.value : []
  const before = revisions.find(({ present }) => !present)?.name ?? null
  const revision = revisions.find(({ name }) => name === (chosen ?? before)) ?? null
  const tell = useEffectEvent(() => onRestored(revision === null ? null : readQuickEdit(revision.edit)))
  // Told again when it is another revision.
  useEffect(() => tell(), [revision?.name])
  if (result === null) return <p role="status">{t('rollback.reading')}</p>
  if (!result.ok) return <ProblemText problem={result.problem} />
  if (before === null) return <p>{t('rollback.none')}</p>
  return (
    <RadioGroup className="quick-revisions" value={revision?.name ?? ''} onChange={setChosen}>
      <Label>{t('rollback.title')}</Label>
      {revisions.map(one => (
        <OneRevision key={one.name} revision={one} shown={one === revision} />
      ))}
    </RadioGroup>
  )
}

function OneRevision({ revision, shown }: { readonly revision: Revision; readonly shown: boolean }) {
  const { t } = useTranslation('quick')
  const { name, created, cause, images, present, changes, more } = revision
  return (
    <div className="quick-revision">
      <Radio value={name} className="quick-radio" isDisabled={present}>
        <span className="quick-radio-dot" aria-hidden="true" />
        <b>{revision.revision}</b>
        <span className="quick-images">{images.join(', ')}</span>
        {cause !== '' && <q>{cause}</q>}
        <span className="quick-when">
          {present ? t('rollback.present') : created === null ? '' : <Ago time={created} />}
        </span>
      </Radio>
      {shown && <Changes changes={changes} />}
      {shown && more > 0 && <p className="quick-note">{t('more', { count: more })}</p>}
    </div>
  )
}
