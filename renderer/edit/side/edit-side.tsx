import './side.css'
import { type KeyboardEvent, type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenedEdit } from '../../../contract/edit.ts'
import { useCommands } from '../../app/commands.ts'
import { useSaveSettings } from '../../app/settings.ts'
import { useApp } from '../../app/use-host.ts'
import { TextNavigation } from '../../outline/text-navigation.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Splitter } from '../../parts/splitter.tsx'
import type { EditWork } from '../edit-work.ts'
import { type PaneId, panes } from './panes.ts'

const usualShare = 0.64

/** The text, and what the person wants to have beside it; below it where there is no room. */
export function EditSide({
  work,
  opened,
  shown,
  yaml,
  children,
}: {
  readonly work: EditWork
  readonly opened: OpenedEdit
  /** Whether the text is on screen. */
  readonly shown: boolean
  /** Whether it is seen as YAML: what stands beside it speaks of that. */
  readonly yaml: boolean
  readonly children: ReactNode
}) {
  const { t } = useTranslation('side')
  const { settings } = useApp()
  const save = useSaveSettings()
  const [share, setShare] = useState(usualShare)
  const [entered, setEntered] = useState(0)
  const side = useRef<HTMLElement>(null)
  const pane = panes.find(({ id }) => id === settings.editSide) ?? null

  function show(id: PaneId | null): void {
    if (id === null && side.current?.contains(document.activeElement)) work.editor()?.view.focus()
    setEntered(0)
    save({ editSide: id })
  }
  const command = (id: string, label: string, key: string, run: () => void) => ({
    id: `edit.${id}`,
    label,
    group: t('group'),
    enabled: true,
    run,
    keys: [key],
  })
  useCommands(
    shown
      ? [
          ...panes.map(({ id, keys }) => {
            const isOpen = pane?.id === id
            return command(`side.${id}`, t(isOpen ? `hide.${id}` : `show.${id}`), keys, () => show(isOpen ? null : id))
          }),
          command('explainField', t('explainField'), 'Shift+F1', () => {
            show('explain')
            setEntered(before => before + 1)
          }),
        ]
      : [],
  )

  return (
    <div className="edit-beside" style={{ '--share': share } as Record<string, number>} data-side={pane?.id}>
      <div className="edit-main">
        {yaml && <TextNavigation work={work} shown={shown} />}
        {children}
      </div>
      {pane !== null && (
        <>
          <Splitter label={t('splitter')} share={share} usual={usualShare} onShare={setShare} />
          <aside
            className="edit-side"
            aria-label={t(`panes.${pane.id}`)}
            ref={side}
            onKeyDown={event => {
              if (event.key === 'Escape' && !event.defaultPrevented) work.editor()?.view.focus()
            }}
          >
            <SideHead chosen={pane.id} onChoose={show} />
            <div className="side-pane" role="tabpanel" id="side-pane" aria-labelledby={`side-tab-${pane.id}`}>
              {!yaml && <p className="side-message">{t('yamlOnly')}</p>}
              <Suspense>{shown && yaml && <pane.Pane work={work} opened={opened} entered={entered} />}</Suspense>
            </div>
          </aside>
        </>
      )}
    </div>
  )
}

function SideHead({ chosen, onChoose }: { readonly chosen: PaneId; readonly onChoose: (id: PaneId | null) => void }) {
  const { t } = useTranslation('side')
  const list = useRef<HTMLDivElement>(null)
  const keys = panes.find(({ id }) => id === chosen)?.keys ?? ''

  function press(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = panes[panes.findIndex(({ id }) => id === chosen) + by]
    if (by === 0 || next === undefined) return
    event.preventDefault()
    onChoose(next.id)
    list.current?.querySelector<HTMLElement>(`#side-tab-${next.id}`)?.focus()
  }

  return (
    <div className="side-head">
      <div className="side-tabs" role="tablist" aria-label={t('label')} ref={list} onKeyDown={press}>
        {panes.map(({ id }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`side-tab-${id}`}
            aria-selected={id === chosen}
            aria-controls="side-pane"
            tabIndex={id === chosen ? 0 : -1}
            onClick={() => onChoose(id)}
          >
            {t(`panes.${id}`)}
          </button>
        ))}
      </div>
      <IconButton icon="close" label={t('close')} keys={keys} onPress={() => onChoose(null)} />
    </div>
  )
}
