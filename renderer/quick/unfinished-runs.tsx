import './unfinished.css'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { wholeHistory } from '../../contract/history.ts'
import type { UnfinishedItem, UnfinishedRun } from '../../contract/quick.ts'
import { AddressLink } from '../app/address-link.tsx'
import { useCommands } from '../app/commands.ts'
import { useClient, useStream } from '../app/use-host.ts'
import { GuardedName } from '../guards/guard-mark.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { useQuick } from './use-quick.ts'

/** The quick edits of many objects that the app's end cut off: what became of each object, and the way on with the rest. */
export function UnfinishedRuns() {
  const { t } = useTranslation('quick')
  const { goOn } = useQuick()
  const { value } = useStream('unfinished', (client, signal) => client.quick.unfinished(undefined, { signal }))
  const [newest] = value ?? []
  const rest = newest === undefined ? [] : restOf(newest)
  useCommands([
    {
      id: 'quick.goOn',
      label: t('unfinished.command'),
      group: t('titles.any'),
      enabled: newest !== undefined && rest.length > 0 && canGoOn(newest),
      run: () => newest !== undefined && goOn(newest, rest),
      keys: [],
    },
  ])
  return value?.map(run => <Unfinished key={run.run} run={run} />)
}

/** In the order in which a person wants to know of them. */
const outcomes = ['written', 'sent', 'unknown', 'refused', 'not-written', 'unsent'] as const

function Unfinished({ run }: { readonly run: UnfinishedRun }) {
  const { t } = useTranslation('quick')
  const client = useClient()
  const { goOn } = useQuick()
  const { items, ask, begun } = run
  const rest = restOf(run)
  const counts = outcomes.flatMap(outcome => {
    const count = items.filter(item => item.outcome === outcome).length
    return count === 0 ? [] : [t(`unfinished.counts.${outcome}`, { count })]
  })
  return (
    <aside className="welcome unfinished" aria-label={t('unfinished.label')}>
      <div>
        <h2>{t('unfinished.title', { what: t(`titles.${ask.kind}`), count: items.length })}</h2>
        <p>{t('unfinished.when', { at: new Date(begun) })}</p>
        <p role="status" className="unfinished-counts">
          {counts.join(' · ')}
        </p>
        <details>
          <summary>{t('unfinished.each')}</summary>
          <ul className="quick-items">
            {items.map(item => (
              <Item key={JSON.stringify(item.object)} item={item} />
            ))}
          </ul>
        </details>
      </div>
      {rest.length > 0 && (
        <Button className="button button-accent" isDisabled={!canGoOn(run)} onPress={() => goOn(run, rest)}>
          {t('unfinished.goOn', { count: rest.length })}
        </Button>
      )}
      <IconButton
        icon="close"
        label={t('unfinished.leave')}
        onPress={() => void client.quick.leave({ run: run.run }).catch(() => undefined)}
      />
    </aside>
  )
}

function Item({ item: { object, entry, outcome, problem } }: { readonly item: UnfinishedItem }) {
  const { t } = useTranslation('quick')
  const { uid: _, subresource: __, ...target } = object
  const state = t(`unfinished.states.${outcome === 'sent' && problem !== null ? 'unreadable' : outcome}`)
  return (
    <li className="quick-item">
      <div className="quick-item-head">
        <AddressLink className="quick-name" to={{ kind: 'object', target, section: null }}>
          {object.name}
        </AddressLink>
        <span className="quick-where">
          <GuardedName context={object.context} />
          {object.namespace !== null && <> · {object.namespace}</>}
        </span>
        <span className="quick-state" data-tone={tones[outcome]}>
          {entry === null ? (
            state
          ) : (
            <AddressLink
              aria-label={t('unfinished.entry', { state })}
              to={{ kind: 'history', entry, filter: wholeHistory }}
            >
              {state}
            </AddressLink>
          )}
        </span>
      </div>
      {problem !== null && (
        <div className="quick-note">
          <ProblemText problem={problem} />
        </div>
      )}
    </li>
  )
}

const tones: Readonly<Record<UnfinishedItem['outcome'], 'good' | 'warn' | 'bad' | 'quiet'>> = {
  written: 'good',
  sent: 'quiet',
  unknown: 'warn',
  refused: 'bad',
  'not-written': 'bad',
  unsent: 'quiet',
}

/** Those of which it is known that they were not changed. */
function restOf({ items }: UnfinishedRun): readonly UnfinishedItem['object'][] {
  const isLeft = ({ outcome }: UnfinishedItem) => ['unsent', 'not-written', 'refused'].includes(outcome)
  return items.filter(isLeft).map(({ object }) => object)
}

/** Not while one is looked at: that is a matter of seconds, after which it may belong to the rest. */
function canGoOn({ items }: UnfinishedRun): boolean {
  return items.every(({ outcome, problem }) => outcome !== 'sent' || problem !== null)
}
