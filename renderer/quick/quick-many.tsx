import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { QuickAsk, QuickState } from '../../contract/quick.ts'
import { useApp } from '../app/use-host.ts'
import { Confirmations, useConfirmations } from '../guards/confirmations.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { ReasonInput } from '../parts/reason-input.tsx'
import { restartNow } from './forms.ts'
import { QuickItems } from './quick-items.tsx'
import type { QuickRun } from './use-quick-run.ts'

/** Many are checked, shown each with what would become of it, and sent together. `given`: the reason to begin with. */
export function ForMany({
  run,
  state,
  ask,
  given = '',
  onClose,
  children,
}: {
  readonly run: QuickRun
  readonly state: QuickState
  readonly ask: QuickAsk | null
  readonly given?: string
  readonly onClose: () => void
  readonly children?: ReactNode
}) {
  const { t } = useTranslation('quick')
  const { contexts } = useApp()
  const [reason, setReason] = useState(given)
  const [acknowledged, setAcknowledged] = useState(false)
  const sending = isSending(state)
  const isChecked = run.sent || (ask !== null && JSON.stringify(ask) === JSON.stringify(state.ask))
  const odd = state.items.filter(({ state, fates }) => state.kind === 'ready' && fates.length > 0)
  const able = state.items.filter(
    ({ state, fates }) => (state.kind === 'ready' || state.kind === 'failed') && (acknowledged || fates.length === 0),
  )
  const confirmations = useConfirmations([...new Set(able.map(({ object }) => object.context))], contexts)
  const canSend = isChecked && state.phase === 'checked' && able.length > 0 && confirmations.given
  const act = () => {
    if (canSend) void run.send({ confirmations: confirmations.typed, acknowledged, reason: reason.trim() || null })
    else if (!isChecked && ask !== null) run.check(ask.kind === 'restart' ? restartNow() : ask)
  }
  return (
    <form
      className="quick"
      onSubmit={event => {
        event.preventDefault()
        act()
      }}
    >
      {children}
      {state.ask !== null && <QuickItems items={state.items} stale={!isChecked} />}
      {isChecked && !sending && odd.length > 0 && (
        <label className="quick-check">
          <input type="checkbox" checked={acknowledged} onChange={event => setAcknowledged(event.target.checked)} />
          {t('acknowledge', { count: odd.length })}
        </label>
      )}
      {isChecked && !sending && able.length > 0 && (
        <>
          <Confirmations confirmations={confirmations} onSubmit={act} />
          <ReasonInput label={t('reason')} value={reason} onChange={setReason} />
        </>
      )}
      {run.problem !== null && <ProblemText problem={run.problem} />}
      <div className="dialog-buttons">
        <p className="quick-summary" role="status">
          {run.lost ? t('lost') : summaryOf(state, isChecked, t)}
        </p>
        {sending ? (
          <Button className="button" isDisabled={state.phase === 'stopping'} onPress={run.stop}>
            {t(state.phase === 'stopping' ? 'stopping' : 'stop')}
          </Button>
        ) : (
          <Button className="button" onPress={onClose}>
            {t(run.sent ? 'close' : 'cancel')}
          </Button>
        )}
        {!sending && !isChecked && (
          <Button type="submit" className="button button-accent" isDisabled={ask === null}>
            {t('check', { count: state.items.length })}
          </Button>
        )}
        {!sending && isChecked && (!run.sent || able.length > 0) && (
          <Button type="submit" className="button button-accent" isDisabled={!canSend}>
            {t(run.sent ? 'retry' : 'submit', { count: able.length })}
          </Button>
        )}
      </div>
    </form>
  )
}

/** Whether something is on its way, or about to be. */
export function isSending({ phase }: QuickState): boolean {
  return phase === 'sending' || phase === 'stopping'
}

type Words = ReturnType<typeof useTranslation<'quick'>>['t']

function summaryOf({ items, phase, ask }: QuickState, isChecked: boolean, t: Words): string {
  if (ask === null || !isChecked) return ''
  const counts = (
    [
      ['reading', 'checking'],
      ['ready'],
      ['queued', 'sending', 'preparing', 'settling', 'waiting'],
      ['saved'],
      ['unchanged'],
      ['unfit', 'refused'],
      ['failed'],
      ['unknown'],
    ] as const
  ).map(kinds => [kinds[0], items.filter(({ state }) => kinds.some(kind => kind === state.kind)).length] as const)
  const parts = counts.flatMap(([kind, count]) => (count === 0 ? [] : [t(`counts.${kind}`, { count })]))
  return [...(phase === 'stopping' ? [t('stopping')] : []), ...parts].join(' · ')
}
