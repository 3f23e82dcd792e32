import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { type HistoryObject, type HistoryRow, wholeHistory } from '../../contract/history.ts'
import { useStream } from '../app/use-host.ts'
import { useDays } from '../history/moments.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'

const offered = 50

/** Chooses a state of the object that the history keeps: before one of the submits from here, or after it. */
export function EarlierDialog({
  object,
  onChoose,
  onClose,
}: {
  readonly object: HistoryObject
  readonly onChoose: (entry: HistoryRow, side: 'before' | 'after') => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation('compare')
  const days = useDays()
  const filter = { ...wholeHistory, outcome: 'written', object } as const
  const { value } = useStream(`earlier ${JSON.stringify(object)}`, (client, signal) =>
    client.history.watch({ filter, window: { start: 0, count: offered } }, { signal }),
  )
  const rows = value?.window.rows ?? []
  return (
    <PanelDialog title={t('with.earlier')} open wide onClose={onClose}>
      {value !== null && rows.length === 0 && <p>{t('earlier.none')}</p>}
      <ul className="compare-earlier">
        {rows.map(row => (
          <li key={row.id}>
            <span>
              <time dateTime={new Date(row.sent).toISOString()}>{days.moment(row.sent)}</time>{' '}
              <small>{row.reason ?? row.paths.join(', ')}</small>
            </span>
            {(['before', 'after'] as const).map(side => (
              <Button
                key={side}
                className="button button-small"
                aria-label={t(`sides.${side}`, { at: days.moment(row.sent) })}
                onPress={() => {
                  onClose()
                  onChoose(row, side)
                }}
              >
                {t(`earlier.${side}`)}
              </Button>
            ))}
          </li>
        ))}
      </ul>
    </PanelDialog>
  )
}
