import { useTranslation } from 'react-i18next'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { fieldAt } from '../../core/fields/open-fields.ts'
import type { IndexPath } from '../../core/path.ts'
import { anyKey } from './field-words.ts'

/** The way to a field; each part leads to its own documentation. */
export function FieldPath({
  kind,
  root,
  path,
  onShow,
}: {
  readonly kind: string
  readonly root: FieldSchema
  readonly path: IndexPath
  readonly onShow: (path: IndexPath) => void
}) {
  const { t } = useTranslation('explain')
  const parts = [[], ...path.map((_, index) => path.slice(0, index + 1))]
  return (
    <nav className="explain-path" aria-label={t('path')}>
      <ol>
        {parts.map((part, index) => (
          <li key={part.length}>
            <button
              type="button"
              aria-current={index === parts.length - 1 ? 'location' : undefined}
              onClick={() => onShow(part)}
            >
              {part.length === 0 ? kind : partName(root, part)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function partName(root: FieldSchema, part: IndexPath): string {
  const step = part.at(-1) ?? ''
  if (typeof step === 'number') return step < 0 ? '[]' : `[${step}]`
  const holder = fieldAt(root, part.slice(0, -1))
  return step === anyKey && holder?.field(step) === null ? '{}' : step
}
