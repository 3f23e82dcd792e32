import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnvSetting } from '../../core/quick/quick-edit.ts'
import type { QuickTotals } from '../../core/quick/totals.ts'
import { IconButton } from '../parts/icon-button.tsx'
import type { FormProps } from './forms.ts'
import { useAsk } from './use-ask.ts'

const sources = ['value', 'configMap', 'secret'] as const
type Source = (typeof sources)[number]

/** A variable in the form. `touched`: the person has said what it is to be. */
type Variable = {
  readonly id: string
  readonly name: string
  readonly isNew: boolean
  readonly touched: boolean
  readonly removed: boolean
  readonly source: Source
  readonly value: string
  readonly of: string
  readonly key: string
  /** What stands there now, where that is no plain value of all of them. */
  readonly hint: 'elsewhere' | 'several' | null
}

/** Variables of containers, from a value or from a key of a ConfigMap or Secret. */
export function EnvForm({ totals, onAsk }: FormProps) {
  const { t } = useTranslation('quick')
  const { containers } = totals
  const [chosen, setChosen] = useState(() => containers.filter(({ init }) => !init).map(({ name }) => name))
  const [variables, setVariables] = useState<readonly Variable[]>(() => [...variablesOf(containers), newVariable()])
  const put = (id: string, change: Partial<Variable>) =>
    setVariables(variables.map(one => (one.id === id ? { ...one, ...change, touched: true } : one)))
  const said = variables.filter(one => one.touched && one.name.trim() !== '')
  const remove = said.filter(one => one.removed).map(({ name }) => name)
  const set = said.filter(one => !one.removed).map(settingOf)
  const isWhole = said.every(one => one.removed || one.source === 'value' || (one.of !== '' && one.key !== ''))
  const isReady = isWhole && chosen.length > 0 && set.length + remove.length > 0
  useAsk(isReady ? { kind: 'env', containers: chosen, set, remove } : null, onAsk)
  return (
    <>
      {containers.length > 1 && (
        <fieldset className="quick-containers">
          <legend>{t('env.containers')}</legend>
          {containers.map(({ name }) => (
            <label key={name} className="quick-check">
              <input
                type="checkbox"
                checked={chosen.includes(name)}
                onChange={event =>
                  setChosen(event.target.checked ? [...chosen, name] : chosen.filter(one => one !== name))
                }
              />
              <code>{name}</code>
            </label>
          ))}
        </fieldset>
      )}
      <ul className="quick-rows">
        {variables.map(one => (
          <Row
            key={one.id}
            variable={one}
            onChange={change => put(one.id, change)}
            onDrop={() => setVariables(variables.filter(({ id }) => id !== one.id))}
          />
        ))}
      </ul>
      <button
        type="button"
        className="button button-small quick-add"
        onClick={() => setVariables([...variables, newVariable()])}
      >
        {t('env.add')}
      </button>
    </>
  )
}

function Row({
  variable,
  onChange,
  onDrop,
}: {
  readonly variable: Variable
  readonly onChange: (change: Partial<Variable>) => void
  readonly onDrop: () => void
}) {
  const { t } = useTranslation('quick')
  const { name, isNew, removed, source, value, of, key, hint, touched } = variable
  const text = (label: string, of: string, onText: (text: string) => void, placeholder = '') => (
    <input
      className="field quick-code"
      aria-label={`${label} ${name}`}
      spellCheck={false}
      autoComplete="off"
      disabled={removed}
      placeholder={placeholder}
      value={of}
      onChange={event => onText(event.target.value)}
    />
  )
  return (
    <li className="quick-row quick-variable" data-removed={removed || undefined}>
      {isNew ? (
        text(t('env.name'), name, next => onChange({ name: next }), 'NAME')
      ) : (
        <code className="quick-key">{name}</code>
      )}
      <select
        className="field"
        aria-label={`${t('env.source')} ${name}`}
        disabled={removed}
        value={source}
        onChange={event => onChange({ source: sources.find(one => one === event.target.value) ?? 'value' })}
      >
        {sources.map(one => (
          <option key={one} value={one}>
            {t(`env.sources.${one}`)}
          </option>
        ))}
      </select>
      {source === 'value' ? (
        text(
          t('rows.value'),
          value,
          next => onChange({ value: next }),
          hint === null || touched ? '' : t(`env.hints.${hint}`),
        )
      ) : (
        <span className="quick-pair">
          {text(t('env.of'), of, next => onChange({ of: next.trim() }), t('env.of'))}
          {text(t('rows.key'), key, next => onChange({ key: next.trim() }), t('rows.key'))}
        </span>
      )}
      <IconButton
        icon={removed ? 'refresh' : 'close'}
        label={t(removed ? 'rows.keep' : 'rows.remove', { key: name })}
        onPress={() => (isNew ? onDrop() : onChange({ removed: !removed }))}
      />
    </li>
  )
}

function newVariable(): Variable {
  const empty = { name: '', value: '', of: '', key: '', hint: null, source: 'value' } as const
  return { id: crypto.randomUUID(), isNew: true, touched: false, removed: false, ...empty }
}

function variablesOf(containers: QuickTotals['containers']): readonly Variable[] {
  const groups = Map.groupBy(
    containers.flatMap(({ env }) => env),
    ({ name }) => name,
  )
  return [...groups].map(([name, group]) => {
    const [first, ...others] = group
    const plain = others.length === 0 ? (first?.value ?? null) : null
    const hint = plain !== null ? null : others.length > 0 ? 'several' : 'elsewhere'
    return { ...newVariable(), id: name, name, isNew: false, value: plain ?? '', hint }
  })
}

function settingOf({ name, source, value, of, key }: Variable): EnvSetting {
  return source === 'value' ? { name: name.trim(), value } : { name: name.trim(), from: source, of, key }
}
