import './breadcrumb.css'
import type { EditorState } from '@codemirror/state'
import { useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { IndexPath } from '../../core/path.ts'
import { jsonPointer, kubectlJsonPath } from '../../core/path-forms.ts'
import { childStart, entriesOf, entriesTo, rootStart, type TextEntry } from '../edit/place/entries.ts'
import { placeOfCursor } from '../edit/side/text-watch.ts'
import { Icon } from '../parts/icon.tsx'
import { itemName, scalarOf } from './item-name.ts'

// A menu is no place for more.
const mostSiblings = 200

/** Where the cursor stands in the object: each part goes there, the mark before it opens what stands beside it. */
export function Breadcrumb({ state, onGo }: { readonly state: EditorState; readonly onGo: (offset: number) => void }) {
  const { t } = useTranslation('side')
  const { doc } = state
  const { path } = placeOfCursor(state)
  const entries = entriesTo(doc, path)
  return (
    <nav className="breadcrumb" aria-label={t('breadcrumb.label')}>
      <ol>
        {entries.map((entry, index) => (
          <li key={entry.from}>
            <Siblings state={state} holder={entries[index - 1] ?? null} entry={entry} onGo={onGo} />
            <button
              type="button"
              className="breadcrumb-part"
              aria-current={index === entries.length - 1 ? 'location' : undefined}
              onClick={() => onGo(entry.from)}
            >
              {nameOf(state, entry)}
            </button>
          </li>
        ))}
      </ol>
      {path.length > 0 && <CopyPath state={state} path={path} />}
    </nav>
  )
}

function nameOf({ doc }: EditorState, entry: TextEntry): string {
  return typeof entry.step === 'string' ? entry.step : (itemName(doc, entry) ?? `[${entry.step}]`)
}

function Siblings({
  state,
  holder,
  entry,
  onGo,
}: {
  readonly state: EditorState
  readonly holder: TextEntry | null
  readonly entry: TextEntry
  readonly onGo: (offset: number) => void
}) {
  const { t } = useTranslation('side')
  const [open, setOpen] = useState(false)
  return (
    <MenuTrigger isOpen={open} onOpenChange={setOpen}>
      <Button className="breadcrumb-siblings" aria-label={t('breadcrumb.siblings', { name: nameOf(state, entry) })}>
        <Icon name="chevron" />
      </Button>
      <Popover className="popover" placement="bottom start">
        {open && (
          <Menu
            className="menu breadcrumb-menu"
            aria-label={t('breadcrumb.siblings', { name: nameOf(state, entry) })}
            selectionMode="single"
            selectedKeys={[entry.from]}
            // The menu gives the focus back first.
            onAction={key => setTimeout(onGo, 0, Number(key))}
          >
            {siblingsIn(state, holder).map(one => (
              <MenuItem key={one.from} id={one.from} className="menu-item" textValue={nameOf(state, one)}>
                <Icon name="check" />
                <span className="menu-label">{nameOf(state, one)}</span>
                {typeof one.step === 'string' && one.value?.kind === 'scalar' && (
                  <span className="breadcrumb-value">{scalarOf(state.doc, one).slice(0, 60)}</span>
                )}
              </MenuItem>
            ))}
          </Menu>
        )}
      </Popover>
    </MenuTrigger>
  )
}

function siblingsIn({ doc }: EditorState, holder: TextEntry | null): readonly TextEntry[] {
  const start = holder === null ? rootStart(doc) : childStart(doc, holder)
  return start === null ? [] : [...entriesOf(doc, start).take(mostSiblings)]
}

/** The ways in which a path can be copied. */
export function pathForms(state: EditorState, path: IndexPath) {
  const { doc } = state
  const name = (item: IndexPath) => {
    const entry = entriesTo(doc, [...item, 'name'])[item.length]
    return entry?.value?.kind === 'scalar' ? scalarOf(doc, entry) : null
  }
  return { jsonPath: kubectlJsonPath(path, name), pointer: jsonPointer(path) }
}

function CopyPath({ state, path }: { readonly state: EditorState; readonly path: IndexPath }) {
  const { t } = useTranslation('side')
  const [open, setOpen] = useState(false)
  const copy = (text: string) => void navigator.clipboard.writeText(text).catch(() => undefined)
  return (
    <MenuTrigger isOpen={open} onOpenChange={setOpen}>
      <Button className="icon-button breadcrumb-copy" aria-label={t('breadcrumb.copy')}>
        <Icon name="copy" />
      </Button>
      <Popover className="popover" placement="bottom end">
        {open && (
          <Menu className="menu breadcrumb-menu" aria-label={t('breadcrumb.copy')}>
            {Object.entries(pathForms(state, path)).map(([form, text]) => (
              <MenuItem key={form} className="menu-item breadcrumb-form" textValue={text} onAction={() => copy(text)}>
                <span className="menu-label">
                  {t(form === 'jsonPath' ? 'breadcrumb.jsonPath' : 'breadcrumb.pointer')}
                </span>
                <code>{text}</code>
              </MenuItem>
            ))}
          </Menu>
        )}
      </Popover>
    </MenuTrigger>
  )
}
