import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListAddress } from '../app/router.ts'
import { useSaveSettings } from '../app/settings.ts'
import { useApp } from '../app/use-host.ts'
import { takeFocus } from '../parts/focus.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { savedAs, wholeList } from './views.ts'

/** Asks what a list shall be called that is saved as a view. */
export function SaveViewDialog({
  open,
  list,
  onClose,
}: {
  readonly open: boolean
  readonly list: ListAddress
  readonly onClose: () => void
}) {
  const { t } = useTranslation('list')
  const { settings } = useApp()
  const save = useSaveSettings()
  const { resource, namespaces } = list.scope
  const offered = [resource, ...namespaces.slice(0, 2), list.filter].filter(Boolean).join(' ')
  return (
    <PanelDialog title={t('views.save')} open={open} onClose={onClose}>
      <ViewNameForm
        offered={offered}
        taken={settings.savedViews.map(view => view.name)}
        onName={name => {
          save({ savedViews: savedAs(settings.savedViews, name, wholeList(list, settings.listLooks)) })
          onClose()
        }}
      />
    </PanelDialog>
  )
}

/** A name for a view: one that is taken is said so before it replaces the other. */
export function ViewNameForm({
  offered,
  taken,
  onName,
}: {
  readonly offered: string
  readonly taken: readonly string[]
  readonly onName: (name: string) => void
}) {
  const { t } = useTranslation('list')
  const [typed, setTyped] = useState(offered.slice(0, 120))
  const name = typed.trim()
  const replaces = taken.includes(name)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (name !== '') onName(name)
  }
  return (
    <form className="view-form" onSubmit={submit}>
      <label>
        {t('views.name')}
        <input
          className="field"
          maxLength={120}
          ref={takeFocus}
          onFocus={event => event.target.select()}
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
      </label>
      <p className="setting-note" role="status">
        {replaces ? t('views.replaces', { name }) : t('views.note')}
      </p>
      <div className="dialog-buttons">
        <button type="submit" className="button button-accent" disabled={name === ''}>
          {t(replaces ? 'views.replace' : 'views.saveButton')}
        </button>
      </div>
    </form>
  )
}
