import { useTranslation } from 'react-i18next'
import type { DeleteItem, DeleteItemState } from '../../contract/delete.ts'
import { GuardedName } from '../guards/guard-mark.tsx'
import { ProblemText } from '../parts/problem-text.tsx'

/** The objects that go, each with what its own fields say of that and with what became of it. */
export function DeleteItems({ items }: { readonly items: readonly DeleteItem[] }) {
  const { t } = useTranslation('delete')
  return (
    <ul className="delete-items" aria-label={t('objects')}>
      {items.map(item => (
        <Item
          key={`${item.object.context} ${item.object.resource} ${item.object.namespace} ${item.object.name}`}
          item={item}
        />
      ))}
    </ul>
  )
}

function Item({ item }: { readonly item: DeleteItem }) {
  const { t } = useTranslation('delete')
  const { object, kind, state } = item
  const problem = state.kind === 'refused' || state.kind === 'failed' || state.kind === 'unknown' ? state.problem : null
  return (
    <li className="delete-item">
      <div className="delete-item-head">
        <span className="delete-name">
          <span className="delete-kind">{kind}</span> {object.name}
        </span>
        <span className="delete-where">
          <GuardedName context={object.context} />
          {object.namespace !== null && <> · {object.namespace}</>}
        </span>
        <span className="delete-state" data-tone={toneOf(state)}>
          {t(`state.${state.kind}`)}
        </span>
      </div>
      <Notes item={item} />
      {problem !== null && (
        <div className="delete-problem">
          <ProblemText problem={problem} />
        </div>
      )}
    </li>
  )
}

function toneOf({ kind }: DeleteItemState): 'good' | 'warn' | 'bad' | 'quiet' {
  if (kind === 'gone') return 'good'
  if (kind === 'deleting' || kind === 'unknown') return 'warn'
  return kind === 'refused' || kind === 'failed' ? 'bad' : 'quiet'
}

function Notes({ item }: { readonly item: DeleteItem }) {
  const { t } = useTranslation('delete')
  const { state, finalizers, deletingSince, controller, storage } = item
  const isOver = state.kind === 'gone'
  const notes = [
    state.kind === 'deleting' && state.held.length > 0 ? t('note.held', { held: state.held }) : null,
    state.kind === 'ready' && state.unchecked ? t('note.unchecked') : null,
    ...(state.kind === 'ready' ? state.warnings : []),
    isOver || state.kind === 'deleting' || finalizers.length === 0 ? null : t('note.finalizers', { finalizers }),
    isOver || deletingSince === null
      ? null
      : t('note.deletingSince', { time: new Date(deletingSince).toLocaleString() }),
    controller === null ? null : t('note.controller', controller),
    storage?.kind === 'volume' ? t(`note.volume.${storage.policy}`) : null,
    storage?.kind === 'claims' ? t(`note.claims.${storage.policy}`) : null,
  ].filter(note => note !== null)
  if (notes.length === 0) return null
  return (
    <ul className="delete-notes">
      {notes.map(note => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}
