import type { EditorState } from '@codemirror/state'
import { useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands.ts'
import type { EditWork } from '../edit/edit-work.ts'
import type { PickListHandle } from '../edit/side/pick-list.tsx'
import { placeOfCursor, useText } from '../edit/side/text-watch.ts'
import { takeFocus } from '../parts/focus.ts'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { Breadcrumb, pathForms } from './breadcrumb.tsx'
import { FoundFields } from './found-fields.tsx'

/** The way to the cursor, and the commands that go elsewhere in the text. */
export function TextNavigation({ work, shown }: { readonly work: EditWork; readonly shown: boolean }) {
  const { t } = useTranslation('side')
  const state = useText(work, shown)
  const [searching, setSearching] = useState(false)
  const goTo = (offset: number) => work.editor()?.goTo(offset)
  const copy = (form: 'jsonPath' | 'pointer') => {
    const now = work.editor()?.view.state
    if (now === undefined) return
    void navigator.clipboard.writeText(pathForms(now, placeOfCursor(now).path)[form]).catch(() => undefined)
  }
  const command = (id: string, label: string, keys: readonly string[], run: () => void) => ({
    id: `edit.${id}`,
    label,
    group: t('group'),
    enabled: true,
    keys,
    run,
  })
  useCommands(
    shown
      ? [
          command('goToField', t('goTo.title'), ['Mod+Shift+O'], () => setSearching(true)),
          command('copyJsonPath', t('breadcrumb.copyJsonPath'), [], () => copy('jsonPath')),
          command('copyPointer', t('breadcrumb.copyPointer'), [], () => copy('pointer')),
        ]
      : [],
  )
  // Its room stays, so that the text does not jump.
  if (state === null) return <div className="breadcrumb" />
  return (
    <>
      <Breadcrumb state={state} onGo={goTo} />
      <PanelDialog title={t('goTo.title')} open={searching} onClose={() => setSearching(false)}>
        <FieldSearch
          state={state}
          onGo={offset => {
            setSearching(false)
            // The dialog gives the focus back first.
            setTimeout(() => goTo(offset))
          }}
        />
      </PanelDialog>
    </>
  )
}

function FieldSearch({ state, onGo }: { readonly state: EditorState; readonly onGo: (offset: number) => void }) {
  const { t } = useTranslation('side')
  const [query, setQuery] = useState('')
  const asked = useDeferredValue(query)
  const found = useRef<PickListHandle>(null)
  return (
    <div className="go-to-field">
      <input
        className="field"
        type="search"
        ref={takeFocus}
        aria-label={t('goTo.field')}
        placeholder={t('goTo.field')}
        value={query}
        onChange={event => setQuery(event.target.value)}
        onKeyDown={event => found.current?.press(event)}
      />
      <FoundFields ref={found} text={state.doc} query={asked} onGo={onGo} />
    </div>
  )
}
