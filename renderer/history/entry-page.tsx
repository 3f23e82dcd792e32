import '../review/review.css'
import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { FieldChange, ForeignChange, OpenedEdit } from '../../contract/edit.ts'
import { type HistoryEntry, wholeHistory } from '../../contract/history.ts'
import { AddressLink } from '../app/address-link.tsx'
import { useCommands } from '../app/commands.ts'
import { type HistoryAddress, useRouter } from '../app/router.ts'
import { useAnswer } from '../app/use-host.ts'
import { useDelete } from '../delete/use-delete.ts'
import { FieldValue } from '../edit/field-value.tsx'
import { GuardedName } from '../guards/guard-mark.tsx'
import { scrolls } from '../parts/focus.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { ChangesRegion } from '../review/changes-region.tsx'
import { RequestRegion } from '../review/request-region.tsx'
import { OutcomeMark } from './entry-row.tsx'
import { ExportMenu } from './export-menu.tsx'
import { useDays } from './moments.ts'
import { RemoveDialog } from './remove-dialog.tsx'
import { UndoDialog } from './undo-dialog.tsx'
import { useUndo } from './use-undo.ts'

/** One submit, whole: what it was for, what it changed, what was sent, and the way to take it back. */
export function EntryPage({
  id,
  address,
  onOpened,
}: {
  readonly id: string
  readonly address: HistoryAddress
  readonly onOpened: (edit: OpenedEdit) => void
}) {
  const { t } = useTranslation('history')
  const { result } = useAnswer(id, client => client.history.read({ entry: id }))
  const list: HistoryAddress = { ...address, entry: null }
  if (result === null) {
    return (
      <p className="history-none" role="status">
        {t('entry.opening')}
      </p>
    )
  }
  if (!result.ok) {
    return (
      <section className="history" aria-label={t('title')}>
        <div className="history-none" role="alert">
          <ProblemText problem={result.problem} />
          <AddressLink className="button" to={list}>
            {t('back')}
          </AddressLink>
        </div>
      </section>
    )
  }
  return <Entry entry={result.value} list={list} onOpened={onOpened} />
}

function Entry({
  entry,
  list,
  onOpened,
}: {
  readonly entry: HistoryEntry
  readonly list: HistoryAddress
  readonly onOpened: (edit: OpenedEdit) => void
}) {
  const { t } = useTranslation(['history', 'steps'])
  const router = useRouter()
  const title = useRef<HTMLHeadingElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const [removing, setRemoving] = useState(false)
  const undo = useUndo(entry.id, onOpened)
  const openDelete = useDelete()
  const { ref, target, subresource, step } = entry
  const { context, group, resource, namespace, name } = target
  const back = () => router.showHistory(list)
  useEffect(() => title.current?.focus(), [])
  const undoable = entry.undo !== 'none' && !undo.busy
  useCommands([
    { id: 'history.back', label: t('back'), group: t('groups.history'), enabled: true, run: back, keys: ['Escape'] },
    {
      id: 'history.undo',
      label: t('undo.action'),
      group: t('groups.history'),
      enabled: undoable,
      run: () => void undo.run(),
      keys: ['U'],
    },
  ])

  return (
    <section className="history entry" aria-label={`${ref.kind} ${ref.name}`}>
      <header className="history-bar">
        <IconButton icon="back" label={t('back')} keys="Escape" onPress={back} />
        <h2 ref={title} tabIndex={-1}>
          <span className="entry-kind">{ref.kind}</span> {ref.name}
          {subresource !== null && <span className="entry-quiet">/{subresource}</span>}
          {step !== null && <span className="entry-quiet"> · {t('steps:ofEdit', step)}</span>}
        </h2>
        <OutcomeMark outcome={entry.outcome} />
        <div className="history-tools">
          <AddressLink className="button" to={{ kind: 'edit', target }}>
            {t('entry.openObject')}
          </AddressLink>
          <AddressLink
            className="button"
            to={{
              kind: 'history',
              entry: null,
              filter: { ...wholeHistory, object: { context, group, resource, namespace, name } },
            }}
          >
            {t('ofObject')}
          </AddressLink>
          <ExportMenu entries={[entry.id]} filter={wholeHistory} />
          <Button className="button" isDisabled={entry.outcome === 'sent'} onPress={() => setRemoving(true)}>
            {t('remove.one')}
          </Button>
          <Button
            className="button button-accent"
            isDisabled={!undoable}
            aria-describedby="history-undo-note"
            onPress={() => void undo.run()}
          >
            {t(undoWords[entry.undo])}
          </Button>
        </div>
      </header>
      <div className="review-scroll" ref={scroller} {...scrolls}>
        <div id="history-undo-note" role="status">
          {undo.busy && <p className="notice">{t('undo.opening')}</p>}
          {undo.nothing && <p className="notice">{t('undo.nothing')}</p>}
        </div>
        {undo.problem !== null && (
          <div className="notice bad" role="alert">
            <ProblemText problem={undo.problem} />
          </div>
        )}
        <Facts entry={entry} />
        <Body entry={entry} scroller={scroller} />
      </div>
      <UndoDialog
        undo={undo}
        onDelete={() => {
          undo.cancel()
          openDelete([{ ...target, uid: ref.uid || null }])
        }}
      />
      <RemoveDialog
        what={removing ? { kind: 'one', entry: entry.id } : null}
        onClose={() => setRemoving(false)}
        onRemoved={back}
      />
    </section>
  )
}

const undoWords = {
  edit: 'undo.action',
  none: 'undo.action',
  delete: 'undo.creation',
  create: 'undo.deletion',
} as const

function Facts({ entry }: { readonly entry: HistoryEntry }) {
  const { t } = useTranslation(['history', 'strategy'])
  const days = useDays()
  const { ref, context, sent, answered, reason, strategy, guard, attempts, outcome } = entry
  const name = strategy === null ? null : strategy === 'delete' ? t('entry.deletion') : t(`strategy:names.${strategy}`)
  const how = [
    name === null || guard === null || strategy === 'create' || strategy === 'delete'
      ? name
      : t(`strategy:line.${guard}`, { name }),
    attempts === null ? null : t('entry.attempts', { count: attempts }),
  ]
  return (
    <section className="review-block">
      <dl className="entry-facts">
        <dt>{t('entry.when')}</dt>
        <dd>
          {days.moment(sent)}
          {answered !== null && answered - sent >= 2_000 && `, ${t('entry.answered', { time: days.moment(answered) })}`}
        </dd>
        <dt>{t('entry.where')}</dt>
        <dd>
          <GuardedName context={context} /> · {ref.namespace ?? t('entry.clusterScoped')}{' '}
          <span className="entry-quiet">{ref.uid !== '' && t('entry.uid', { uid: ref.uid })}</span>
        </dd>
        <dt>{t('entry.reason')}</dt>
        <dd>{reason ?? <span className="entry-quiet">{t('entry.noReason')}</span>}</dd>
        <dt>{t('entry.written')}</dt>
        <dd>{how.filter(part => part !== null).join(' · ')}</dd>
        {outcome !== 'written' && (
          <>
            <dt>{t('entry.outcome')}</dt>
            <dd>{t(`outcomeNote.${outcome}`)}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

function Body({
  entry,
  scroller,
}: {
  readonly entry: HistoryEntry
  readonly scroller: RefObject<HTMLDivElement | null>
}) {
  const { t } = useTranslation('history')
  const { request, command, basis, problem, warnings } = entry
  if (!entry.readable) return <p className="notice warn">{t('entry.unreadable')}</p>
  const after = t(basis === 'promise' ? 'entry.promised' : 'entry.after')
  return (
    <>
      {problem !== null && (
        <Block title={t('entry.problem')}>
          <ProblemText problem={problem} />
        </Block>
      )}
      {basis !== 'answer' && (
        <p className="notice warn">{t(basis === 'read' ? 'entry.basisRead' : 'entry.basisPromise')}</p>
      )}
      <ChangeTable title={t('entry.changes')} changes={entry.changes} />
      <ChangeTable title={t('entry.mergedIn')} changes={entry.mergedIn} />
      <ChangeTable title={t('entry.differences')} changes={entry.differences} />
      {warnings.length > 0 && (
        <Block title={t('entry.warnings')}>
          <ul lang="en">
            {warnings.map(warning => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Block>
      )}
      <ChangesRegion
        review={{ before: entry.before, after: entry.after, marks: [] }}
        former={null}
        scroller={scroller}
        heads={{ before: t('entry.before'), after }}
      />
      {request !== null && command !== null && (
        <RequestRegion review={{ request, command }} note={t('entry.sentExactly')} />
      )}
    </>
  )
}

function Block({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const label = useId()
  return (
    <section className="review-block" aria-labelledby={label}>
      <h3 id={label}>{title}</h3>
      {children}
    </section>
  )
}

function ChangeTable({
  title,
  changes,
}: {
  readonly title: string
  readonly changes: readonly (FieldChange | ForeignChange)[]
}) {
  const { t } = useTranslation(['edit', 'history'])
  if (changes.length === 0) return null
  const absent = t('others.absent')
  const foreign = changes.some(change => 'manager' in change)
  return (
    <Block title={title}>
      <table className="entry-changes">
        <thead>
          <tr>
            <th scope="col">{t('others.field')}</th>
            <th scope="col">{t('history:entry.before')}</th>
            <th scope="col">{t('history:entry.after')}</th>
            {foreign && <th scope="col">{t('others.who')}</th>}
          </tr>
        </thead>
        <tbody>
          {changes.map(change => (
            <tr key={change.path}>
              <th scope="row">
                <code>{change.path}</code>
              </th>
              <td>
                <FieldValue value={change.before} absent={absent} />
              </td>
              <td>
                <FieldValue value={change.after} absent={absent} />
              </td>
              {'manager' in change && <td>{change.manager ?? t('state.unknownWriter')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </Block>
  )
}
