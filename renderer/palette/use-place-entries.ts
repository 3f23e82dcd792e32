import { useTranslation } from 'react-i18next'
import type { Scope } from '../../contract/browse.ts'
import type { ServedKind } from '../../contract/kinds.ts'
import { useAllCommands } from '../app/commands.ts'
import { type ListAddress, usePlace, useRouter } from '../app/router.ts'
import type { Tab } from '../app/tabs.ts'
import { useApp } from '../app/use-host.ts'
import { kindKey, listableKinds, pluralKind, usualFirst } from '../browse/kind-groups.ts'
import { listIn, placeScope, plainList, withKind } from '../browse/scope.ts'
import { useClusterScoped, useKinds } from '../browse/use-kinds.ts'
import { useNamespaces } from '../browse/use-namespaces.ts'
import type { Entry } from './finding.ts'
import { recentObjects } from './recent-objects.ts'
import { useScopeWords } from './scope-words.ts'

const plain = { also: [], note: '', leads: '', keys: null, usual: 0, completes: null } as const

/** All that is known without asking, in the order in which it is offered before anything is typed. */
export function usePlaceEntries(tabs: readonly Tab[]): readonly Entry[] {
  const recent = useRecentEntries()
  const open = useTabEntries(tabs)
  const kinds = useKindEntries()
  const contexts = useContextEntries()
  const namespaces = useNamespaceEntries()
  const commands = useCommandEntries()
  return [...recent, ...open, ...kinds, ...contexts, ...namespaces, ...commands]
}

/** The names by which kubectl knows a kind, in lower case. */
export function namesOf({ resource, kind, singular, shortNames, group }: ServedKind): readonly string[] {
  const names = [...shortNames, resource, singular, kind.toLowerCase(), group === '' ? '' : `${resource}.${group}`]
  return [...new Set(names.filter(name => name !== ''))]
}

function useKindEntries(): Entry[] {
  const router = useRouter()
  const scope = placeScope(usePlace())
  const words = useScopeWords()
  const { kinds } = useKinds()
  const { settings } = useApp()
  if (scope === null) return []
  const { favourites, recents } = settings
  return usualFirst(listableKinds(kinds ?? []), settings).map(kind => ({
    ...plain,
    id: `kind ${kindKey(kind)}`,
    section: 'kinds' as const,
    label: pluralKind(kind),
    also: namesOf(kind),
    note: [...kind.shortNames, kind.group].filter(Boolean).join(' · '),
    leads: words(withKind(scope, kind), kind.namespaced),
    usual: favourites.includes(kindKey(kind)) ? 1 : recents.includes(kindKey(kind)) ? 0.7 : 0,
    completes: `${kind.shortNames[0] ?? kind.resource} `,
    run: () => router.showList(plainList(withKind(scope, kind))),
  }))
}

function useNamespaceEntries(): Entry[] {
  const router = useRouter()
  const scope = placeScope(usePlace())
  const { names } = useNamespaces(scope)
  const clusterScoped = useClusterScoped(scope)
  if (scope === null || clusterScoped) return []
  return (names ?? []).map(name => ({
    ...plain,
    id: `namespace ${name}`,
    section: 'namespaces' as const,
    label: name,
    leads: scope.resource,
    run: () => router.showList(plainList({ ...scope, namespaces: [name] })),
  }))
}

function useContextEntries(): Entry[] {
  const { t } = useTranslation('palette')
  const app = useApp()
  const router = useRouter()
  const scope = placeScope(usePlace())
  const entry = (id: string, label: string, leads: string, list: ListAddress | null): Entry[] =>
    list === null ? [] : [{ ...plain, id, section: 'contexts', label, leads, run: () => router.showList(list) }]
  const all = scope === null || app.contexts.length < 2 ? null : plainList({ ...scope, contexts: [] })
  return [
    ...app.contexts.flatMap(context =>
      entry(`context ${context.name}`, context.name, context.server, listIn(app, scope, [context])),
    ),
    ...entry('all contexts', t('allContexts'), '', all),
  ]
}

function useCommandEntries(): Entry[] {
  return useAllCommands()
    .filter(command => command.enabled && command.hidden !== true)
    .map(({ id, label, group, keys, run }) => ({
      ...plain,
      id,
      section: isView(id) ? ('views' as const) : ('commands' as const),
      label,
      leads: group,
      keys: keys[0] ?? null,
      usual: isView(id) ? 1 : 0,
      run,
    }))
}

// Saved views are offered as commands; to who looks for one they are places.
function isView(id: string): boolean {
  return id.startsWith('view.')
}

function useTabEntries(tabs: readonly Tab[]): Entry[] {
  const { t } = useTranslation('palette')
  const router = useRouter()
  return tabs.map(tab => ({
    ...plain,
    id: `tab ${tab.address}`,
    section: 'tabs' as const,
    label: tab.title === '' ? t('untitled') : tab.title,
    note: tab.target.kind === 'create' ? '' : tab.target.target.resource,
    leads: tab.context ?? '',
    usual: 0.5,
    run: () => router.showEdit(tab.target),
  }))
}

function useRecentEntries(): Entry[] {
  const router = useRouter()
  const words = useScopeWords()
  const { settings } = useApp()
  return recentObjects(settings.recentObjects).map(object => {
    const { context, namespace, group, resource, name } = object.target
    const scope: Scope = { ...object.target, contexts: [context], namespaces: namespace === null ? [] : [namespace] }
    return {
      ...plain,
      id: `recent ${context} ${namespace} ${group}/${resource} ${name}`,
      section: 'recent' as const,
      label: name,
      note: resource,
      leads: words(scope, namespace !== null),
      usual: 0.5,
      run: () => router.showObject(object),
    }
  })
}
