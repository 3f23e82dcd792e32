import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { rowTarget } from '../browse/grid-row.tsx'
import { kindKey, listableKinds, pluralKind, usualFirst } from '../browse/kind-groups.ts'
import { useNamespaces } from '../browse/namespace-picker.tsx'
import { listIn, placeScope, plainList, withKind } from '../browse/scope.ts'
import { useClusterScoped, useKinds } from '../browse/use-kinds.ts'
import { useList } from '../browse/use-list.ts'
import { Icon } from '../parts/icon.tsx'
import { onMac, showKeys, useAllCommands } from './commands.ts'
import { type Entry, findEntries } from './palette-entries.ts'
import { type ListAddress, usePlace, useRouter } from './router.ts'
import { useApp } from './use-host.ts'

/** Everything by name: commands, kinds, contexts, namespaces, and the objects of the list on screen. */
export function Palette({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('app')
  return (
    <ModalOverlay className="overlay overlay-top" isDismissable isOpen={open} onOpenChange={now => !now && onClose()}>
      <Modal className="palette">
        <Dialog className="palette-dialog" aria-label={t('palette.title')}>
          <PaletteBody onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function PaletteBody({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('app')
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const groups = findEntries(useEntries(), useObjectEntries(typed), typed)
  const entries = groups.flatMap(group => group.entries)
  const current = Math.min(at, entries.length - 1)

  function run(entry: Entry | undefined): void {
    if (entry === undefined) return
    onClose()
    // The dialog gives the focus back first; what the entry does may take it elsewhere.
    setTimeout(entry.run)
  }
  function press(event: KeyboardEvent): void {
    const { length } = entries
    if (event.key === 'ArrowDown' && length > 0) setAt((current + 1) % length)
    else if (event.key === 'ArrowUp' && length > 0) setAt((current - 1 + length) % length)
    else if (event.key === 'Enter') run(entries[current])
    else return
    event.preventDefault()
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another current entry is what calls for scrolling.
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current])

  return (
    <>
      <div className="palette-field">
        <Icon name="search" />
        <input
          role="combobox"
          aria-label={t('palette.title')}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={entries.length === 0 ? undefined : `${listId}-${current}`}
          placeholder={t('palette.placeholder')}
          // biome-ignore lint/a11y/noAutofocus: a dialog that was asked for, whose first act is to type.
          autoFocus
          spellCheck={false}
          value={typed}
          onChange={event => {
            setTyped(event.target.value)
            setAt(0)
          }}
          onKeyDown={press}
        />
      </div>
      <div
        className="palette-list"
        id={listId}
        role="listbox"
        aria-label={t('palette.results')}
        ref={list}
        tabIndex={-1}
      >
        {groups.map(({ group, entries: inGroup }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options; a fieldset is none.
          <div key={group} role="group" aria-label={group}>
            <div className="palette-group" aria-hidden="true">
              {group}
            </div>
            {inGroup.map(entry => {
              const index = entries.indexOf(entry)
              return (
                // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the field keeps focus and keys.
                <div
                  key={entry.id}
                  id={`${listId}-${index}`}
                  className="palette-entry"
                  role="option"
                  aria-selected={index === current}
                  onPointerMove={() => setAt(index)}
                  onClick={() => run(entry)}
                >
                  <span className="palette-label">{entry.label}</span>
                  <span className="side-mark">{entry.note}</span>
                  {entry.keys !== null && <kbd>{showKeys(entry.keys, onMac)}</kbd>}
                </div>
              )
            })}
          </div>
        ))}
      </div>
      {entries.length === 0 && (
        <p className="palette-none" role="status">
          {t('palette.none')}
        </p>
      )}
    </>
  )
}

/** All that is known without asking: kinds, namespaces, contexts, commands. */
function useEntries(): Entry[] {
  return [...useKindEntries(), ...useNamespaceEntries(), ...useContextEntries(), ...useCommandEntries()]
}

function useKindEntries(): Entry[] {
  const { t } = useTranslation('app')
  const router = useRouter()
  const scope = placeScope(usePlace())
  const { kinds } = useKinds()
  const { settings } = useApp()
  if (scope === null) return []
  return usualFirst(listableKinds(kinds ?? []), settings).map(kind => ({
    id: `kind ${kindKey(kind)}`,
    group: t('palette.kinds'),
    label: pluralKind(kind),
    note: [...kind.shortNames, kind.group].filter(Boolean).join(' · '),
    keys: null,
    run: () => router.showList(plainList(withKind(scope, kind))),
  }))
}

function useNamespaceEntries(): Entry[] {
  const { t } = useTranslation('app')
  const router = useRouter()
  const scope = placeScope(usePlace())
  const { names } = useNamespaces(scope)
  const clusterScoped = useClusterScoped(scope)
  if (scope === null || clusterScoped) return []
  return (names ?? []).map(name => ({
    id: `namespace ${name}`,
    group: t('palette.namespaces'),
    label: name,
    note: '',
    keys: null,
    run: () => router.showList(plainList({ ...scope, namespaces: [name] })),
  }))
}

function useContextEntries(): Entry[] {
  const { t } = useTranslation('app')
  const app = useApp()
  const router = useRouter()
  const scope = placeScope(usePlace())
  const entry = (id: string, label: string, note: string, list: ListAddress | null): Entry[] => {
    if (list === null) return []
    return [{ id, group: t('palette.contexts'), label, note, keys: null, run: () => router.showList(list) }]
  }
  const all = scope === null || app.contexts.length < 2 ? null : plainList({ ...scope, contexts: [] })
  return [
    ...app.contexts.flatMap(context =>
      entry(`context ${context.name}`, context.name, context.server, listIn(app, scope, [context])),
    ),
    ...entry('context all', t('allContexts'), '', all),
  ]
}

function useCommandEntries(): Entry[] {
  const { t } = useTranslation('app')
  return useAllCommands()
    .filter(command => command.enabled && command.hidden !== true)
    .map(({ id, label, group, keys, run }) => ({
      id,
      group: t('palette.commands'),
      label,
      note: group,
      keys: keys[0] ?? null,
      run,
    }))
}

const objectsOffered = 8

/** Objects of the list on screen whose names match, asked of the host once two letters are typed. */
function useObjectEntries(typed: string): Entry[] {
  const { t } = useTranslation('app')
  const router = useRouter()
  const scope = placeScope(usePlace())
  const wanted = typed.trim().length >= 2 && scope !== null
  // Selectors are the filter box's matter; here every sign is part of a name.
  const filter = typed.replaceAll(/[=!,():]/g, ' ').trim()
  const ask = { filter, sort: null, labels: [], window: { start: 0, count: objectsOffered } }
  const { value } = useList(wanted ? scope : null, ask)
  if (!wanted || value === null) return []
  return value.window.rows.map(row => ({
    id: `object ${row.key}`,
    group: t('palette.objects', { resource: scope.resource }),
    label: row.name,
    note: [row.context, row.namespace].filter(Boolean).join(' / '),
    keys: null,
    run: () => router.showEdit({ kind: 'edit', target: rowTarget(scope, row) }),
  }))
}
