import { useTranslation } from 'react-i18next'
import type { Choice } from '../../core/merge.ts'
import { isList } from '../../core/object.ts'
import { formatPath } from '../../core/path.ts'
import type { Conflict } from '../../core/problem.ts'
import { printYaml } from '../../core/yaml.ts'
import { FieldValue } from '../edit/field-value.tsx'
import type { FragmentChoices } from './fragment-task.ts'

/** Where the object and the fragment say different things: what is there stays unless the person says otherwise. */
export function FragmentConflicts({
  conflicts,
  choices,
  onChoose,
}: {
  readonly conflicts: readonly Conflict[]
  readonly choices: FragmentChoices
  readonly onChoose: (path: string, choice: Choice) => void
}) {
  const { t } = useTranslation('fragment')
  return (
    <section className="fragment-conflicts" aria-label={t('conflicts')}>
      <h3>{t('conflicts')}</h3>
      {conflicts.map(conflict => {
        const path = formatPath(conflict.path)
        const ways = isList(conflict.mine) && isList(conflict.theirs) ? three : two
        return (
          <fieldset key={path} className="fragment-conflict">
            <legend>
              <code>{path}</code>
            </legend>
            {ways.map(way => (
              <label key={way} className="fragment-item">
                <input
                  type="radio"
                  name={path}
                  checked={(choices[path] ?? 'theirs') === way}
                  onChange={() => onChoose(path, way)}
                />
                <span>
                  {t(`take.${way}`)} {way !== 'both' && <Value value={conflict[way]} />}
                </span>
              </label>
            ))}
          </fieldset>
        )
      })}
    </section>
  )
}

// The fragment is what comes in: `mine`; what is there are `theirs`.
const two = ['theirs', 'mine'] as const
const three = ['theirs', 'mine', 'both'] as const

function Value({ value }: { readonly value: Conflict['mine'] }) {
  const { t } = useTranslation('fragment')
  return <FieldValue value={value === undefined ? null : printYaml(value).trimEnd()} absent={t('absent')} />
}
