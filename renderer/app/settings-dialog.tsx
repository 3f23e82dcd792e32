import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KubeconfigFiles } from '../contexts/kubeconfig-files.tsx'
import { GuardList } from '../guards/guard-list.tsx'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { EditorSettings } from './editor-settings.tsx'
import { SettingChoice } from './setting-choice.tsx'
import { settingsLimits, useSaveSettings } from './settings.ts'
import { useApp } from './use-host.ts'

/** The settings that the person may choose; each is saved at once. */
export function SettingsDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['app', 'history'])
  const { settings } = useApp()
  const save = useSaveSettings()
  return (
    <PanelDialog title={t('settings.title')} open={open} onClose={onClose}>
      <SettingChoice
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
      <SettingChoice
        label={t('settings.theme')}
        value={settings.theme}
        options={[
          ['system', t('settings.system')],
          ['light', t('settings.light')],
          ['dark', t('settings.dark')],
        ]}
        onChange={theme => save({ theme })}
      />
      <SettingChoice
        label={t('settings.takeIn')}
        value={settings.takeIn}
        options={[
          ['on-request', t('settings.onRequest')],
          ['at-once', t('settings.atOnce')],
        ]}
        onChange={takeIn => save({ takeIn })}
      />
      <EditorSettings />
      <SettingChoice
        label={t('history:settings.days')}
        value={String(settings.history.days)}
        options={[
          ['30', t('history:settings.d30')],
          ['90', t('history:settings.d90')],
          ['180', t('history:settings.d180')],
          ['365', t('history:settings.d365')],
          ['null', t('history:settings.forever')],
        ]}
        onChange={days => save({ history: { ...settings.history, days: limitOf(days) } })}
      />
      <SettingChoice
        label={t('history:settings.entries')}
        value={String(settings.history.entries)}
        options={[
          ['1000', t('history:count', { count: 1_000 })],
          ['5000', t('history:count', { count: 5_000 })],
          ['20000', t('history:count', { count: 20_000 })],
          ['null', t('history:settings.forever')],
        ]}
        note={t('history:settings.note')}
        onChange={entries => save({ history: { ...settings.history, entries: limitOf(entries) } })}
      />
      <FieldManager value={settings.fieldManager} onSave={fieldManager => save({ fieldManager })} />
      <KubeconfigFiles />
      <GuardList />
    </PanelDialog>
  )
}

/** A limit of the history as its choice names it. */
function limitOf(choice: string): number | null {
  return choice === 'null' ? null : Number(choice)
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
