import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SettingChoice } from '../app/setting-choice.tsx'
import { takeFocus } from '../parts/focus.ts'
import { type FormProps, restartNow } from './forms.ts'
import { useAsk } from './use-ask.ts'

const mostReplicas = 2_147_483_647

/** How many replicas. */
export function ScaleForm({ totals: { replicas }, onAsk }: FormProps) {
  const { t } = useTranslation('quick')
  const field = useId()
  const note = useId()
  const now = replicas !== null && replicas.least === replicas.most ? replicas.least : null
  const [typed, setTyped] = useState(now === null ? '' : String(now))
  const number = /^\d+$/.test(typed.trim()) ? Number(typed) : null
  const isRight = number !== null && number <= mostReplicas
  useAsk(isRight && number !== now ? { kind: 'scale', replicas: number } : null, onAsk)
  return (
    <div className="quick-line">
      <label htmlFor={field}>{t('scale.replicas')}</label>
      <input
        id={field}
        className="field quick-number"
        inputMode="numeric"
        autoComplete="off"
        ref={takeFocus}
        aria-describedby={note}
        aria-invalid={typed !== '' && !isRight}
        value={typed}
        onFocus={event => event.target.select()}
        onChange={event => setTyped(event.target.value)}
      />
      <p id={note} className="setting-note" data-wrong={number === 0 || undefined}>
        {number === 0
          ? t('scale.zero')
          : replicas === null
            ? ''
            : t(now === null ? 'scale.range' : 'scale.now', replicas)}
      </p>
    </div>
  )
}

/** A switch of the objects: which way it is to stand. */
export function SwitchForm({ totals, onAsk, kind }: FormProps & { readonly kind: 'pause' | 'suspend' | 'cordon' }) {
  const { t } = useTranslation('quick')
  const fitting = totals.kinds[kind] ?? 0
  const count = totals.on[kind]
  const [on, setOn] = useState(count * 2 <= fitting && count < fitting)
  useAsk({ kind, on }, onAsk)
  return (
    <SettingChoice
      label={t(`${kind}.title`)}
      value={on ? 'on' : 'off'}
      options={[
        ['on', t(`${kind}.on`)],
        ['off', t(`${kind}.off`)],
      ]}
      note={`${t(`${kind}.now`, { on: count, count: fitting })} ${t(on ? `${kind}.onNote` : `${kind}.offNote`)}`}
      onChange={value => setOn(value === 'on')}
    />
  )
}

/** Nothing to choose: what it does is said. */
export function RestartForm({ onAsk }: FormProps) {
  const { t } = useTranslation('quick')
  const [ask] = useState(restartNow)
  useAsk(ask, onAsk)
  return <p>{t('restart.note')}</p>
}
