import { useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { GuardList } from '../guards/guard-list.tsx'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { settingsLimits, useSaveSettings } from './settings.ts'
import { useApp } from './use-host.ts'

/** The settings that the person may choose; each is saved at once. */
export function SettingsDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('app')
  const { settings } = useApp()
  const save = useSaveSettings()
  return (
    <PanelDialog title={t('settings.title')} open={open} onClose={onClose}>
      <Choice
        label={t('settings.language')}
        value={settings.language}
        options={[
          ['system', t('settings.system')],
          // Languages are named in themselves, so that each is found by those who need it.
          ['en', 'English'],
          ['zh-CN', '简体中文'],
        ]}
        onChange={language => save({ language })}
      />
      <Choice
        label={t('settings.theme')}
        value={settings.theme}
        options={[
          ['system', t('settings.system')],
          ['light', t('settings.light')],
          ['dark', t('settings.dark')],
        ]}
        onChange={theme => save({ theme })}
      />
      <FieldManager value={settings.fieldManager} onSave={fieldManager => save({ fieldManager })} />
      <GuardList />
    </PanelDialog>
  )
}

function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [T, string])[]
  readonly onChange: (value: T) => void
}) {
  function choose(chosen: string): void {
    const option = options.find(([one]) => one === chosen)
    if (option !== undefined) onChange(option[0])
  }
  return (
    <RadioGroup className="setting" value={value} onChange={choose} orientation="horizontal">
      <Label>{label}</Label>
      <div className="segments">
        {options.map(([one, name]) => (
          <Radio key={one} value={one} className="segment">
            {name}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

function FieldManager({ value, onSave }: { readonly value: string; readonly onSave: (value: string) => void }) {
  const { t } = useTranslation('app')
  const [typed, setTyped] = useState(value)
  const good = settingsLimits.fieldManager.test(typed)
  return (
    <div className="setting">
      <label htmlFor="field-manager">{t('settings.fieldManager')}</label>
      <input
        id="field-manager"
        className="field"
        value={typed}
        maxLength={128}
        spellCheck={false}
        aria-invalid={!good}
        aria-describedby="field-manager-note"
        onChange={event => {
          setTyped(event.target.value)
          if (settingsLimits.fieldManager.test(event.target.value)) onSave(event.target.value)
        }}
      />
      <p id="field-manager-note" className="setting-note" data-wrong={!good || undefined}>
        {t(good ? 'settings.fieldManagerNote' : 'settings.fieldManagerWrong')}
      </p>
    </div>
  )
}
