import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ForeignChange, OpenedEdit } from '../../contract/edit.ts'
import { wholeHistory } from '../../contract/history.ts'
import { AddressLink } from '../app/address-link.tsx'
import type { HistoryAddress } from '../app/router.ts'
import { ActingBadge } from '../contexts/acting-badge.tsx'
import { GuardedName, LockState } from '../guards/guard-mark.tsx'
import { Icon } from '../parts/icon.tsx'
import { usePopup } from '../parts/use-popup.ts'
import type { EditSnapshot, EditStanding } from './edit-shared.ts'
import type { EditWork } from './edit-work.ts'
import { FieldValue } from './field-value.tsx'
import type { Came } from './flow.ts'
import { useCameWords } from './settled-notice.tsx'
import { usePart } from './use-work.ts'
import type { Others } from './watching.ts'

/** Which object this is, how the text stands to it, and what can be done. */
export function EditHeader({
  opened,
  work,
  changed,
  live,
  others,
  came,
  atOnce,
  onAtOnce,
  onTakeIn,
  onDecide,
  secret,
  dryRun,
  format,
  actions,
}: {
  readonly opened: OpenedEdit
  readonly work: EditWork
  readonly changed: boolean
  readonly live: EditStanding | null
  /** Merges what others changed into the text; null where that cannot be done now. */
  readonly onTakeIn: (() => void) | null
  readonly others: Others | null
  /** What came into the text by itself the last time. */
  readonly came: readonly Came[]
  /** Whether what others change comes into the text by itself. */
  readonly atOnce: boolean
  readonly onAtOnce: (on: boolean) => void
  /** Opens the conflict view; null where nothing is to be decided, or cannot be now. */
  readonly onDecide: (() => void) | null
  /** How a Secret's values are shown; null for any other kind. */
  readonly secret: ReactNode
  /** What the server says of the text before any review. */
  readonly dryRun: ReactNode
  /** How the text is shown. */
  readonly format: ReactNode
  readonly actions: ReactNode
}) {
  const { t } = useTranslation(['edit', 'history'])
  const cameWords = useCameWords()
  const { ref, context, origin } = opened
  return (
    <header className="edit-header">
      <div className="edit-title">
        <h2>
          <span className="edit-kind">{ref.kind}</span> {ref.name || <em>{t('generated')}</em>}
          {ref.subresource !== undefined && <span className="edit-subresource">/{ref.subresource}</span>}
        </h2>
        {ref.name !== '' && (
          <AddressLink
            className="icon-button"
            to={historyOf(opened)}
            aria-label={t('history:ofObject')}
            title={t('history:ofObject')}
          >
            <Icon name="clock" />
          </AddressLink>
        )}
      </div>
      <div className="edit-facts">
        <ol className="edit-where" aria-label={t('where')}>
          <li title={t('context')}>
            <GuardedName context={context} />
            <ActingBadge context={context} />
          </li>
          <li title={t('namespace')}>{ref.namespace ?? t('clusterScoped')}</li>
          {origin === 'create' && <li>{t('creation')}</li>}
          {origin === 'manifest' && <li>{t('manifest')}</li>}
        </ol>
        <LockState context={context} />
        {/* What is pressed stands before what changes its length. */}
        {secret}
        {format}
        <span className="edit-state" data-state={changed ? 'changed' : 'unchanged'}>
          {t(`state.${stateWord(origin, changed)}`)}
        </span>
        <ReportMark work={work} changed={changed} />
        {dryRun}
        {live !== null && <LiveMark live={live} atOnce={atOnce} onAtOnce={onAtOnce} onTakeIn={onTakeIn} />}
        {onDecide !== null && (
          <Button className="button button-small edit-overlaps" onPress={onDecide}>
            {t('conflict.openCount', { count: others?.disputes.length ?? 0 })}
          </Button>
        )}
        <span className="edit-came" role="status">
          {came.length > 0 && cameWords(came)}
        </span>
      </div>
      {actions}
    </header>
  )
}

/** A manifest differs from what is live as a rule: what counts is whether it was submitted. */
function stateWord(origin: OpenedEdit['origin'], changed: boolean) {
  if (origin === 'manifest') return changed ? 'unsubmitted' : 'submitted'
  return changed ? 'changed' : 'unchanged'
}

/** The address of the history of an edit's object. */
export function historyOf({ context, ref }: Pick<OpenedEdit, 'context' | 'ref'>): HistoryAddress {
  const { group, resource, namespace, name } = ref
  const object = { context, group, resource, namespace, name }
  return { kind: 'history', entry: null, filter: { ...wholeHistory, object } }
}

function ReportMark({ work, changed }: { readonly work: EditWork; readonly changed: boolean }) {
  const { t } = useTranslation('edit')
  const word = usePart(work, wordOfReport)
  if (word === 'away' || word === 'unkept') {
    return (
      <span className="edit-state" data-state="away" role="status">
        {t(`state.${word}`)}
      </span>
    )
  }
  if (word !== 'reading' && !changed) return null
  return <span className={word === 'held' ? 'edit-quiet edit-kept' : 'edit-quiet'}>{t(`state.${word}`)}</span>
}

/** How far the text is on its way: to the host, to disk, and to being looked at. */
function wordOfReport({ report, live, keptVersion, fresh }: EditSnapshot) {
  if (report.kind === 'away') return 'away'
  if (live !== null && live.unkept !== null) return 'unkept'
  if (!fresh) return 'reading'
  // What the host last said of the disk may be about an older text than the one that it has taken since.
  return report.kind === 'held' && keptVersion >= report.textVersion ? 'held' : 'sending'
}

function LiveMark({
  live,
  atOnce,
  onAtOnce,
  onTakeIn,
}: {
  readonly live: EditStanding
  readonly atOnce: boolean
  readonly onAtOnce: (on: boolean) => void
  readonly onTakeIn: (() => void) | null
}) {
  const { t } = useTranslation('edit')
  const { panel, place } = usePopup()
  if (live.live.kind === 'unknown') return <span className="edit-quiet">{t('state.watching')}</span>
  // Somebody with a name says more than an unknown writer.
  const first = live.others.find(({ manager }) => manager !== null) ?? live.others[0]
  if (live.live.kind !== 'present' || first === undefined) return null
  const who = first.manager ?? t('state.unknownWriter')
  return (
    <details className="edit-others" ref={place}>
      <summary>
        {t('state.moved', { count: live.others.length, who, path: first.path, more: live.others.length - 1 })}
      </summary>
      <div className="edit-others-panel">
        <OthersTable others={live.others} />
        <footer>
          <div>
            <p>{t('others.note')}</p>
            <label>
              <input type="checkbox" checked={atOnce} onChange={event => onAtOnce(event.target.checked)} />{' '}
              {t('others.atOnce')}
            </label>
          </div>
          <Button
            className="button button-small"
            isDisabled={onTakeIn === null}
            onPress={() => {
              if (panel.current !== null) panel.current.open = false
              onTakeIn?.()
            }}
          >
            {t('others.takeIn')}
          </Button>
        </footer>
      </div>
    </details>
  )
}

function OthersTable({ others }: { readonly others: readonly ForeignChange[] }) {
  const { t } = useTranslation('edit')
  const absent = t('others.absent')
  return (
    <table>
      <caption>{t('state.details')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('others.field')}</th>
          <th scope="col">{t('others.before')}</th>
          <th scope="col">{t('others.after')}</th>
          <th scope="col">{t('others.who')}</th>
        </tr>
      </thead>
      <tbody>
        {others.map(({ path, before, after, manager }) => (
          <tr key={path}>
            <th scope="row">
              <code>{path}</code>
            </th>
            <td>
              <FieldValue value={before} absent={absent} />
            </td>
            <td>
              <FieldValue value={after} absent={absent} />
            </td>
            <td>{manager ?? t('state.unknownWriter')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
