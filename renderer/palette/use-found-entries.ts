import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePlace, useRouter } from '../app/router.ts'
import { useApp } from '../app/use-host.ts'
import { placeScope } from '../browse/scope.ts'
import { addressOf } from '../search/search-results.tsx'
import { useSearch } from '../search/use-search.ts'
import type { Entry } from './finding.ts'
import { useScopeWords } from './scope-words.ts'
import type { WantedList } from './use-kind-words.ts'

const settleMs = 150
const fewestLetters = 2
const offered = 8

/** Objects whose names match, of the usual kinds, as the host finds them; and the way to a search over everything. */
export function useFoundEntries(text: string, wanted: WantedList | null): { entries: readonly Entry[]; busy: boolean } {
  const { t } = useTranslation('palette')
  const router = useRouter()
  const { contexts } = useApp()
  const scope = placeScope(usePlace())
  const say = useScopeWords()
  const settled = useSettled(text)
  const isWanted = settled.length >= fewestLetters && (scope !== null || contexts.length > 0)
  const search = useSearch(
    isWanted
      ? {
          text: wanted === null ? settled : wordsOf(wanted),
          contexts: [...((wanted?.scope ?? scope)?.contexts ?? [])],
          kinds: wanted === null ? [] : [`${wanted.kind.group}/${wanted.kind.resource}`],
          first: scope === null ? [] : [`${scope.group}/${scope.resource}`],
          near: [...((wanted?.scope ?? scope)?.namespaces ?? [])],
          budget: 'glance',
        }
      : null,
  )
  const plain = { also: [], keys: null, usual: 0, completes: null }
  const found = (search.isCurrent && settled === text ? (search.value?.found ?? []) : []).slice(0, offered)
  const objects = found.map(
    (one): Entry => ({
      ...plain,
      id: `object ${one.key}`,
      section: 'objects',
      label: one.name,
      note: one.kind,
      leads: say(
        { contexts: one.contexts.slice(0, 1), namespaces: one.namespace === null ? [] : [one.namespace] },
        one.namespace !== null,
      ),
      run: () => router.showObject(addressOf(one)),
    }),
  )
  const everything: Entry = {
    ...plain,
    id: 'search everything',
    section: 'search',
    label: t('everything', { text }),
    note: '',
    leads: t('allContexts'),
    run: () => router.showSearch({ kind: 'search', text, contexts: [] }),
  }
  const busy = isWanted && (settled !== text || search.value?.state === 'searching')
  return { entries: text === '' ? [] : [...objects, everything], busy }
}

function wordsOf({ words, scope }: WantedList): string {
  const [only, ...more] = scope.namespaces
  const within = only !== undefined && more.length === 0 ? `ns:${only}` : ''
  return `${words.filter} ${within}`.trim()
}

/** A text once nothing was typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
