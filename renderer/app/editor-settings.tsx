import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../contract/app.ts'
import { DangerSettings } from '../dangers/danger-settings.tsx'
import { SettingChoice } from './setting-choice.tsx'
import { useSaveSettings } from './settings.ts'
import { useApp } from './use-host.ts'

/** Settings that are on or off, in the order in which they are shown. */
const toggles = [
  'softWrap',
  'schemaHelp',
  'liveDryRun',
  'ownersGutter',
  'speakMarks',
] as const satisfies readonly (keyof Settings)[]

/** What the person may choose of the editor. */
export function EditorSettings() {
  const { t } = useTranslation('text')
  const { settings } = useApp()
  const save = useSaveSettings()
  return (
    <section className="settings-group" aria-labelledby="editor-settings">
      <h3 id="editor-settings">{t('settings.title')}</h3>
      <SettingChoice
        label={t('settings.keys')}
        value={settings.editorKeys}
        options={[
          ['standard', t('settings.standard')],
          ['vim', t('settings.vim')],
        ]}
        note={t(settings.editorKeys === 'vim' ? 'settings.vimNote' : 'settings.standardNote')}
        onChange={editorKeys => save({ editorKeys })}
      />
      {toggles.map(name => (
        <SettingToggle
          key={name}
          label={t(`settings.${name}`)}
          note={t(`settings.${name}Note`)}
          on={settings[name]}
          onChange={on => save({ [name]: on })}
        />
      ))}
      <DangerSettings />
    </section>
  )
}

/** A setting that is on or off, with a line on what it does. */
function SettingToggle({
  label,
  note,
  on,
  onChange,
}: {
  readonly label: string
  readonly note: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}) {
  const id = useId()
  return (
    <div className="setting-toggle">
      <input
        id={id}
        type="checkbox"
        checked={on}
        aria-describedby={`${id}-note`}
        onChange={event => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-note`} className="setting-note">
        {note}
      </p>
    </div>
  )
}
