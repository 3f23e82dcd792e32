import './owners.css'
import { useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { KnownKeeper } from '../../contract/owners.ts'
import type { Owner } from '../../core/ownership.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import type { PaneProps } from '../edit/side/panes.ts'
import { Ago } from '../object/ago.tsx'
import { marksId } from './foreign-marks.ts'
import { KeeperPlaces } from './keeper-places.tsx'
import { sayKeeper } from './keeper-words.ts'
import type { Owned } from './owned-task.ts'
import { huesOf, ownerName } from './owner-look.ts'
import { goToNextOf, showOnly } from './owners-gutter.ts'

/** Who owns the lines of the text: one owner's lines can be shown alone and walked through; and who keeps the object. */
export function OwnersPane({ work }: PaneProps) {
  const { t } = useTranslation('owners')
  const { owners, owned } = useSyncExternalStore(work.subscribe, work.state)
  const { settings } = useApp()
  const save = useSaveSettings()
  const keepers = owners?.keepers ?? []
  const marks = !settings.dangersOff.includes(marksId)
  return (
    <div className="owners-pane">
      <label>
        <input
          type="checkbox"
          checked={settings.ownersGutter}
          onChange={event => save({ ownersGutter: event.target.checked })}
        />{' '}
        {t('pane.gutter')}
      </label>
      <label>
        <input
          type="checkbox"
          checked={marks}
          onChange={event => {
            const others = settings.dangersOff.filter(id => id !== marksId)
            save({ dangersOff: event.target.checked ? others : [...others, marksId] })
          }}
        />{' '}
        {t('pane.marks')}
      </label>
      {keepers.length > 0 && (
        <section>
          <h3>{t('pane.keepers')}</h3>
          <ul className="owners-keepers">
            {keepers.map(known => (
              <KeeperItem key={`${known.keeper} ${known.by} ${known.object?.name}`} known={known} all={keepers} />
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{t('pane.managers')}</h3>
        {owned === null || owned.owners.length === 0 ? (
          <p className="edit-quiet">{t(owned === null ? 'pane.waiting' : 'pane.none')}</p>
        ) : (
          <Managers
            owned={owned}
            gutter={settings.ownersGutter}
            onChoose={owner => {
              const view = work.editor()?.view
              view?.dispatch({ effects: showOnly.of(owner) })
              if (view !== undefined && owner !== null) goToNextOf(view, owner)
            }}
          />
        )}
      </section>
    </div>
  )
}

function Managers({
  owned,
  gutter,
  onChoose,
}: {
  readonly owned: Owned
  readonly gutter: boolean
  readonly onChoose: (owner: number | null) => void
}) {
  const { t } = useTranslation('owners')
  const [chosen, setChosen] = useState<string | null>(null)
  const hues = huesOf(owned.owners)
  const lines = countLines(owned)
  const choose = (owner: number | null) => {
    setChosen(owner === null ? null : ownerName(owned.owners[owner]))
    onChoose(owner)
  }
  return (
    <>
      <ul className="owners-list">
        {owned.owners.map((owner, index) => (
          <li key={`${ownerName(owner)} ${owner.apiVersion}`}>
            <button
              type="button"
              disabled={!gutter || lines[index] === 0}
              aria-pressed={gutter && chosen === ownerName(owner)}
              onClick={() => choose(index)}
            >
              <i className={`owner-dot owner-hue-${hues[index]}`} />
              <OwnerWords owner={owner} />
              <span className="count">{t('pane.lines', { count: lines[index] ?? 0 })}</span>
            </button>
          </li>
        ))}
      </ul>
      {gutter && chosen !== null && (
        <button type="button" className="text-button" onClick={() => choose(null)}>
          {t('pane.all')}
        </button>
      )}
      <p className="edit-quiet">{t(gutter ? 'pane.hint' : 'pane.off')}</p>
    </>
  )
}

function OwnerWords({ owner: { manager, operation, subresource, time } }: { readonly owner: Owner }) {
  const { t } = useTranslation('owners')
  return (
    <span className="owners-name">
      <strong>{manager || t('unnamed')}</strong>
      <small>
        {operation}
        {subresource !== undefined && ` /${subresource}`} {time !== undefined && <Ago time={time} />}
      </small>
    </span>
  )
}

function KeeperItem({ known, all }: { readonly known: KnownKeeper; readonly all: readonly KnownKeeper[] }) {
  const { i18n } = useTranslation('owners')
  const others = all.filter(one => one === known || one.keeper !== known.keeper)
  const { who, will } = sayKeeper(i18n, known.keeper, null, others)
  return (
    <li>
      <p>
        <strong>{who}</strong> {will}
      </p>
      <p className="owner-places">
        <KeeperPlaces known={known} />
      </p>
      <small className="edit-quiet">
        <code>{known.by}</code>
      </small>
    </li>
  )
}

/** How many lines each owner has. */
function countLines({ lines, sets, owners }: Owned): readonly number[] {
  const counts = owners.map(() => 0)
  for (const line of lines) for (const index of sets[line] ?? []) counts[index] = (counts[index] ?? 0) + 1
  return counts
}
