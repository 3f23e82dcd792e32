import { useTranslation } from 'react-i18next'
import type { HistoryOutcome, HistoryRow } from '../../contract/history.ts'
import { GuardedName } from '../guards/guard-mark.tsx'
import { Icon } from '../parts/icon.tsx'
import { LongName } from '../parts/long-name.tsx'
import { useDays } from './moments.ts'

/** One submit in the list: when, what became of it, which object, and what changed for what reason. */
export function EntryRow({
  id,
  row,
  position,
  current,
  selected,
  onToggle,
  onOpen,
}: {
  readonly id: string
  readonly row: HistoryRow
  readonly position: { readonly index: number; readonly of: number }
  readonly current: boolean
  readonly selected: boolean
  readonly onToggle: () => void
  readonly onOpen: () => void
}) {
  const { t } = useTranslation(['history', 'steps'])
  const days = useDays()
  const { ref, context, sent, outcome, reason, subresource, step } = row
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the list keeps focus and keys.
    <div
      id={id}
      className="entry-row"
      role="option"
      aria-selected={selected}
      aria-posinset={position.index + 1}
      aria-setsize={position.of}
      data-current={current || undefined}
      onClick={onOpen}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: Space does it by keyboard. */}
      <span
        className="entry-check"
        data-selected={selected || undefined}
        onClick={event => {
          event.stopPropagation()
          onToggle()
        }}
      >
        {selected && <Icon name="check" />}
      </span>
      <time className="entry-time" dateTime={new Date(sent).toISOString()} title={days.moment(sent)}>
        {days.time(sent)}
      </time>
      <OutcomeMark outcome={outcome} />
      <span className="entry-object">
        <span className="entry-name">
          <span className="entry-kind">{ref.kind}</span> <LongName name={ref.name} />
          {subresource !== null && <span className="entry-quiet">/{subresource}</span>}
        </span>
        <span className="entry-quiet">
          <GuardedName context={context} />
          {ref.namespace !== null && <> · {ref.namespace}</>}
          {step !== null && <> · {t('steps:ofEdit', step)}</>}
        </span>
      </span>
      <span className="entry-what">
        <span className="entry-reason">{reason}</span>
        <span className="entry-paths">{changedWords(row, t)}</span>
      </span>
    </div>
  )
}

/** What became of a submit, in a word. */
export function OutcomeMark({ outcome }: { readonly outcome: HistoryOutcome }) {
  const { t } = useTranslation('history')
  return (
    <span
      className="outcome"
      data-outcome={outcome}
      title={outcome === 'written' ? undefined : t(`outcomeNote.${outcome}`)}
    >
      {t(`outcome.${outcome}`)}
    </span>
  )
}

type Words = ReturnType<typeof useTranslation<'history'>>['t']

function changedWords({ strategy, paths, changed }: HistoryRow, t: Words): string {
  if (strategy === 'create') return t('list.created')
  if (strategy === 'delete') return t('list.deleted')
  const [first] = paths
  if (first === undefined) return ''
  return changed === 1 ? first : t('list.paths', { first, count: changed - 1 })
}
