import { useId } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { DeleteOptions, DeleteState } from '../../contract/delete.ts'

const propagations = ['Background', 'Foreground', 'Orphan'] as const

/** How the objects are deleted. Another choice is dry-run anew. */
export function DeleteOptionsForm({
  state,
  onAdjust,
}: {
  readonly state: DeleteState
  readonly onAdjust: (options: Partial<DeleteOptions>) => void
}) {
  const { t } = useTranslation('delete')
  const { options, items, phase } = state
  const off = phase === 'sending' || phase === 'stopping'
  // What is in a namespace, or of a kind, goes however its owner does.
  const owning = items.some(({ kind }) => kind !== 'Namespace' && kind !== 'CustomResourceDefinition')
  const graces = items.flatMap(({ grace }) => grace ?? [])
  return (
    <div className="delete-options">
      {owning && (
        <RadioGroup
          className="delete-propagation"
          value={options.propagation}
          isDisabled={off}
          onChange={value => onAdjust({ propagation: propagations.find(one => one === value) ?? 'Background' })}
        >
          <Label>{t('propagation.title')}</Label>
          {propagations.map(one => (
            <Radio key={one} value={one} className="delete-radio">
              <span className="delete-radio-dot" aria-hidden="true" />
              <span>
                <b>{t(`propagation.${one}`)}</b> <span className="setting-note">{t(`propagation.${one}Note`)}</span>
              </span>
            </Radio>
          ))}
        </RadioGroup>
      )}
      {graces.length > 0 && (
        <Grace
          grace={options.grace}
          usual={Math.max(...graces)}
          disabled={off}
          onGrace={grace => onAdjust({ grace })}
        />
      )}
      <label className="delete-check">
        <input
          type="checkbox"
          checked={options.version}
          disabled={off}
          onChange={event => onAdjust({ version: event.target.checked })}
        />
        <span>
          {t('version')} <span className="setting-note">{t('versionNote')}</span>
        </span>
      </label>
    </div>
  )
}

/** Seconds that Pods are given to end; empty for their own. */
function Grace({
  grace,
  usual,
  disabled,
  onGrace,
}: {
  readonly grace: number | null
  readonly usual: number
  readonly disabled: boolean
  readonly onGrace: (grace: number | null) => void
}) {
  const { t } = useTranslation('delete')
  const field = useId()
  const note = useId()
  return (
    <div className="delete-grace">
      <label htmlFor={field}>{t('grace')}</label>
      <input
        id={field}
        className="field"
        type="number"
        min={0}
        max={86_400}
        step={1}
        placeholder={String(usual)}
        disabled={disabled}
        aria-describedby={note}
        value={grace ?? ''}
        onChange={event => {
          const seconds = event.target.valueAsNumber
          onGrace(Number.isInteger(seconds) && seconds >= 0 && seconds <= 86_400 ? seconds : null)
        }}
      />
      <p id={note} className="setting-note" data-wrong={grace === 0 || undefined} aria-live="polite">
        {grace === 0 ? t('graceZero') : t('graceNote', { count: usual })}
      </p>
    </div>
  )
}
