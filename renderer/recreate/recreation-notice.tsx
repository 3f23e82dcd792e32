import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../contract/edit.ts'
import type { Recreation } from '../../contract/recreation.ts'
import { useClient } from '../app/use-host.ts'
import type { EditWork } from '../edit/edit-work.ts'

type Way = {
  readonly word: 'begin' | 'once' | 'now' | 'byText' | 'goOn' | 'against' | 'leave'
  readonly run: () => void
}

/** How far a re-creation came that was cut off, as the object itself tells now, and the ways on from there. */
export function RecreationNotice({
  opened: { edit, ref },
  begun: { begun, standing, held },
  work,
  onFinish,
}: {
  readonly opened: OpenedEdit
  readonly begun: Recreation
  readonly work: EditWork
  /** Opens the dialog that does what is left. */
  readonly onFinish: () => void
}) {
  const { t } = useTranslation('recreate')
  const client = useClient()
  const leave: Way = { word: 'leave', run: () => void client.recreation.leave({ edit }) }
  const byText: Way = { word: 'byText', run: () => void work.recreate() }
  const ways: Readonly<Record<Recreation['standing'], readonly Way[]>> = {
    'under-way': [],
    unknown: [],
    untouched: [{ word: 'begin', run: onFinish }, leave],
    deleting: [{ word: 'once', run: onFinish }, leave],
    deleted: [{ word: 'now', run: onFinish }, byText, leave],
    created: [{ word: 'goOn', run: () => void work.goOnAsMade() }],
    taken: [{ word: 'against', run: () => void work.againstLive() }, leave],
  }
  return (
    <div className={`notice ${standing === 'created' || standing === 'under-way' ? 'info' : 'warn'}`}>
      <div role="status">
        <p className="notice-lead">{t('begun.lead', { kind: ref.kind, name: ref.name, at: begun })}</p>
        <p>
          {t(`begun.standing.${standing}`)} {held.length > 0 && t('begun.held', { held })}
        </p>
      </div>
      {ways[standing].length > 0 && (
        <div className="notice-ways">
          {ways[standing].map(({ word, run }, index) => (
            <Button key={word} className={index === 0 ? 'button button-accent' : 'button'} onPress={run}>
              {t(`begun.ways.${word}`)}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
