import { useEffect, useId, useRef, useState } from 'react'
import { ToggleButton } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Choice } from '../../core/merge.ts'
import { formatPath } from '../../core/path.ts'
import type { Conflict } from '../../core/problem.ts'
import { useProblemWords } from '../parts/problem-text.tsx'
import { canEdit, canTakeBoth, type Made, printResult, readResult } from './decisions.ts'
import { FieldValue } from './field-value.tsx'
import type { Excerpt } from './result-preview.ts'

const sides = ['base', 'mine', 'theirs'] as const

/** One field that both sides changed: the three values, what may be taken, and what will stand. */
export function ConflictCard({
  conflict,
  made,
  changedAgain,
  excerpt,
  current,
  onFocus,
  onChoose,
  onEdit,
  onType,
}: {
  readonly conflict: Conflict
  readonly made: Made | null
  /** Whether it was decided once, and a side has changed since. */
  readonly changedAgain: boolean
  /** How the text will stand there; null where that is not shown. */
  readonly excerpt: Excerpt | null
  readonly current: boolean
  readonly onFocus: () => void
  readonly onChoose: (choice: Choice) => void
  readonly onEdit: () => void
  readonly onType: (draft: string) => void
}) {
  const { t } = useTranslation('edit')
  const title = useId()
  const name = formatPath(conflict.path)
  const way = made === null ? null : made.draft !== null ? 'value' : made.choice
  const take = [
    ['mine', () => onChoose('mine'), true],
    ['theirs', () => onChoose('theirs'), true],
    ['both', () => onChoose('both'), canTakeBoth(conflict)],
    ['value', onEdit, canEdit(conflict)],
  ] as const
  return (
    <li>
      {/* biome-ignore lint/a11y/useSemanticElements: it is no set of form fields. */}
      <div
        className="conflict-card"
        role="group"
        aria-labelledby={title}
        tabIndex={current ? 0 : -1}
        data-decided={made?.choice != null}
        onFocus={onFocus}
      >
        <h4 id={title}>
          <code>{name}</code> {conflict.order && <span>{t('conflict.order')}</span>}
        </h4>
        {changedAgain && made === null && <p className="conflict-again">{t('conflict.again')}</p>}
        <dl className="conflict-sides">
          {sides.map(side => (
            <div key={side} data-chosen={way === side || (way === 'both' && side !== 'base')}>
              <dt>{t(`conflict.${side}`)}</dt>
              <dd>
                <Folded value={conflict[side] === undefined ? null : printResult(conflict[side])} />
              </dd>
            </div>
          ))}
        </dl>
        <div className="conflict-choice">
          {take.map(
            ([choice, run, offered]) =>
              offered && (
                <ToggleButton
                  key={choice}
                  className="button button-small"
                  aria-label={`${t(`conflict.take.${choice}`)}: ${name}`}
                  isSelected={way === choice}
                  onChange={run}
                >
                  {t(`conflict.take.${choice}`)}
                </ToggleButton>
              ),
          )}
          {conflict.masked && <small>{t('conflict.masked')}</small>}
        </div>
        {made !== null && made.draft !== null && (
          <ResultField conflict={conflict} draft={made.draft} onType={onType} label={t('conflict.result', { name })} />
        )}
        {excerpt !== null && made?.choice != null && <Preview excerpt={excerpt} />}
      </div>
    </li>
  )
}

function ResultField({
  conflict,
  draft,
  onType,
  label,
}: {
  readonly conflict: Conflict
  readonly draft: string
  readonly onType: (draft: string) => void
  readonly label: string
}) {
  const { t } = useTranslation('edit')
  const say = useProblemWords()
  const note = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const reading = readResult(draft, conflict)
  return (
    <div className="conflict-result">
      <textarea
        ref={field}
        className="field"
        aria-label={label}
        aria-invalid={reading.kind !== 'value'}
        aria-describedby={note}
        rows={Math.min(Math.max(draft.split('\n').length, 1), 16)}
        spellCheck={false}
        value={draft}
        onChange={event => onType(event.target.value)}
      />
      <p id={note} data-wrong={reading.kind !== 'value' || undefined} aria-live="polite">
        {reading.kind === 'wrong' && say(reading.problem).sentence}
        {reading.kind === 'renamed' && t('conflict.renamed', { item: reading.item })}
        {reading.kind === 'value' && t(reading.value === undefined ? 'conflict.removes' : 'conflict.resultNote')}
      </p>
    </div>
  )
}

function Preview({ excerpt: { lines } }: { readonly excerpt: Excerpt }) {
  const { t } = useTranslation('edit')
  return (
    <figure className="conflict-preview">
      <figcaption>{t('conflict.preview')}</figcaption>
      <pre>
        {lines.map(({ number, text, own }) => (
          <span key={number} className="conflict-line" data-own={own}>
            <span aria-hidden="true">{number}</span>
            {`${text}\n`}
          </span>
        ))}
      </pre>
    </figure>
  )
}

const fewLines = 8

/** A value, with all but its first lines behind a button where it is long. */
function Folded({ value }: { readonly value: string | null }) {
  const { t } = useTranslation('edit')
  const [open, setOpen] = useState(false)
  const lines = value?.split('\n') ?? []
  const hidden = lines.length - fewLines
  if (value === null || hidden <= 2) return <FieldValue value={value} absent={t('conflict.absent')} />
  return (
    <>
      <FieldValue value={open ? value : lines.slice(0, fewLines).join('\n')} absent="" />
      <button
        type="button"
        className="button button-small button-quiet"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? t('conflict.fold') : t('conflict.unfold', { count: hidden })}
      </button>
    </>
  )
}
