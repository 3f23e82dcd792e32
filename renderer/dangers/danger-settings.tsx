import './danger-settings.css'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type DangerGroup, type DangerId, dangerGroups, dangerIds } from '../../core/dangers/danger.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import { dangerTitle } from './danger-words.ts'

/** Which dangers are told of: each can be turned off, here or at its mark. */
export function DangerSettings() {
  const { t } = useTranslation('danger')
  const { settings } = useApp()
  const save = useSaveSettings()
  const off = new Set(settings.dangersOff)
  const told = dangerIds.filter(id => !off.has(id)).length
  const turn = (id: DangerId, on: boolean) =>
    save({ dangersOff: on ? settings.dangersOff.filter(one => one !== id) : [...settings.dangersOff, id] })
  // The keys of the groups are the groups.
  const groups = Object.keys(dangerGroups) as readonly DangerGroup[]
  return (
    <details className="danger-settings">
      <summary>
        {t('settings.title')}{' '}
        <span className="setting-note">{t('settings.told', { told, all: dangerIds.length })}</span>
      </summary>
      <p className="setting-note">{t('settings.note')}</p>
      <div className="danger-settings-groups">
        {groups.map(group => (
          <fieldset key={group}>
            <legend>{t(`groups.${group}`)}</legend>
            {idsOf(group).map(id => (
              <DangerToggle key={id} id={id} on={!off.has(id)} onChange={on => turn(id, on)} />
            ))}
          </fieldset>
        ))}
      </div>
      {off.size > 0 && (
        <button type="button" className="button button-small" onClick={() => save({ dangersOff: [] })}>
          {t('settings.all')}
        </button>
      )}
    </details>
  )
}

function idsOf(group: DangerGroup): readonly DangerId[] {
  return dangerIds.filter(id => id in dangerGroups[group])
}

function DangerToggle({
  id,
  on,
  onChange,
}: {
  readonly id: DangerId
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}) {
  const { i18n } = useTranslation('danger')
  const input = useId()
  return (
    <div className="setting-toggle">
      <input id={input} type="checkbox" checked={on} onChange={event => onChange(event.target.checked)} />
      <label htmlFor={input}>{dangerTitle(i18n, id)}</label>
    </div>
  )
}
