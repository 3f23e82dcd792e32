import './delete.css'
import { useId, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { DeleteItem, DeleteObject, DeleteState } from '../../contract/delete.ts'
import { useApp } from '../app/use-host.ts'
import { Confirmations, useConfirmations } from '../guards/confirmations.tsx'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { ReasonInput } from '../parts/reason-input.tsx'
import { DeleteItems } from './delete-items.tsx'
import { DeleteOptionsForm } from './delete-options.tsx'
import { HangingList } from './hanging-list.tsx'
import { type Deletion, useDeletion } from './use-deletion.ts'

/** Deletes objects, after showing what hangs on them. Null shows nothing. */
export function DeleteDialog({
  objects,
  onClose,
}: {
  readonly objects: readonly DeleteObject[] | null
  readonly onClose: () => void
}) {
  const { t } = useTranslation('delete')
  const [only] = objects ?? []
  const title =
    objects?.length === 1 ? t('titleOne', { name: only?.name }) : t('title', { count: objects?.length ?? 0 })
  return (
    <PanelDialog title={title} open={objects !== null} onClose={onClose}>
      {objects !== null && <DeleteForm objects={objects} onClose={onClose} />}
    </PanelDialog>
  )
}

function DeleteForm({ objects, onClose }: { readonly objects: readonly DeleteObject[]; readonly onClose: () => void }) {
  const { t } = useTranslation('delete')
  const deletion = useDeletion(objects)
  const { state } = deletion
  if (state === null) return <p role="status">{t('reading')}</p>
  return <Checked deletion={deletion} state={state} onClose={onClose} />
}

function Checked({
  deletion,
  state,
  onClose,
}: {
  readonly deletion: Deletion
  readonly state: DeleteState
  readonly onClose: () => void
}) {
  const { t } = useTranslation('delete')
  const { contexts } = useApp()
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const able = state.items.filter(canSend)
  const confirmations = useConfirmations([...new Set(able.map(({ object }) => object.context))], contexts)
  const sending = state.phase === 'sending' || state.phase === 'stopping'
  const given = confirmations.given && (state.typed === null || typed.trim() === state.typed)
  const ready = state.phase === 'checked' && able.length > 0 && given
  const send = () => {
    if (!ready) return
    void deletion.send({
      confirmations: confirmations.typed,
      typed: state.typed === null ? null : typed,
      reason: reason.trim() || null,
    })
  }
  return (
    <form
      className="delete"
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      <DeleteItems items={state.items} />
      <HangingList state={state} />
      {!deletion.sent && (
        <>
          <DeleteOptionsForm state={state} onAdjust={deletion.adjust} />
          {state.typed !== null && (
            <TypedName expected={state.typed} typed={typed} onTyped={setTyped} several={/^\d+$/.test(state.typed)} />
          )}
        </>
      )}
      {able.length > 0 && !sending && (
        <>
          <Confirmations confirmations={confirmations} onSubmit={send} />
          <ReasonInput label={t('reason')} value={reason} onChange={setReason} />
        </>
      )}
      {deletion.problem !== null && (
        <div role="alert" className="delete-problem">
          <ProblemText problem={deletion.problem} />
        </div>
      )}
      {state.unkept !== null && <ProblemText problem={state.unkept} />}
      <div className="dialog-buttons">
        <p className="delete-summary" role="status">
          {deletion.lost ? t('lost') : summaryOf(state, deletion.sent, t)}
        </p>
        {sending ? (
          <Button className="button" isDisabled={state.phase === 'stopping'} onPress={deletion.stop}>
            {t(state.phase === 'stopping' ? 'stopping' : 'stop')}
          </Button>
        ) : (
          <Button className="button" onPress={onClose}>
            {t(deletion.sent ? 'close' : 'cancel')}
          </Button>
        )}
        {(!deletion.sent || able.length > 0) && !sending && (
          <Button type="submit" className="button delete-go" isDisabled={!ready}>
            {deletion.sent ? t('retry', { count: able.length }) : t('delete', { count: able.length })}
          </Button>
        )}
      </div>
    </form>
  )
}

function canSend({ state }: DeleteItem): boolean {
  return state.kind === 'ready' || state.kind === 'failed' || state.kind === 'unknown'
}

type Words = ReturnType<typeof useTranslation<'delete'>>['t']

function summaryOf({ items, phase }: DeleteState, sent: boolean, t: Words): string {
  const count = (...kinds: readonly DeleteItem['state']['kind'][]) =>
    items.filter(({ state }) => kinds.includes(state.kind)).length
  if (phase === 'checking') return t('checking')
  if (!sent) return count('refused') > 0 ? t('barred', { count: count('refused') }) : ''
  const parts = [
    count('gone') > 0 ? t('done.gone', { count: count('gone') }) : null,
    count('deleting') > 0 ? t('done.deleting', { count: count('deleting') }) : null,
    count('queued', 'sending', 'settling', 'waiting') > 0
      ? t('done.left', { count: count('queued', 'sending', 'settling', 'waiting') })
      : null,
    count('failed') > 0 ? t('done.failed', { count: count('failed') }) : null,
    count('unknown') > 0 ? t('done.unknown', { count: count('unknown') }) : null,
  ]
  return parts.filter(part => part !== null).join(' · ')
}

function TypedName({
  expected,
  typed,
  several,
  onTyped,
}: {
  readonly expected: string
  readonly typed: string
  readonly several: boolean
  readonly onTyped: (typed: string) => void
}) {
  const { t } = useTranslation('delete')
  const field = useId()
  const note = useId()
  const wrong = typed.trim() !== '' && !expected.startsWith(typed.trim())
  return (
    <div className="delete-typed">
      <label htmlFor={field}>{several ? t('typedSeveral', { expected }) : t('typed', { expected })}</label>
      <input
        id={field}
        className="field"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong}
        aria-describedby={note}
        value={typed}
        onChange={event => onTyped(event.target.value)}
      />
      <p id={note} className="setting-note" data-wrong={wrong || undefined} aria-live="polite">
        {wrong ? t('typedWrong') : t('typedNote')}
      </p>
    </div>
  )
}
