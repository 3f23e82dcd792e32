import { type RefObject, useId } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { CreateState } from '../../contract/create.ts'
import { AddressLink } from '../app/address-link.tsx'
import { answer } from '../app/client.ts'
import { useAnswer } from '../app/use-host.ts'
import { GuardedName } from '../guards/guard-mark.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { ProblemText } from '../parts/problem-text.tsx'
import { ChangesRegion } from '../review/changes-region.tsx'
import { RequestRegion } from '../review/request-region.tsx'
import { type CellPlace, cellWords } from './create-table.tsx'

/** One cell: why it is as it is, what can be done about it, and what the server makes of it. */
export function CellDetail({
  run,
  state,
  cell,
  scroller,
  onGoTo,
  onAgainstLive,
  onClose,
}: {
  readonly run: string
  readonly state: CreateState
  readonly cell: CellPlace
  readonly scroller: RefObject<HTMLElement | null>
  readonly onGoTo: (offset: number) => void
  readonly onAgainstLive: (cell: CellPlace) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation('create')
  const title = useId()
  const document = state.documents[cell.document]
  const place = state.places[cell.place]
  const is = state.cells[cell.document]?.[cell.place]
  if (document === undefined || place === undefined || is === undefined) return null
  const problem = is.kind === 'refused' || is.kind === 'failed' || is.kind === 'unknown' ? is.problem : null
  const number = 'document' in is ? state.order.indexOf(is.document) + 1 : 0
  const object = is.kind === 'created' || is.kind === 'exists' ? is.object : null
  return (
    <section className="create-detail" aria-labelledby={title}>
      <header>
        <h3 id={title}>
          {document.kind} {document.name} · <GuardedName context={place.context} /> · {cellWords(is, state.order, t)}
        </h3>
        <IconButton icon="close" label={t('detail.close')} onPress={onClose} />
      </header>
      {is.kind === 'ready' && is.basis === 'prediction' && <p>{t('detail.prediction')}</p>}
      {is.kind === 'ready' && is.basis === 'server' && (
        <p>{is.namespace === null ? t('detail.readyCluster') : t('detail.ready', { namespace: is.namespace })}</p>
      )}
      {is.kind === 'created' && <p>{t(is.basis === 'read' ? 'detail.createdRead' : 'detail.created')}</p>}
      {is.kind === 'later' && (
        <p>{t(is.needs === 'namespace' ? 'detail.laterNamespace' : 'detail.laterKind', { number })}</p>
      )}
      {is.kind === 'exists' && <p>{t('detail.exists')}</p>}
      {is.kind === 'skipped' && <p>{t('detail.skipped', { number })}</p>}
      {is.kind === 'unknown' && <p>{t('detail.unknown')}</p>}
      {'warnings' in is && is.warnings.length > 0 && (
        <ul className="create-warnings" lang="en">
          {is.warnings.map(warning => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {problem !== null && (
        <div className="create-problem">
          <ProblemText problem={problem} />
        </div>
      )}
      <div className="create-acts">
        {problem?.range !== undefined && (
          <Button className="button" onPress={() => onGoTo(problem.range?.from ?? 0)}>
            {t('detail.goToLine', { line: problem.range.line })}
          </Button>
        )}
        {object !== null && (
          <AddressLink className="button" to={{ kind: 'object', target: object, section: null }}>
            {t('detail.open')}
          </AddressLink>
        )}
        {is.kind === 'exists' && (
          <Button className="button" onPress={() => onAgainstLive(cell)}>
            {t('detail.againstLive')}
          </Button>
        )}
      </div>
      {(is.kind === 'ready' || is.kind === 'created') && <Sent run={run} cell={cell} scroller={scroller} />}
    </section>
  )
}

function Sent({
  run,
  cell,
  scroller,
}: {
  readonly run: string
  readonly cell: CellPlace
  readonly scroller: RefObject<HTMLElement | null>
}) {
  const { t } = useTranslation('create')
  const { result } = useAnswer(`${run} ${cell.document} ${cell.place}`, (client, signal) =>
    answer(client.create.cell({ run, ...cell }, { signal })),
  )
  if (result === null) return null
  if (!result.ok) return <ProblemText problem={result.problem} />
  const { before, after, request, command } = result.value
  return (
    <>
      <ChangesRegion
        review={{ before, after, marks: [] }}
        former={null}
        scroller={scroller}
        heads={{ before: t('detail.before'), after: t('detail.after') }}
      />
      <RequestRegion review={{ request, command }} note={t('detail.request')} />
    </>
  )
}
