import './writing.css'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { isChoosing, type Reviewing } from '../edit/flow.ts'
import { Waiting } from '../edit/waiting.tsx'
import { Icon } from '../parts/icon.tsx'
import { canWrite, longestList, recommendedInstead, type Written, withStrategy } from './choice.ts'
import { RefusedChoice } from './refused-choice.tsx'
import { StrategyChooser } from './strategy-chooser.tsx'
import { useLine } from './use-line.ts'

/** The region `How it is written`: one line that says by which strategy and guard and why, and opens into the choice of another. */
export function WritingRegion({
  reviewing,
  active,
  work,
}: {
  readonly reviewing: Reviewing
  readonly active: boolean
  readonly work: EditWork
}) {
  const { t } = useTranslation('strategy')
  const { review, rechoice, submitting } = reviewing
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const chooser = useId()
  const canChoose = review.strategies.length > 0 && !submitting
  const shown = open && canChoose
  const wanted = isChoosing(reviewing) ? (rechoice?.choice ?? null) : null
  // What was pressed goes away with what it answers: the person stays at the line.
  const here = (act: () => unknown) => () => {
    opener.current?.focus()
    act()
  }
  const close = here(() => setOpen(false))
  useChoiceCommands(reviewing, active && canChoose, () => (shown ? close() : setOpen(true)), work)

  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !shown || wanted !== null) return
    event.preventDefault()
    close()
  }

  return (
    <section className="writing" aria-label={t('title')} onKeyDown={leave}>
      <div className="writing-line">
        <p aria-live="polite">
          <WrittenLine written={review} />
        </p>
        {canChoose && <kbd>S</kbd>}
        {review.strategies.length > 0 && (
          <Button
            ref={opener}
            className="button button-quiet writing-change"
            isDisabled={!canChoose}
            aria-expanded={shown}
            aria-controls={chooser}
            aria-label={t('changeCommand')}
            onPress={() => setOpen(!open)}
          >
            {t('change')}
            <Icon name="chevron" />
          </Button>
        )}
        {wanted !== null && (
          <Waiting text={t('asking')} late={t('askingLong')} cancel={t('callOff')} onCancel={here(work.dropChoice)} />
        )}
      </div>
      {shown && (
        <StrategyChooser id={chooser} written={review} wanted={wanted} onChoose={choice => void work.choose(choice)} />
      )}
      {rechoice !== null && rechoice.problem !== null && (
        <RefusedChoice
          review={review}
          refused={{ choice: rechoice.choice, problem: rechoice.problem }}
          onForce={here(() => work.choose({ ...rechoice.choice, force: true }))}
          onDismiss={here(work.dropChoice)}
        />
      )}
    </section>
  )
}

function WrittenLine({ written }: { readonly written: Written }) {
  const { t } = useTranslation('strategy')
  const line = useLine()
  const { strategy, guard, choice, recommended } = written
  const instead = recommendedInstead(written)
  const forced = choice.force && strategy === 'apply'
  if (strategy === 'create') return <span className="review-quiet">{t('does.create')}</span>
  return (
    <>
      <b>{line(strategy, forced ? 'forced' : guard)}</b>{' '}
      <span className="review-quiet">
        {instead !== null && t('yours', { line: line(instead.strategy, instead.guard) })}
        {instead === null &&
          recommended !== null &&
          t(`because.${recommended.reason}`, {
            managers: [...recommended.managers],
            paths: [...recommended.paths],
            items: longestList(written),
          })}
      </span>
    </>
  )
}

function useChoiceCommands({ review }: Reviewing, enabled: boolean, toggle: () => void, work: EditWork): void {
  const { t } = useTranslation(['strategy', 'review'])
  const group = t('review:title')
  const others = review.strategies.filter(offer => canWrite(offer) && offer.strategy !== review.strategy)
  useCommands(
    enabled
      ? [
          { id: 'review.strategy', label: t('changeCommand'), group, enabled: true, keys: ['S'], run: toggle },
          ...others.map(({ strategy }) => ({
            id: `review.write.${strategy}`,
            label: t('writeAs', { name: t(`names.${strategy}`) }),
            group,
            enabled: true,
            keys: [],
            run: () => void work.choose(withStrategy(review, strategy)),
          })),
        ]
      : [],
  )
}
