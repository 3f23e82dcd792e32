import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { takeFocus } from '../parts/focus.ts'
import { IconButton } from '../parts/icon-button.tsx'

/** A row of a form: a key that is there, or a new one. `value` null: its values differ, or cannot be typed, and stay. */
export type KeyRow = {
  readonly id: string
  readonly key: string
  readonly isNew: boolean
  readonly value: string | null
  readonly placeholder: string
  readonly removed: boolean
}

/** A fresh row at the end. */
export function newRow(): KeyRow {
  return { id: crypto.randomUUID(), key: '', isNew: true, value: '', placeholder: '', removed: false }
}

/** Keys with their values: each can be changed or taken away, and new ones added. */
export function KeyRows({
  rows,
  words,
  onRows,
}: {
  readonly rows: readonly KeyRow[]
  readonly words: { readonly key: string; readonly value: string; readonly add: string }
  readonly onRows: (rows: readonly KeyRow[]) => void
}) {
  const { t } = useTranslation('quick')
  const put = (row: KeyRow, change: Partial<KeyRow>) =>
    onRows(rows.map(one => (one.id === row.id ? { ...one, ...change } : one)))
  return (
    <>
      <ul className="quick-rows">
        {rows.map(row => (
          <li key={row.id} className="quick-row" data-removed={row.removed || undefined}>
            <Key row={row} label={words.key} onKey={key => put(row, { key })} />
            <input
              className="field quick-code"
              aria-label={`${words.value} ${row.key}`}
              spellCheck={false}
              autoComplete="off"
              disabled={row.removed}
              placeholder={row.placeholder}
              value={row.value ?? ''}
              onChange={event => put(row, { value: event.target.value })}
            />
            <IconButton
              icon={row.removed ? 'refresh' : 'close'}
              label={t(row.removed ? 'rows.keep' : 'rows.remove', { key: row.key })}
              onPress={() =>
                row.isNew ? onRows(rows.filter(one => one.id !== row.id)) : put(row, { removed: !row.removed })
              }
            />
          </li>
        ))}
      </ul>
      <button type="button" className="button button-small quick-add" onClick={() => onRows([...rows, newRow()])}>
        {words.add}
      </button>
    </>
  )
}

function Key({
  row,
  label,
  onKey,
}: {
  readonly row: KeyRow
  readonly label: string
  readonly onKey: (key: string) => void
}) {
  const field = useId()
  if (!row.isNew) return <code className="quick-key">{row.key}</code>
  return (
    <input
      id={field}
      className="field quick-code"
      aria-label={label}
      spellCheck={false}
      autoComplete="off"
      ref={takeFocus}
      value={row.key}
      onChange={event => onKey(event.target.value)}
    />
  )
}
