import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { type HistoryFilter, historyOutcomes } from '../../contract/history.ts'
import { useCommands } from '../app/commands.ts'
import { type HistoryAddress, useRouter } from '../app/router.ts'
import { useStream } from '../app/use-host.ts'
import { Choice } from '../parts/choice.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { EntryList } from './entry-list.tsx'
import { ExportMenu } from './export-menu.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

/** The list of submits, newest first, with what chooses among them. */
export function HistoryList({ address, shown }: { readonly address: HistoryAddress; readonly shown: boolean }) {
  const { t } = useTranslation('history')
  const router = useRouter()
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [window, setWindow] = useState({ start: 0, count: 60 })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [removing, setRemoving] = useState(false)
  const { filter } = address
  const asked = { filter: useDeferredValue(filter), window }
  const { value, fresh } = useLatest(asked)
  const change = (part: Partial<HistoryFilter>) =>
    router.showHistory({ ...address, filter: { ...filter, ...part } }, 'replace')
  const isFiltered = filter.text !== '' || filter.outcome !== null || filter.object !== null

  const wasShown = useRef(shown)
  useEffect(() => {
    // Back from an entry.
    if (shown && !wasShown.current) list.current?.focus()
    wasShown.current = shown
  }, [shown])

  useCommands(
    shown
      ? [
          {
            id: 'history.filter',
            label: t('filter.focus'),
            group: t('groups.history'),
            enabled: true,
            run: () => field.current?.select(),
            keys: ['/', 'Mod+F'],
          },
          {
            id: 'history.close',
            label: t('close'),
            group: t('groups.history'),
            enabled: true,
            run: () => router.showHistory(null),
            keys: [],
          },
          {
            id: 'history.clear',
            label: t('remove.all'),
            group: t('groups.history'),
            enabled: (value?.total ?? 0) > 0,
            run: () => setRemoving(true),
            keys: [],
          },
        ]
      : [],
  )

  return (
    <section className="history" aria-label={t('title')} hidden={!shown}>
      <header className="history-bar">
        <h2>{t('title')}</h2>
        <p className="history-count" role="status">
          {value !== null &&
            (isFiltered
              ? t('matched', { matched: value.matched, total: value.total })
              : t('count', { count: value.total }))}
        </p>
        <div className="history-tools">
          <ExportMenu
            entries={selected.size === 0 ? null : [...selected]}
            filter={filter}
            empty={value?.matched === 0}
          />
          <Button className="button" isDisabled={value === null || value.total === 0} onPress={() => setRemoving(true)}>
            {t('remove.all')}
          </Button>
          <IconButton icon="close" label={t('close')} onPress={() => router.showHistory(null)} />
        </div>
      </header>
      <div className="strip history-filter">
        <input
          ref={field}
          type="search"
          className="field"
          aria-label={t('filter.label')}
          placeholder={t('filter.placeholder')}
          spellCheck={false}
          maxLength={500}
          value={filter.text}
          onChange={event => change({ text: event.target.value })}
          onKeyDown={event => {
            if (event.key === 'ArrowDown' || event.key === 'Enter') list.current?.focus()
            else if (event.key === 'Escape' && filter.text !== '') change({ text: '' })
            else return
            event.preventDefault()
          }}
        />
        <Choice
          label={t('outcomes.label')}
          value={filter.outcome ?? 'all'}
          options={(['all', ...historyOutcomes] as const).map(id => ({ id, name: t(`outcomes.${id}`) }))}
          onValue={id => change({ outcome: historyOutcomes.find(one => one === id) ?? null })}
        />
        {filter.object !== null && (
          <span className="history-object">
            {t('filter.only', { kind: filter.object.resource, name: filter.object.name })}
            <IconButton icon="close" label={t('filter.all')} onPress={() => change({ object: null })} />
          </span>
        )}
        {selected.size > 0 && (
          <span className="history-selected">
            {t('list.selected', { count: selected.size })}
            <button type="button" className="text-button" onClick={() => setSelected(new Set())}>
              {t('list.clearSelection')}
            </button>
          </span>
        )}
      </div>
      {value !== null && value.matched === 0 && (
        <p className="history-none">{t(value.total === 0 ? 'list.noSubmits' : 'list.none')}</p>
      )}
      {value !== null && value.matched > 0 && (
        <EntryList
          key={JSON.stringify(asked.filter)}
          list={value}
          busy={!fresh || asked.filter !== filter}
          handle={list}
          selected={selected}
          onSelected={setSelected}
          onWindow={setWindow}
          onOpen={id => router.showHistory({ ...address, entry: id })}
        />
      )}
      <RemoveDialog
        what={removing ? { kind: 'all', count: value?.total ?? 0 } : null}
        onClose={() => setRemoving(false)}
        onRemoved={() => setSelected(new Set())}
      />
    </section>
  )
}

type Asked = { readonly filter: HistoryFilter; readonly window: { readonly start: number; readonly count: number } }

/** The newest state of the list. While another one is on its way the former stays, and is not `fresh`. */
function useLatest(asked: Asked) {
  const stream = useStream(JSON.stringify(asked), (client, signal) => client.history.watch(asked, { signal }))
  const [held, setHeld] = useState<{
    readonly filter: string
    readonly value: NonNullable<typeof stream.value>
  } | null>(null)
  const filter = JSON.stringify(asked.filter)
  if (stream.value !== null && held?.value !== stream.value) setHeld({ filter, value: stream.value })
  return { value: stream.value ?? held?.value ?? null, fresh: stream.value !== null }
}
