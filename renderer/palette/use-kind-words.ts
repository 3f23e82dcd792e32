import { useTranslation } from 'react-i18next'
import type { Scope } from '../../contract/browse.ts'
import type { ServedKind } from '../../contract/kinds.ts'
import { usePlace, useRouter } from '../app/router.ts'
import { useApp } from '../app/use-host.ts'
import { listableKinds, pluralKind } from '../browse/kind-groups.ts'
import { placeScope, plainList, scopeContexts, withKind } from '../browse/scope.ts'
import { useKinds } from '../browse/use-kinds.ts'
import type { Entry } from './finding.ts'
import type { KindWords } from './reading.ts'
import { useScopeWords } from './scope-words.ts'
import { namesOf } from './use-place-entries.ts'

/** A kind with what is wanted of it, found among the served ones: which list that is. */
export type WantedList = { readonly kind: ServedKind; readonly scope: Scope; readonly words: KindWords }

/** What `pods nginx` or `deploy/nginx -n shop` means here; null where it begins with no kind. */
export function useWantedList(words: KindWords | null): WantedList | null {
  const place = usePlace()
  const { kinds } = useKinds()
  const { contexts } = useApp()
  const from = placeScope(place)
  if (words === null || from === null) return null
  const name = words.kind.toLowerCase()
  const kind = listableKinds(kinds ?? []).find(one => namesOf(one).includes(name))
  if (kind === undefined) return null
  const meant = (typed: string) =>
    contexts.find(one => one.name === typed) ?? contexts.find(one => one.name.startsWith(typed))
  const context = words.context === null ? null : (meant(words.context)?.name ?? words.context)
  const namespaces = words.allNamespaces ? [] : words.namespace === null ? from.namespaces : [words.namespace]
  const scope = withKind({ ...from, namespaces, contexts: context === null ? from.contexts : [context] }, kind)
  return { kind, scope, words }
}

/** The entries for a wanted list: the object itself where its place is plain, and the filtered list. */
export function useWantedEntries(wanted: WantedList | null): readonly Entry[] {
  const { t } = useTranslation('palette')
  const router = useRouter()
  const app = useApp()
  const say = useScopeWords()
  if (wanted === null) return []
  const { kind, scope, words } = wanted
  const { filter } = words
  const plain = {
    section: 'go' as const,
    also: [],
    note: '',
    keys: null,
    usual: 0,
    completes: null,
    leads: say(scope, kind.namespaced),
  }
  const list: Entry = {
    ...plain,
    id: 'go list',
    label: filter === '' ? pluralKind(kind) : t('matching', { kinds: pluralKind(kind), filter }),
    run: () => router.showList({ ...plainList(scope), filter }),
  }
  const [context, ...otherContexts] = scopeContexts(scope, app.contexts)
  const [namespace = null, ...otherNamespaces] = scope.namespaces
  const isPlain = otherContexts.length === 0 && otherNamespaces.length === 0 && (namespace !== null || !kind.namespaced)
  if (!words.isName || filter === '' || context === undefined || !isPlain) return [list]
  const { group, version, resource } = kind
  const target = { context: context.name, group, version, resource, namespace, name: filter }
  const object: Entry = {
    ...plain,
    id: 'go object',
    label: filter,
    note: kind.kind,
    run: () => router.showObject({ kind: 'object', target, section: null }),
  }
  return [object, list]
}
