import { useId, useState } from 'react'
import { Button, ToggleButton } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Json } from '../../core/json.ts'
import type { Side } from '../../core/merge.ts'
import { equalPath, formatPath } from '../../core/path.ts'
import type { Conflict } from '../../core/problem.ts'
import { printYaml } from '../../core/yaml.ts'
import { FieldValue } from './field-value.tsx'
import type { Decision } from './settle.ts'

const sides = ['mine', 'theirs'] as const

/**
 * The places where both sides changed the same: what stood there, what the text says, what is live, and whose value
 * shall stand. `onSettle` hears of it once all are decided; without it nothing can be decided.
 */
export function ConflictTable({
  conflicts,
  onSettle,
}: {
  readonly conflicts: readonly Conflict[]
  readonly onSettle: ((decisions: readonly Decision[]) => void) | null
}) {
  const { t } = useTranslation('edit')
  const title = useId()
  const [decisions, setDecisions] = useState<readonly Decision[]>([])
  const made = decisions.filter(({ path }) => conflicts.some(conflict => equalPath(conflict.path, path)))
  const decide = (next: readonly Decision[]) => {
    setDecisions(next)
    if (conflicts.every(({ path }) => sideAt(next, path) !== null)) onSettle?.(next)
  }
  const several = conflicts.length > 1 && onSettle !== null

  return (
    <section className="conflicts" aria-labelledby={title}>
      <header>
        <h3 id={title}>{t('conflict.title')}</h3>
        {several && (
          <>
            <span>{t('conflict.decided', { made: made.length, all: conflicts.length })}</span>
            {sides.map(side => (
              <Button
                key={side}
                className="button button-small"
                onPress={() => decide(conflicts.map(({ path }) => ({ path, side })))}
              >
                {t(`conflict.keepAll.${side}`)}
              </Button>
            ))}
          </>
        )}
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('conflict.field')}</th>
            <th scope="col">{t('conflict.base')}</th>
            <th scope="col">{t('conflict.mine')}</th>
            <th scope="col">{t('conflict.theirs')}</th>
            {onSettle !== null && <th scope="col">{t('conflict.decision')}</th>}
          </tr>
        </thead>
        <tbody>
          {conflicts.map(conflict => (
            <ConflictRow
              key={formatPath(conflict.path)}
              conflict={conflict}
              chosen={sideAt(decisions, conflict.path)}
              onChoose={onSettle === null ? null : side => decide(decided(decisions, { path: conflict.path, side }))}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function ConflictRow({
  conflict: { path, base, mine, theirs },
  chosen,
  onChoose,
}: {
  readonly conflict: Conflict
  readonly chosen: Side | null
  readonly onChoose: ((side: Side) => void) | null
}) {
  const { t } = useTranslation('edit')
  const name = formatPath(path)
  const shown = [
    ['base', base],
    ['mine', mine],
    ['theirs', theirs],
  ] as const
  return (
    <tr>
      <th scope="row">
        <code>{name}</code>
      </th>
      {shown.map(([column, value]) => (
        <td key={column} data-chosen={column === chosen}>
          <FieldValue value={inYaml(value)} absent={t('conflict.absent')} />
        </td>
      ))}
      {onChoose !== null && (
        <td className="conflict-choice">
          {sides.map(side => (
            <ToggleButton
              key={side}
              className="button button-small"
              aria-label={`${t(`conflict.keep.${side}`)}: ${name}`}
              isSelected={chosen === side}
              onChange={() => onChoose(side)}
            >
              {t(`conflict.keep.${side}`)}
            </ToggleButton>
          ))}
        </td>
      )}
    </tr>
  )
}

function sideAt(decisions: readonly Decision[], path: Decision['path']): Side | null {
  return decisions.find(decision => equalPath(decision.path, path))?.side ?? null
}

function decided(decisions: readonly Decision[], made: Decision): readonly Decision[] {
  return [...decisions.filter(({ path }) => !equalPath(path, made.path)), made]
}

function inYaml(value: Json | undefined): string | null {
  return value === undefined ? null : printYaml(value).trimEnd()
}
