import './search.css'
import { useId, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { SearchedContext, SearchState } from '../../contract/search.ts'
import { useCommands } from '../app/commands.ts'
import { type SearchAddress, useRouter } from '../app/router.ts'
import { useApp } from '../app/use-host.ts'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { useTyped } from '../parts/use-typed.ts'
import { SearchGaps } from './search-gaps.tsx'
import { SearchHelp } from './search-help.tsx'
import { type ResultsHandle, SearchResults } from './search-results.tsx'
import { type Searching, useSearch } from './use-search.ts'

/** A search over all kinds of all contexts, or of some: what was found so far, and plainly what was not searched. */
export function SearchPage({ address }: { readonly address: SearchAddress }) {
  const { t } = useTranslation('search')
  const router = useRouter()
  const field = useRef<HTMLInputElement>(null)
  const results = useRef<ResultsHandle>(null)
  const listId = useId()
  const [current, setCurrent] = useState('')
  const [kind, setKind] = useState<string | null>(null)
  const change = (part: Partial<SearchAddress>) => router.showSearch({ ...address, ...part }, 'replace')
  const [typed, setTyped] = useTyped(address.text, text => change({ text }))
  const isEmpty = address.text.trim() === ''
  const search = useSearch(
    isEmpty
      ? null
      : { text: address.text, contexts: [...address.contexts], kinds: [], first: [], near: [], budget: 'whole' },
  )
  const found = search.value?.found ?? []
  const shown = kind === null ? found : found.filter(one => kindOf(one) === kind)

  useCommands([
    {
      id: 'search.field',
      label: t('commands.field'),
      group: t('title'),
      enabled: true,
      run: () => field.current?.select(),
      keys: ['/', 'Mod+F'],
    },
    {
      id: 'search.close',
      label: t('commands.close'),
      group: t('title'),
      enabled: true,
      run: () => router.showSearch(null),
      keys: [],
    },
    {
      id: 'search.goOn',
      label: t('goOn'),
      group: t('title'),
      enabled: search.stopped || search.value?.state === 'paused',
      run: search.goOn,
      keys: [],
    },
  ])

  return (
    <section className="search-page" aria-label={t('title')}>
      <header className="search-bar">
        <h2>{t('title')}</h2>
        <Where address={address} onChange={contexts => change({ contexts })} />
        <IconButton icon="close" label={t('commands.close')} onPress={() => router.showSearch(null)} />
      </header>
      <div className="search-field">
        <Icon name="search" />
        <input
          ref={field}
          role="combobox"
          aria-expanded={shown.length > 0}
          aria-controls={listId}
          aria-activedescendant={shown.length > 0 ? current : undefined}
          aria-label={t('field')}
          placeholder={t('placeholder')}
          spellCheck={false}
          maxLength={500}
          // biome-ignore lint/a11y/noAutofocus: a page that was asked for, whose first act is to type.
          autoFocus
          value={typed}
          onChange={event => {
            setTyped(event.target.value)
            setKind(null)
          }}
          onKeyDown={event => {
            if (event.key === 'Enter' && typed !== address.text) change({ text: typed })
            else if (event.key === 'Escape' && typed !== '') setTyped('')
            else if (!results.current?.press(event.key)) return
            event.preventDefault()
          }}
        />
      </div>
      {isEmpty ? (
        <SearchHelp onTry={text => change({ text })} />
      ) : (
        <>
          <Progress search={search} />
          {search.value !== null && found.length > 0 && (
            <KindChips state={search.value} chosen={kind} onChoose={setKind} />
          )}
          {shown.length > 0 ? (
            <SearchResults
              ref={results}
              id={listId}
              onCurrent={setCurrent}
              found={shown}
              words={search.value?.meaning.words ?? []}
              isCurrent={search.isCurrent}
            />
          ) : (
            <Nothing search={search} />
          )}
          {search.value !== null && <SearchGaps contexts={search.value.contexts} />}
        </>
      )}
    </section>
  )
}

function Where({
  address,
  onChange,
}: {
  readonly address: SearchAddress
  readonly onChange: (contexts: readonly string[]) => void
}) {
  const { t } = useTranslation('search')
  const { contexts } = useApp()
  if (contexts.length < 2) return <span className="search-where" />
  return (
    <span className="search-where">
      {address.contexts.length === 0
        ? t('where.all', { count: contexts.length })
        : t('where.some', { contexts: address.contexts.join(', ') })}
      {address.contexts.length > 0 && (
        <button type="button" className="text-button" onClick={() => onChange([])}>
          {t('where.widen')}
        </button>
      )}
    </span>
  )
}

/** How far the search is, and what can be done about it. */
function Progress({ search }: { readonly search: Searching }) {
  const { t } = useTranslation('search')
  const { value, stopped } = search
  if (value === null) return <p className="search-progress">{t('progress.beginning')}</p>
  const sum = (read: (context: SearchedContext) => number) => value.contexts.reduce((all, one) => all + read(one), 0)
  const counts = { asked: sum(one => one.asked), kinds: sum(one => one.kinds), objects: value.objects }
  const state = stopped ? 'stopped' : value.state
  return (
    <div className="search-progress">
      <p role="status">
        <strong>{t('found', { count: value.total })}</strong> {value.full && t('full', { shown: value.found.length })}{' '}
        {t(`progress.${state}`, counts)}
      </p>
      {state === 'searching' && (
        <Button className="button" onPress={search.stop}>
          {t('stop')}
        </Button>
      )}
      {(state === 'paused' || state === 'stopped') && (
        <Button className="button button-accent" onPress={search.goOn}>
          {t('goOn')}
        </Button>
      )}
      {state === 'searching' && (
        <progress className="search-meter" aria-label={t('progress.label')} value={counts.asked} max={counts.kinds} />
      )}
    </div>
  )
}

const chips = 8

function KindChips({
  state,
  chosen,
  onChoose,
}: {
  readonly state: SearchState
  readonly chosen: string | null
  readonly onChoose: (kind: string | null) => void
}) {
  const { t } = useTranslation('search')
  const counted = [...Map.groupBy(state.found, kindOf)].map(([key, found]) => ({ key, found }))
  const kinds = counted.toSorted((a, b) => b.found.length - a.found.length).slice(0, chips)
  if (counted.length < 2) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons; a fieldset is none.
    <div className="search-chips" role="group" aria-label={t('kinds')}>
      {kinds.map(({ key, found }) => (
        <button
          key={key}
          type="button"
          className="search-chip"
          aria-pressed={key === chosen}
          onClick={() => onChoose(key === chosen ? null : key)}
        >
          {found[0]?.kind} <span>{found.length}</span>
        </button>
      ))}
    </div>
  )
}

function Nothing({ search }: { readonly search: Searching }) {
  const { t } = useTranslation('search')
  if (search.value === null || (search.value.state === 'searching' && !search.stopped)) {
    return <div className="search-nothing" />
  }
  return (
    <div className="search-nothing" role="status">
      <Icon name="inbox" />
      <p>{t(search.value.state === 'done' ? 'nothing' : 'nothingYet')}</p>
    </div>
  )
}

function kindOf({ group, resource }: { readonly group: string; readonly resource: string }): string {
  return `${group}/${resource}`
}
