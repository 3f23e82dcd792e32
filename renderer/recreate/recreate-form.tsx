import '../delete/delete.css'
import './recreate.css'
import { useEffect, useEffectEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import type { RecreateState } from '../../contract/recreate.ts'
import { useApp } from '../app/use-host.ts'
import { DeleteItems } from '../delete/delete-items.tsx'
import { DeleteOptionsForm } from '../delete/delete-options.tsx'
import { HangingList } from '../delete/hanging-list.tsx'
import type { EditWork } from '../edit/edit-work.ts'
import { Confirmations, useConfirmations } from '../guards/confirmations.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { ReasonInput } from '../parts/reason-input.tsx'
import { type Recreation, useRecreation } from './use-recreation.ts'

/** What goes with the object, whether the new one would be taken, and both steps. */
export function RecreateForm({
  opened,
  work,
  onClose,
}: {
  readonly opened: OpenedEdit
  readonly work: EditWork
  readonly onClose: () => void
}) {
  const { t } = useTranslation('recreate')
  const recreation = useRecreation(opened.edit)
  const { state } = recreation
  const next = state?.step.kind === 'created' ? state.step.edit : null
  const goOn = useEffectEvent((edit: string) => {
    onClose()
    void work.goOnAs(edit)
  })
  useEffect(() => {
    if (next !== null) goOn(next)
  }, [next])
  const toText = () => {
    onClose()
    void work.recreate()
  }
  if (state === null) return <p role="status">{t('reading')}</p>
  return <Checked opened={opened} recreation={recreation} state={state} onClose={onClose} onText={toText} />
}

function Checked({
  opened,
  recreation,
  state,
  onClose,
  onText,
}: {
  readonly opened: OpenedEdit
  readonly recreation: Recreation
  readonly state: RecreateState
  readonly onClose: () => void
  /** To the text as a creation of its own, after one that failed. */
  readonly onText: () => void
}) {
  const { t } = useTranslation(['recreate', 'delete'])
  const { contexts } = useApp()
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const [anyway, setAnyway] = useState(false)
  const { deletion, trial, step } = state
  const confirmations = useConfirmations([opened.context], contexts)
  const deciding = step.kind === 'deciding'
  const working = step.kind === 'deleting' || step.kind === 'creating'
  const isTyped = deletion.typed === null || typed.trim() === deletion.typed
  const isAsked = trial.kind === 'taken' || trial.kind === 'none' || (trial.kind === 'refused' && anyway)
  const able = deletion.items.every(item => item.state.kind === 'ready' || item.state.kind === 'gone')
  const ready = deciding && deletion.phase === 'checked' && able && isAsked && isTyped && confirmations.given
  const left = leftOf(deletion)
  const send = () => {
    if (!ready) return
    void recreation.send({
      confirmation: confirmations.typed[opened.context] ?? null,
      typed: deletion.typed === null ? null : typed,
      reason: reason.trim() || null,
    })
  }
  return (
    <form
      className="delete recreate"
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      {left === 'both' ? <p>{t(`lost.${lostOf(opened)}`)}</p> : <p>{t(`left.${left}`)}</p>}
      <DeleteItems items={deletion.items} />
      <HangingList state={deletion} />
      {deciding && left === 'both' && <DeleteOptionsForm state={deletion} onAdjust={recreation.adjust} />}
      <TrialWord state={state} anyway={anyway} onAnyway={setAnyway} />
      {deciding && (
        <>
          {deletion.typed !== null && (
            <label className="delete-typed">
              {t('delete:typed', { expected: deletion.typed })}
              <input
                className="field"
                autoComplete="off"
                value={typed}
                onChange={event => setTyped(event.target.value)}
              />
            </label>
          )}
          <Confirmations confirmations={confirmations} onSubmit={send} />
          <ReasonInput label={t('delete:reason')} value={reason} onChange={setReason} />
        </>
      )}
      {recreation.problem !== null && <ProblemText problem={recreation.problem} />}
      {step.kind === 'failed' && (
        <div role="alert" className="delete-problem">
          <p>{t(step.deleted ? 'notCreated' : 'notDeleted')}</p>
          <ProblemText problem={step.problem} />
        </div>
      )}
      <div className="dialog-buttons">
        <p className="delete-summary" role="status">
          {step.kind === 'deciding' || step.kind === 'failed' ? '' : t(`steps.${step.kind}`)}
        </p>
        {working ? (
          <Button className="button" isDisabled={step.kind === 'creating'} onPress={recreation.stop}>
            {t('stop')}
          </Button>
        ) : (
          <Button className="button" onPress={onClose}>
            {t(deciding ? 'cancel' : 'close')}
          </Button>
        )}
        {step.kind === 'failed' && step.deleted && (
          <Button className="button button-accent" onPress={onText}>
            {t('toText')}
          </Button>
        )}
        {deciding && (
          <Button type="submit" className="button delete-go" isDisabled={!ready}>
            {t(`go.${left}`)}
          </Button>
        )}
      </div>
    </form>
  )
}

/** What is left to do: both steps; or, where the old object is on its way out or gone, only the creation. */
function leftOf({ items: [item] }: RecreateState['deletion']): 'both' | 'once-gone' | 'creation' {
  if (item?.state.kind === 'gone') return 'creation'
  return item !== undefined && item.deletingSince !== null ? 'once-gone' : 'both'
}

/** Whether the server would take the new object. */
function TrialWord({
  state: { deletion, trial, text },
  anyway,
  onAnyway,
}: {
  readonly state: RecreateState
  readonly anyway: boolean
  readonly onAnyway: (anyway: boolean) => void
}) {
  const { t } = useTranslation('recreate')
  const isFree = leftOf(deletion) === 'creation'
  return (
    <section className="recreate-trial" aria-label={t('new')}>
      <h3>{t('new')}</h3>
      <p className="setting-note" role="status">
        {t(`trial.${trial.kind}`, isFree ? { context: 'free' } : {})}
      </p>
      {trial.kind === 'refused' && (
        <>
          <div className="delete-problem">
            <ProblemText problem={trial.problem} />
          </div>
          <label className="delete-check">
            <input type="checkbox" checked={anyway} onChange={event => onAnyway(event.target.checked)} />
            {t('anyway')}
          </label>
        </>
      )}
      {text !== null && (
        <details>
          <summary>{t('text')}</summary>
          <pre>{text}</pre>
        </details>
      )}
    </section>
  )
}

/** What is lost with an object of this kind beyond its uid and its status. */
function lostOf({ ref: { group, kind } }: OpenedEdit): 'pod' | 'service' | 'workload' | 'any' {
  if (group === '' && kind === 'Pod') return 'pod'
  if (group === '' && kind === 'Service') return 'service'
  const makesPods = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'ReplicationController']
  return makesPods.includes(kind) ? 'workload' : 'any'
}
