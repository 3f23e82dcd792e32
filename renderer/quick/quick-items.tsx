import { useTranslation } from 'react-i18next'
import type { FieldChange } from '../../contract/edit.ts'
import type { QuickItem, QuickItemState } from '../../contract/quick.ts'
import { FieldValue } from '../edit/field-value.tsx'
import { GuardedName } from '../guards/guard-mark.tsx'
import { sayKeeper } from '../owners/keeper-words.ts'
import { ProblemText } from '../parts/problem-text.tsx'

/** The objects, each with what its dry run says and with what became of it; those that fail stand first. `stale`: of another change than is asked for now. */
export function QuickItems({
  items,
  stale = false,
}: {
  readonly items: readonly QuickItem[]
  readonly stale?: boolean
}) {
  const { t } = useTranslation('quick')
  return (
    <ul className="quick-items" aria-label={t('objects')} data-stale={stale || undefined}>
      {items
        .toSorted(({ state: a }, { state: b }) => rankOf(a) - rankOf(b))
        .map(item => (
          <Item
            key={`${item.object.context} ${item.object.resource} ${item.object.namespace} ${item.object.name}`}
            item={item}
          />
        ))}
    </ul>
  )
}

function Item({ item }: { readonly item: QuickItem }) {
  const { t } = useTranslation('quick')
  const { object, state, changes, more } = item
  return (
    <li className="quick-item">
      <div className="quick-item-head">
        <span className="quick-name">{object.name}</span>
        <span className="quick-where">
          <GuardedName context={object.context} />
          {object.namespace !== null && <> · {object.namespace}</>}
        </span>
        <span className="quick-state" data-tone={toneOf(state)}>
          {t(state.kind === 'ready' && state.again ? 'states.again' : `states.${state.kind}`)}
        </span>
      </div>
      <Changes changes={changes} />
      {more > 0 && <p className="quick-note">{t('more', { count: more })}</p>}
      <Notes item={item} />
      {'problem' in state && (
        <div className={state.kind === 'unfit' ? 'quick-note' : 'quick-problem'}>
          <ProblemText problem={state.problem} />
        </div>
      )}
    </li>
  )
}

/** Fields from and to, one a line. */
export function Changes({ changes }: { readonly changes: readonly FieldChange[] }) {
  const { t } = useTranslation('quick')
  if (changes.length === 0) return null
  return (
    <ul className="quick-changes">
      {changes.map(({ path, before, after }) => (
        <li key={path}>
          <code>{path}</code>
          <span>
            <FieldValue value={before} absent={t('absent')} />
            <span aria-hidden="true"> → </span>
            <span className="visually-hidden">{t('becomes')}</span>
            <FieldValue value={after} absent={t('absent')} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Notes({ item: { state, fates, owners, warnings } }: { readonly item: QuickItem }) {
  const { t, i18n } = useTranslation('quick')
  const shown = state.kind === 'ready' || state.kind === 'saved'
  const notes = [
    ...(shown
      ? fates.map(({ path, fate }) => t(`notes.${fate === 'ignored' ? 'ignored' : 'overridden'}`, { path }))
      : []),
    ...(shown
      ? owners.flatMap(({ path, keptBy }) =>
          keptBy.map(({ keeper, manager }) => t('notes.owner', { path, ...sayKeeper(i18n, keeper, manager, []) })),
        )
      : []),
    ...(state.kind === 'ready' && state.basis === 'prediction' ? [t('notes.prediction')] : []),
    ...(state.kind === 'saved' ? state.mergedIn.map(({ path }) => t('notes.mergedIn', { path })) : []),
    ...(state.kind === 'saved' ? state.differences.map(({ path }) => t('notes.differs', { path })) : []),
    ...warnings,
  ]
  if (notes.length === 0) return null
  return (
    <ul className="quick-note">
      {notes.map(note => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}

/** Among a thousand that go well, the one that does not is what somebody has to see. */
function rankOf(state: QuickItemState): number {
  return toneOf(state) === 'bad' || toneOf(state) === 'warn' ? 0 : 1
}

function toneOf({ kind }: QuickItemState): 'good' | 'warn' | 'bad' | 'quiet' {
  if (kind === 'saved') return 'good'
  if (kind === 'unknown') return 'warn'
  return kind === 'refused' || kind === 'failed' ? 'bad' : 'quiet'
}
