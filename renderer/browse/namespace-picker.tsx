import fuzzysort from 'fuzzysort'
import { useRef, useState } from 'react'
import { Button, Dialog, DialogTrigger, ListBox, ListBoxItem, Popover, type Selection } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Scope } from '../../contract/browse.ts'
import { answer } from '../app/client.ts'
import { useCommands } from '../app/commands.ts'
import { usePlace, useRouter } from '../app/router.ts'
import { useAnswer, useApp } from '../app/use-host.ts'
import { Icon } from '../parts/icon.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { homeNamespace, placeScope, plainList, scopeContexts } from './scope.ts'
import { useClusterScoped } from './use-kinds.ts'

/** The namespaces to choose from for a scope: those of all its contexts together, null while unknown. */
export function useNamespaces(scope: Scope | null) {
  const app = useApp()
  const contexts = scopeContexts(scope, app.contexts)
  const { result } = useAnswer(
    contexts.length === 0 ? null : JSON.stringify(contexts.map(({ name }) => name)),
    async (client, signal) => {
      const asked = contexts.map(({ name }) => answer(client.browse.namespaces({ context: name }, { signal })))
      return { ok: true, value: await Promise.all(asked) } as const
    },
    JSON.stringify(contexts.map(({ connection }) => connection.kind === 'ready')),
  )
  if (result === null || !result.ok) return { names: null, problem: null }
  const told = result.value.filter(one => one.ok).map(one => one.value)
  const names = [...new Set(told.flatMap(one => one.names))].sort()
  // Where nothing is told there is still the namespace that the context names.
  const usable = names.length > 0 ? names : [...new Set(contexts.map(homeNamespace))]
  return { names: usable, problem: told.find(one => one.problem !== null)?.problem ?? null }
}

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
  const { names, problem } = useNamespaces(scope)
  const [filter, setFilter] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const found = filter === '' ? (names ?? []) : fuzzysort.go(filter, names ?? [], { limit: 200 }).map(one => one.target)

  function show(namespaces: readonly string[]): void {
    router.showList(plainList({ ...scope, namespaces: [...namespaces] }))
  }
  function choose(keys: Selection): void {
    const chosen = keys === 'all' ? [] : [...keys].map(String)
    const before = scope.namespaces
    if (chosen.length === 0 || chosen.includes(every)) show([])
    else show(chosen)
    // One choice made plainly is the end of choosing; adding another is not.
    if (chosen.length <= 1 || before.length === 0) onDone()
  }

  return (
    <>
      <input
        type="search"
        className="field"
        aria-label={t('namespaces.filter')}
        placeholder={t('namespaces.filter')}
        // biome-ignore lint/a11y/noAutofocus: a dialog that was asked for, whose first act is to type.
        autoFocus
        value={filter}
        onChange={event => setFilter(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'ArrowDown') list.current?.focus()
          else if (event.key === 'Enter' && found[0] !== undefined) {
            show([found[0]])
            onDone()
          } else return
          event.preventDefault()
        }}
      />
      {problem !== null && <ProblemText problem={problem} />}
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
        {found.map(name => (
          <ListBoxItem key={name} id={name} className="choice-row" textValue={name}>
            <Icon name="check" />
            {name}
          </ListBoxItem>
        ))}
      </ListBox>
      <p className="choice-hint">{t('namespaces.hint')}</p>
    </>
  )
}
