import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyValues } from '../../core/quick/totals.ts'
import type { FormProps } from './forms.ts'
import { type KeyRow, KeyRows, newRow } from './key-rows.tsx'
import { useAsk } from './use-ask.ts'

/** Labels or annotations: set, changed and taken away. */
export function NamesForm({ totals, onAsk, kind }: FormProps & { readonly kind: 'label' | 'annotate' }) {
  const { t } = useTranslation('quick')
  const there = kind === 'label' ? totals.labels : totals.annotations
  const [rows, setRows] = useState<readonly KeyRow[]>(() => [
    ...there.map(one => rowOf(one, totals.objects, count => t('rows.several', { count }))),
    newRow(),
  ])
  const began = new Map(there.map(one => [one.key, onlyValue(one, totals.objects)]))
  const changed = rows.filter(row => !row.removed && row.key.trim() !== '' && isChanged(row, began))
  const set = Object.fromEntries(changed.map(({ key, value }) => [key.trim(), value ?? '']))
  const remove = rows.filter(row => row.removed).map(({ key }) => key)
  const isEmpty = changed.length === 0 && remove.length === 0
  useAsk(isEmpty ? null : { kind, set, remove }, onAsk)
  const words = { key: t('rows.key'), value: t('rows.value'), add: t(`${kind}.add`) }
  return <KeyRows rows={rows} words={words} onRows={setRows} />
}

/** The value that all of them have; null where they differ. */
function onlyValue({ values: [first, ...others] }: KeyValues, objects: number): string | null {
  return first !== undefined && others.length === 0 && first.count === objects ? first.value : null
}

function rowOf(one: KeyValues, objects: number, several: (count: number) => string): KeyRow {
  const value = onlyValue(one, objects)
  const count = one.values.reduce((sum, { count }) => sum + count, 0)
  const [first, ...others] = one.values
  const placeholder = others.length === 0 ? `${first?.value ?? ''} (${several(count)})` : several(count)
  return {
    id: one.key,
    key: one.key,
    isNew: false,
    value,
    placeholder: value === null ? placeholder : '',
    removed: false,
  }
}

function isChanged({ key, isNew, value }: KeyRow, began: ReadonlyMap<string, string | null>): boolean {
  return isNew || value !== (began.get(key) ?? null)
}
