import { useId, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { CreateState } from '../../contract/create.ts'
import { useCommands } from '../app/commands.ts'
import { useApp } from '../app/use-host.ts'
import { Confirmations, useConfirmations } from '../guards/confirmations.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { type Creation, canSend } from './use-creation.ts'

/** What would be created, what is asked for before that, and what came of it. */
export function SendForm({
  creation,
  state,
  disabled,
}: {
  readonly creation: Creation
  readonly state: CreateState
  readonly disabled: boolean
}) {
  const { t } = useTranslation('create')
  const { contexts } = useApp()
  const [reason, setReason] = useState('')
  const field = useId()
  const able = state.cells.flatMap(row =>
    row.flatMap((cell, at) => (canSend(cell) ? [state.places[at]?.context ?? ''] : [])),
  )
  const confirmations = useConfirmations([...new Set(able)], contexts)
  const busy = state.phase === 'sending' || state.phase === 'stopping'
  const ready = state.phase === 'checked' && able.length > 0 && confirmations.given && !disabled
  const send = () => {
    if (ready) void creation.send(confirmations.typed, reason.trim() || null)
  }
  useCommands([
    {
      id: 'create.send',
      label: t('commands.create'),
      group: t('title'),
      enabled: ready,
      run: send,
      keys: ['Mod+Shift+Enter'],
    },
  ])
  return (
    <div className="create-send">
      <p role="status">{summaryOf(state, t)}</p>
      {able.length > 0 && !busy && (
        <>
          <Confirmations confirmations={confirmations} onSubmit={send} />
          <label htmlFor={field} className="create-reason">
            {t('reason')}
            <input
              id={field}
              className="field"
              maxLength={2_000}
              value={reason}
              onChange={event => setReason(event.target.value)}
            />
          </label>
        </>
      )}
      {creation.problem !== null && (
        <div role="alert" className="create-problem">
          <ProblemText problem={creation.problem} />
        </div>
      )}
      {state.unkept !== null && <ProblemText problem={state.unkept} />}
      {busy ? (
        <Button className="button" isDisabled={state.phase === 'stopping'} onPress={creation.stop}>
          {t(state.phase === 'stopping' ? 'stopping' : 'stop')}
        </Button>
      ) : (
        (able.length > 0 || !creation.sent) && (
          <Button className="button button-accent" isDisabled={!ready} onPress={send}>
            {creation.sent ? t('retry', { count: able.length }) : t('create', { count: able.length })}
          </Button>
        )
      )}
    </div>
  )
}

type Words = ReturnType<typeof useTranslation<'create'>>['t']

const counted = ['created', 'ready', 'later', 'exists', 'refused', 'failed', 'unknown', 'skipped'] as const

function summaryOf({ cells, phase }: CreateState, t: Words): string {
  const all = cells.flat()
  const parts = counted.flatMap(kind => {
    const count = all.filter(cell => cell.kind === kind).length
    return count === 0 ? [] : [t(`summary.${kind}`, { count })]
  })
  const left = all.filter(({ kind }) => ['queued', 'sending', 'settling', 'waiting'].includes(kind)).length
  if (left > 0) parts.push(t('summary.left', { count: left }))
  return phase === 'checking' ? t('checking') : parts.join(' · ')
}
