import { type KeyboardEvent, useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ViewState } from '../../contract/browse.ts'
import type { Layout } from '../../contract/list-settings.ts'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { columnTitle } from './grid-head.tsx'
import {
  expand,
  type GridColumn,
  type ListShape,
  labelPrefix,
  listColumns,
  mostLabels,
  ownColumns,
  withColumn,
  withMoved,
} from './list-columns.ts'

const labelsOffered = 30

/** The choice of a list's columns: which of the server's, which labels, and in which order. */
export function ColumnsPanel({
  shape,
  labels,
  onLayout,
}: {
  readonly shape: ListShape
  readonly labels: ViewState['labelKeys']
  /** Null for the usual columns. */
  readonly onLayout: (layout: Layout | null) => void
}) {
  const { t } = useTranslation('list')
  return (
    <DialogTrigger>
      <Button className="bar-button" aria-label={t('columns.title')}>
        <Icon name="columns" />
        <span className="bar-label">{t('columns.title')}</span>
      </Button>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Dialog className="popover-dialog columns-panel" aria-label={t('columns.title')}>
          <ShownColumns shape={shape} onLayout={onLayout} />
          <LabelColumns shape={shape} labels={labels} onLayout={onLayout} />
          <button type="button" className="text-button" onClick={() => onLayout(null)}>
            {t('columns.usual')}
          </button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

type PartProps = { readonly shape: ListShape; readonly onLayout: (layout: Layout | null) => void }

function ShownColumns({ shape, onLayout }: PartProps) {
  const { t } = useTranslation('list')
  const { columns, layout } = shape
  const kept = expand(layout, columns)
  const shown = listColumns(shape, [])
  const hidden = [...columns.map(column => column.name), ...ownColumns].filter(
    id => !shown.some(column => column.id === id),
  )
  const offered: GridColumn[] = [
    ...shown,
    ...listColumns({ ...shape, layout: hidden }, []).filter(({ id }) => hidden.includes(id)),
  ]

  function moveBy(id: string, by: number): void {
    const to = shown.findIndex(column => column.id === id) + by
    if (to < 0 || to >= shown.length) return
    onLayout(withMoved(shape, id, shown[by > 0 ? to + 1 : to]?.id ?? null))
  }
  function press(event: KeyboardEvent, id: string): void {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (by === 0 || !event.altKey) return
    event.preventDefault()
    moveBy(id, by)
  }
  return (
    <>
      <ul className="column-list" aria-label={t('columns.title')}>
        {offered.map((column, place) => {
          const { id, kind } = column
          const title = columnTitle(column, t)
          // Where a row is from, what it is called, and what the list is filtered by cannot be taken away.
          const calledFor = !kept.includes(id) && place < shown.length
          const fixed = kind === 'name' || kind === 'context' || kind === 'namespace' || calledFor
          return (
            <li key={id} className="column-row">
              <label>
                <input
                  type="checkbox"
                  checked={place < shown.length}
                  disabled={fixed}
                  onChange={event => onLayout(withColumn(layout, columns, id, event.target.checked))}
                  onKeyDown={event => press(event, id)}
                />
                <span className="column-name" title={column.description || undefined}>
                  {title}
                </span>
                {kind === 'label' && <span className="side-mark">{t('columns.label')}</span>}
                {columns[column.cell]?.priority !== 0 && kind === 'server' && (
                  <span className="side-mark">{t('columns.wide')}</span>
                )}
              </label>
              {place < shown.length && (
                <span className="column-moves">
                  <IconButton
                    icon="up"
                    label={t('columns.up', { column: title })}
                    isDisabled={place === 0}
                    onPress={() => moveBy(id, -1)}
                  />
                  <IconButton
                    icon="down"
                    label={t('columns.down', { column: title })}
                    isDisabled={place === shown.length - 1}
                    onPress={() => moveBy(id, 1)}
                  />
                </span>
              )}
            </li>
          )
        })}
      </ul>
      <p className="choice-hint">{t('columns.hint')}</p>
    </>
  )
}

function LabelColumns({ shape, labels, onLayout }: PartProps & { readonly labels: ViewState['labelKeys'] }) {
  const { t } = useTranslation('list')
  const [typed, setTyped] = useState('')
  const { columns, layout } = shape
  const ids = expand(layout, columns)
  const key = typed.trim()
  const full = ids.filter(id => id.startsWith(labelPrefix)).length >= mostLabels
  const offered = labels.filter(one => !ids.includes(labelPrefix + one.key) && one.key.includes(key))
  const show = (one: string) => {
    onLayout(withColumn(layout, columns, labelPrefix + one, true))
    setTyped('')
  }
  return (
    <section className="column-labels" aria-label={t('columns.labels')}>
      <input
        type="search"
        className="field"
        aria-label={t('columns.addLabel')}
        placeholder={t('columns.addLabel')}
        spellCheck={false}
        disabled={full}
        value={typed}
        onChange={event => setTyped(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter' || key === '') return
          event.preventDefault()
          show(offered.length === 1 ? (offered[0]?.key ?? key) : key)
        }}
      />
      <ul className="label-list" aria-label={t('columns.labels')}>
        {offered.slice(0, labelsOffered).map(one => (
          <li key={one.key}>
            <Button className="label-offer" isDisabled={full} onPress={() => show(one.key)}>
              <span className="column-name">{one.key}</span>
              <span className="side-mark">{t('columns.objects', { count: one.count })}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
