import './object-header.css'
import { useTranslation } from 'react-i18next'
import type { ObjectState } from '../../contract/object.ts'
import { AddressLink } from '../app/address-link.tsx'
import { onMac, showKeys } from '../app/commands.ts'
import type { ObjectAddress } from '../app/router.ts'
import { useClient } from '../app/use-host.ts'
import { ActingBadge } from '../contexts/acting-badge.tsx'
import { useAwaitedWords } from '../converge/awaited-words.ts'
import { useExport } from '../export/use-export.tsx'
import { GuardedName, LockState } from '../guards/guard-mark.tsx'
import { Icon } from '../parts/icon.tsx'
import { LongName } from '../parts/long-name.tsx'
import { Ago } from './ago.tsx'
import { CopyButton } from './copy-button.tsx'
import { useObjectActions } from './object-actions.ts'
import { ObjectMenu } from './object-menu.tsx'
import { historyOf, listOf } from './object-places.ts'
import { standingOf } from './status.ts'
import { VersionPicker } from './version-picker.tsx'

/** Which object this is, how it stands, and what can be done with it. */
export function ObjectHeader({
  address,
  state,
}: {
  readonly address: ObjectAddress
  readonly state: ObjectState | null
}) {
  const { t } = useTranslation(['object', 'list'])
  const { target } = address
  const summary = state?.summary ?? null
  const actions = useObjectActions(address, state)
  const client = useClient()
  const exporting = useExport('object.export', t('group'), summary !== null, async () => {
    const left = new AbortController()
    for await (const seen of await client.object.text({ target, managedFields: false }, { signal: left.signal })) {
      if (seen === null) continue
      left.abort()
      const kind = summary?.kind ?? target.resource
      return { text: seen.text, base: null, schema: null, kind, name: target.name, values: false }
    }
    return null
  })
  const items = [...actions.items, { id: 'export', label: exporting.label, keys: [], run: exporting.open }]
  return (
    <header className="object-header">
      <div className="object-title">
        <h2>
          <span className="object-kind">{summary?.kind || state?.kind?.kind || target.resource}</span>
          <LongName className="object-name" name={target.name} />
          <CopyButton text={target.name} label={t('copy.name')} />
        </h2>
        <div className="object-actions">
          {state?.live.kind !== 'unreadable' && (
            <AddressLink
              className="button button-accent"
              to={actions.edit}
              aria-keyshortcuts="E"
              aria-describedby={actions.barred === null ? undefined : 'object-barred'}
            >
              {t(actions.barred === null ? 'edit' : 'editReadOnly')}
              <kbd>{showKeys('E', onMac)}</kbd>
            </AddressLink>
          )}
          <ObjectMenu items={items} />
          {exporting.dialog}
          <span className="object-said" role="status">
            {actions.said !== null && t(`list:said.${actions.said.how}`, { what: actions.said.what })}
          </span>
        </div>
      </div>
      <div className="object-facts">
        <ol className="object-where" aria-label={t('where')}>
          <li title={t('context')}>
            <GuardedName context={target.context} />
            <ActingBadge context={target.context} />
          </li>
          <li title={t('namespace')}>
            {target.namespace === null ? (
              t('clusterScoped')
            ) : (
              <AddressLink className="text-button" to={listOf(target)} title={t('openList')}>
                {target.namespace}
              </AddressLink>
            )}
          </li>
        </ol>
        <LockState context={target.context} />
        {actions.barred !== null && (
          <span className="object-barred" id="object-barred">
            <Icon name="lock" />
            {actions.barred}
          </span>
        )}
        {state !== null && <VersionPicker address={address} versions={state.versions} />}
        {summary?.created != null && (
          <span className="object-quiet">
            {t('created')} <Ago time={summary.created} />
          </span>
        )}
        <AddressLink className="text-button object-quiet" to={historyOf(target)}>
          {t('history')}
        </AddressLink>
      </div>
      {state !== null && <Standing state={state} />}
    </header>
  )
}

function Standing({ state }: { readonly state: ObjectState }) {
  const { t } = useTranslation(['object', 'converge'])
  const sayAwaited = useAwaitedWords()
  const standing = standingOf(state)
  if (standing === null || (standing.word === 'nothing' && standing.reason === '')) return null
  const { tone, word, awaited, hold, reason, message } = standing
  const parts = [
    ...(hold === null ? [] : [t(`converge:hold.${hold}`)]),
    ...awaited.map(sayAwaited),
    ...(reason === '' ? [] : [reason]),
  ]
  return (
    <p className="object-standing" data-tone={tone} role="status" aria-label={t('standing.label')}>
      <span className="standing-mark" aria-hidden="true" />
      <span>
        <strong>{t(`standing.${word}`)}</strong>
        {parts.length > 0 && ` · ${parts.join(' · ')}`}
        {message !== '' && (
          <span className="standing-message" lang="en">
            {message}
          </span>
        )}
      </span>
    </p>
  )
}
