import { useTranslation } from 'react-i18next'
import type { CellState, CreateDocument, CreateState } from '../../contract/create.ts'
import { GuardedName } from '../guards/guard-mark.tsx'

/** A cell of the table. */
export type CellPlace = { readonly document: number; readonly place: number }

/** The objects of a text and what becomes of each in each context. */
export function CreateTable({
  state,
  chosen,
  onChoose,
}: {
  readonly state: CreateState
  readonly chosen: CellPlace | null
  readonly onChoose: (cell: CellPlace | null) => void
}) {
  const { t } = useTranslation('create')
  const { documents, places, cells, order } = state
  return (
    <table className="create-table" aria-label={t('table')}>
      <thead>
        <tr>
          <th scope="col" className="create-number">
            #
          </th>
          <th scope="col">{t('object')}</th>
          {places.map(({ context }) => (
            <th key={context} scope="col">
              <GuardedName context={context} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {order.map((document, position) => {
          const shown = documents[document]
          if (shown === undefined) return null
          return (
            <tr key={document}>
              <td className="create-number" title={t('order', { number: position + 1 })}>
                {position + 1}
              </td>
              <th scope="row">
                <DocumentName document={shown} />
              </th>
              {places.map((place, at) => (
                <td key={place.context}>
                  <Cell
                    state={cells[document]?.[at] ?? null}
                    what={nameOf(shown, t)}
                    context={place.context}
                    order={order}
                    pressed={chosen?.document === document && chosen.place === at}
                    onPress={pressed => onChoose(pressed ? { document, place: at } : null)}
                  />
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

type Words = ReturnType<typeof useTranslation<'create'>>['t']

function nameOf({ kind, name }: CreateDocument, t: Words): string {
  return `${kind ?? t('unreadable')} ${name ?? t('unnamed')}`
}

function DocumentName({ document }: { readonly document: CreateDocument }) {
  const { t } = useTranslation('create')
  const { kind, name, namespace, generates, line } = document
  const shown = name === null ? t('unnamed') : generates ? t('generated', { name }) : name
  return (
    <>
      <span className="create-kind">{kind ?? t('unreadable')}</span> {kind !== null && shown}{' '}
      <small>{[namespace, t('line', { line })].filter(Boolean).join(' · ')}</small>
    </>
  )
}

function Cell({
  state,
  what,
  context,
  order,
  pressed,
  onPress,
}: {
  readonly state: CellState | null
  readonly what: string
  readonly context: string
  readonly order: readonly number[]
  readonly pressed: boolean
  readonly onPress: (pressed: boolean) => void
}) {
  const { t } = useTranslation('create')
  if (state === null) return <span className="create-cell">{t('state.unchecked')}</span>
  const words = cellWords(state, order, t)
  return (
    <button
      type="button"
      className="create-cell"
      data-tone={toneOf(state)}
      aria-pressed={pressed}
      aria-label={t('cellLabel', { what, where: context, state: words })}
      onClick={() => onPress(!pressed)}
    >
      {words}
    </button>
  )
}

/** What becomes of a cell, in a word or two. */
export function cellWords(state: CellState, order: readonly number[], t: Words): string {
  switch (state.kind) {
    case 'waiting':
      return t(`state.waiting.${state.for}`)
    case 'later':
      return t('state.later', { number: order.indexOf(state.document) + 1 })
    default:
      return t(`state.${state.kind}`)
  }
}

function toneOf({ kind }: CellState): 'good' | 'warn' | 'bad' | 'busy' | 'plain' {
  if (kind === 'created') return 'good'
  if (kind === 'ready' || kind === 'later') return 'plain'
  if (kind === 'exists' || kind === 'unknown' || kind === 'skipped') return 'warn'
  return kind === 'refused' || kind === 'failed' ? 'bad' : 'busy'
}
