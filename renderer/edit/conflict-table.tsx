import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Json } from '../../core/json.ts'
import { formatPath } from '../../core/path.ts'
import type { Conflict } from '../../core/problem.ts'
import { printYaml } from '../../core/yaml.ts'
import { FieldValue } from './field-value.tsx'

/** The places where both sides changed the same: what stood there, what the text says, and what is live. */
export function ConflictTable({ conflicts }: { readonly conflicts: readonly Conflict[] }) {
  const { t } = useTranslation('edit')
  const title = useId()
  const absent = t('conflict.absent')
  return (
    <section className="conflicts" aria-labelledby={title}>
      <h3 id={title}>{t('conflict.title')}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('conflict.field')}</th>
            <th scope="col">{t('conflict.base')}</th>
            <th scope="col">{t('conflict.mine')}</th>
            <th scope="col">{t('conflict.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map(({ path, base, mine, theirs }) => (
            <tr key={formatPath(path)}>
              <th scope="row">
                <code>{formatPath(path)}</code>
              </th>
              {[base, mine, theirs].map((side, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the three sides always stand in this order.
                <td key={index}>
                  <FieldValue value={inYaml(side)} absent={absent} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function inYaml(value: Json | undefined): string | null {
  return value === undefined ? null : printYaml(value).trimEnd()
}
