import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Taint, taintEffects } from '../../core/quick/quick-edit.ts'
import { IconButton } from '../parts/icon-button.tsx'
import type { FormProps } from './forms.ts'
import { useAsk } from './use-ask.ts'

type Row = Taint & { readonly id: string; readonly isNew: boolean; readonly removed: boolean; readonly count: number }

/** The taints of Nodes: taken away, changed, and new ones. */
export function TaintForm({ totals: { taints, objects }, onAsk }: FormProps) {
  const { t } = useTranslation('quick')
  const [rows, setRows] = useState<readonly Row[]>(() => [
    ...taints.map(taint => ({
      ...taint,
      id: `${taint.key} ${taint.value} ${taint.effect}`,
      isNew: false,
      removed: false,
    })),
    newTaint(),
  ])
  const put = (row: Row, change: Partial<Row>) =>
    setRows(rows.map(one => (one.id === row.id ? { ...one, ...change } : one)))
  const set = rows
    .filter(row => !row.removed && row.key.trim() !== '' && (row.isNew || !isAsBefore(row, taints)))
    .map(({ key, value, effect }) => ({ key: key.trim(), value, effect }))
  const remove = rows.filter(row => row.removed).map(({ key, effect }) => ({ key, effect }))
  useAsk(set.length + remove.length === 0 ? null : { kind: 'taint', set, remove }, onAsk)
  const evicts = set.some(({ effect }) => effect === 'NoExecute')
  return (
    <>
      <ul className="quick-rows">
        {rows.map(row => (
          <li key={row.id} className="quick-row quick-taint" data-removed={row.removed || undefined}>
            {row.isNew ? (
              <input
                className="field quick-code"
                aria-label={t('rows.key')}
                spellCheck={false}
                placeholder={t('rows.key')}
                value={row.key}
                onChange={event => put(row, { key: event.target.value })}
              />
            ) : (
              <code className="quick-key">
                {row.key}
                {row.count < objects && <span className="quick-mark">{t('rows.several', { count: row.count })}</span>}
              </code>
            )}
            <input
              className="field quick-code"
              aria-label={`${t('rows.value')} ${row.key}`}
              spellCheck={false}
              disabled={row.removed}
              placeholder={row.isNew ? t('rows.value') : ''}
              value={row.value}
              onChange={event => put(row, { value: event.target.value })}
            />
            <select
              className="field"
              aria-label={`${t('taint.effect')} ${row.key}`}
              disabled={row.removed || !row.isNew}
              value={row.effect}
              onChange={event =>
                put(row, { effect: taintEffects.find(one => one === event.target.value) ?? 'NoSchedule' })
              }
            >
              {taintEffects.map(effect => (
                <option key={effect}>{effect}</option>
              ))}
            </select>
            <IconButton
              icon={row.removed ? 'refresh' : 'close'}
              label={t(row.removed ? 'rows.keep' : 'rows.remove', { key: row.key })}
              onPress={() =>
                row.isNew ? setRows(rows.filter(({ id }) => id !== row.id)) : put(row, { removed: !row.removed })
              }
            />
          </li>
        ))}
      </ul>
      <button type="button" className="button button-small quick-add" onClick={() => setRows([...rows, newTaint()])}>
        {t('taint.add')}
      </button>
      {evicts && <p className="quick-warning">{t('taint.evicts')}</p>}
    </>
  )
}

function newTaint(): Row {
  const empty = { key: '', value: '', effect: 'NoSchedule', count: 0 } as const
  return { id: crypto.randomUUID(), isNew: true, removed: false, ...empty }
}

function isAsBefore({ key, value, effect }: Taint, taints: readonly Taint[]): boolean {
  return taints.some(one => one.key === key && one.value === value && one.effect === effect)
}
