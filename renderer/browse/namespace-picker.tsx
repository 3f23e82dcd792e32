import { type KeyboardEvent, useRef, useState } from 'react'
import { Button, Dialog, DialogTrigger, ListBox, ListBoxItem, Popover, type Selection } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Scope } from '../../contract/browse.ts'
import { answer } from '../app/client.ts'
import { useCommands } from '../app/commands.ts'
import { usePlace, useRouter } from '../app/router.ts'
import { useApp, useClient } from '../app/use-host.ts'
import { takeFocus } from '../parts/focus.ts'
import { Icon } from '../parts/icon.tsx'
import { offerNamespaces } from './namespace-offer.ts'
import { placeScope, plainList, scopeContexts } from './scope.ts'
import { useClusterScoped } from './use-kinds.ts'
import { useNamespaces } from './use-namespaces.ts'

const every = ' all'

/** Chooses the namespaces of the list: one by a click, several with Ctrl or Cmd, or all. */
export function NamespacePicker() {
  const { t } = useTranslation('browse')
  const router = useRouter()
  const scope = placeScope(usePlace())
  const [open, setOpen] = useState(false)
  const clusterScoped = useClusterScoped(scope)

  useCommands([
    {
      id: 'list.namespaces',
      label: t('namespaces.choose'),
      group: t('groups.list'),
      enabled: scope !== null && !clusterScoped,
      run: () => setOpen(true),
      keys: ['N'],
    },
    {
      id: 'list.allNamespaces',
      label: t('namespaces.showAll'),
      group: t('groups.list'),
      enabled: scope !== null && !clusterScoped && scope.namespaces.length > 0,
      run: () => scope !== null && router.showList(plainList({ ...scope, namespaces: [] })),
      keys: ['Shift+N'],
    },
  ])

  return (
    <section className="side-section" aria-label={t('namespaces.title')}>
      <h2 className="side-title">{t('namespaces.title')}</h2>
      <DialogTrigger isOpen={open} onOpenChange={setOpen}>
        <Button className="picker" isDisabled={scope === null || clusterScoped}>
          <span className="picker-value">{useNamespacesLabel(scope, clusterScoped)}</span>
          <Icon name="chevron" />
        </Button>
        <Popover className="popover" placement="bottom start" offset={4}>
          <Dialog className="popover-dialog" aria-label={t('namespaces.title')}>
            {scope !== null && <NamespaceChoice scope={scope} onDone={() => setOpen(false)} />}
          </Dialog>
        </Popover>
      </DialogTrigger>
    </section>
  )
}

function useNamespacesLabel(scope: Scope | null, clusterScoped: boolean): string {
  const { t } = useTranslation('browse')
  if (clusterScoped) return t('namespaces.clusterScoped')
  if (scope === null || scope.namespaces.length === 0) return t('namespaces.all')
  const [only, ...more] = scope.namespaces
  return more.length === 0 ? (only ?? '') : t('namespaces.several', { count: scope.namespaces.length })
}

function NamespaceChoice({ scope, onDone }: { readonly scope: Scope; readonly onDone: () => void }) {
  const { t } = useTranslation('browse')
  const router = useRouter()
  const client = useClient()
  const contexts = scopeContexts(scope, useApp().contexts)
  const known = useNamespaces(scope)
  const [filter, setFilter] = useState('')
  const [forgotten, setForgotten] = useState<readonly string[]>([])
  const list = useRef<HTMLDivElement>(null)
  const names = (known.names ?? []).filter(name => !forgotten.includes(name))
  const offer = offerNamespaces(names, scope.namespaces, filter)
  const isTyped = (name: string) => known.typed.includes(name)

  function show(namespaces: readonly string[]): void {
    router.showList(plainList({ ...scope, namespaces: [...namespaces] }))
  }
  function keep(namespace: string): void {
    for (const context of known.unlisted) void answer(client.contexts.rememberNamespace({ context, namespace }))
  }
  function forget(namespace: string): void {
    setForgotten(before => [...before, namespace])
    for (const { name: context } of contexts) void answer(client.contexts.forgetNamespace({ context, namespace }))
  }
  function choose(keys: Selection): void {
    const chosen = keys === 'all' ? [] : [...keys].map(String)
    const before = scope.namespaces
    if (offer.typed !== null && chosen.includes(offer.typed)) keep(offer.typed)
    if (chosen.length === 0 || chosen.includes(every)) show([])
    else show(chosen)
    // One choice made plainly is the end of choosing; adding another is not.
    if (chosen.length <= 1 || before.length === 0) onDone()
  }
  function onFieldKey(event: KeyboardEvent): void {
    const first = offer.names[0] ?? offer.typed
    if (event.key === 'ArrowDown') list.current?.focus()
    else if (event.key === 'Enter' && first !== null) choose(new Set([first]))
    else return
    event.preventDefault()
  }
  function onListKey(event: KeyboardEvent): void {
    const name = event.target instanceof HTMLElement ? event.target.dataset.key : undefined
    if (event.key === 'Delete' && name !== undefined && isTyped(name)) forget(name)
  }

  return (
    <>
      <input
        type="search"
        className="field"
        aria-label={t('namespaces.filter')}
        placeholder={t('namespaces.filter')}
        ref={takeFocus}
        spellCheck={false}
        value={filter}
        onChange={event => setFilter(event.target.value)}
        onKeyDown={onFieldKey}
      />
      {known.problem !== null && (
        <p className="side-note" role="note">
          {t('namespaces.unlisted', { contexts: known.unlisted, count: known.unlisted.length })}
        </p>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the list in it. */}
      <div onKeyDown={onListKey}>
        <ListBox
          ref={list}
          className="choice"
          aria-label={t('namespaces.title')}
          selectionMode="multiple"
          selectionBehavior="replace"
          selectedKeys={scope.namespaces.length === 0 ? [every] : scope.namespaces}
          onSelectionChange={choose}
          renderEmptyState={() => <p className="side-note">{t('namespaces.none')}</p>}
        >
          {filter === '' && (
            <ListBoxItem id={every} className="choice-row" textValue={t('namespaces.all')}>
              <Icon name="check" />
              {t('namespaces.all')}
            </ListBoxItem>
          )}
          {offer.names.map(name => (
            <ListBoxItem key={name} id={name} className="choice-row" textValue={name}>
              <Icon name="check" />
              <span className="choice-name">{name}</span>
              {isTyped(name) && <Forget name={name} onForget={() => forget(name)} />}
            </ListBoxItem>
          ))}
          {offer.typed !== null && (
            <ListBoxItem id={offer.typed} className="choice-row" textValue={offer.typed}>
              <Icon name="check" />
              {t('namespaces.use', { name: offer.typed })}
            </ListBoxItem>
          )}
        </ListBox>
      </div>
      {offer.more > 0 && <p className="choice-hint">{t('namespaces.more', { count: offer.more })}</p>}
      <p className="choice-hint">{t('namespaces.hint')}</p>
    </>
  )
}

/** For the pointer alone, within an option, which holds no other control: the Delete key does the same. */
function Forget({ name, onForget }: { readonly name: string; readonly onForget: () => void }) {
  const { t } = useTranslation('browse')
  return (
    <button
      type="button"
      className="choice-forget"
      aria-hidden="true"
      tabIndex={-1}
      title={t('namespaces.forget', { name })}
      onPointerDown={event => event.stopPropagation()}
      onClick={event => {
        event.stopPropagation()
        onForget()
      }}
    >
      <Icon name="close" />
    </button>
  )
}
