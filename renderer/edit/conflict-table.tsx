import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPath } from '../../core/path.ts'
import type { Conflict } from '../../core/problem.ts'
import { printYaml } from '../../core/yaml.ts'
import { FieldValue } from './field-value.tsx'

/** The places where both sides changed the same: what stood there, what the text says, and what is live. */
export function ConflictTable({ conflicts }: { readonly conflicts: readonly Conflict[] }) {
  const { t } = useTranslation('edit')
  const title = useId()
  const sides = ['base', 'mine', 'theirs'] as const
  return (
    <section className="conflicts" aria-labelledby={title}>
      <h3 id={title}>{t('conflict.title')}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('conflict.field')}</th>
            {sides.map(side => (
              <th key={side} scope="col">
                {t(`conflict.${side}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {conflicts.map(conflict => (
            <tr key={formatPath(conflict.path)}>
              <th scope="row">
                <code>{formatPath(conflict.path)}</code>
              </th>
              {sides.map(side => {
                const value = conflict[side]
                return (
                  <td key={side}>
                    <FieldValue
                      value={value === undefined ? null : printYaml(value).trimEnd()}
                      absent={t('conflict.absent')}
                    />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
