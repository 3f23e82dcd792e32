import { useTranslation } from 'react-i18next'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { fieldAt } from '../../core/fields/open-fields.ts'
import type { IndexPath } from '../../core/path.ts'
import { fieldLabel } from './field-list.ts'

/** What can be said of a field that the schema does not name: what becomes of it, and what is known above it. */
export function UnknownField({
  root,
  path,
  onShow,
}: {
  readonly root: FieldSchema
  readonly path: IndexPath
  readonly onShow: (path: IndexPath) => void
}) {
  const { t } = useTranslation('explain')
  const depth = path.findLastIndex((_, index) => fieldAt(root, path.slice(0, index)) !== null)
  const holder = path.slice(0, Math.max(0, depth))
  const known = fieldAt(root, holder)
  const name = String(path[holder.length] ?? '')
  const why = known?.preserveUnknown ? 'preserved' : known?.struct ? 'refused' : 'silent'
  return (
    <article className="explain-doc" aria-label={t('documentation', { field: fieldLabel(path) })}>
      <header>
        <h3>{name}</h3>
      </header>
      <p>{t(`unknown.${why}`, { name, holder: fieldLabel(holder) || t('wholeObject') })}</p>
      <p>
        <button type="button" className="text-button" onClick={() => onShow(holder)}>
          {t('unknown.holder', { holder: fieldLabel(holder) || t('wholeObject') })}
        </button>
      </p>
    </article>
  )
}
