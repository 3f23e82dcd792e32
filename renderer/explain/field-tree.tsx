import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldSchema } from '../../core/fields/field-schema.ts'
import { type IndexPath, pathKey } from '../../core/path.ts'
import { type TreeRow, VirtualTree } from '../edit/side/virtual-tree.tsx'
import { firstSentence } from './description.ts'
import type { TextBeside } from './explain-view.tsx'
import { insideOf, typeWords } from './field-words.ts'

type FieldRow = TreeRow & {
  readonly path: IndexPath
  readonly name: string
  readonly field: FieldSchema
  readonly required: boolean
}

/** The fields below a field, as deep as they are opened. Enter puts one into the text, or goes to it there. */
export function FieldTree({
  path,
  field,
  text,
  onShow,
}: {
  readonly path: IndexPath
  readonly field: FieldSchema
  readonly text: TextBeside | null
  readonly onShow: (path: IndexPath) => void
}) {
  const { t } = useTranslation('explain')
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const [active, setActive] = useState<string | null>(null)
  const rows = useMemo(() => rowsBelow(field, path, opened, 1), [field, path, opened])
  if (rows.length === 0) return null
  const toggle = (row: FieldRow) => {
    const next = new Set(opened)
    if (!next.delete(row.id)) next.add(row.id)
    setOpened(next)
    setActive(row.id)
  }
  return (
    <section className="explain-fields" aria-label={t('fields')}>
      <h4>
        {t('fields')}
        <small>{t(text === null ? 'keysAlone' : text.insert === null ? 'keysReading' : 'keys')}</small>
      </h4>
      <VirtualTree
        label={t('fields')}
        rows={rows}
        active={active ?? rows[0]?.id ?? null}
        onActive={row => setActive(row.id)}
        onToggle={toggle}
        onPick={row => onShow(row.path)}
        onRun={row => {
          if (text?.has(row.path)) text.goTo(row.path, true)
          else if (text?.insert?.(row.path) !== true) onShow(row.path)
        }}
        nameOf={row => nameOf(row, text?.has(row.path) ? t('inText') : '', row.required ? t('required') : '')}
      >
        {row => (
          <>
            <span className="explain-name" data-there={text?.has(row.path) || undefined}>
              {row.name}
            </span>
            {row.required && (
              <span className="explain-required" title={t('required')}>
                *
              </span>
            )}
            <code className="explain-row-type">{typeWords(row.field)}</code>
            <span className="row-value">{firstSentence(row.field.description)}</span>
          </>
        )}
      </VirtualTree>
    </section>
  )
}

function nameOf({ name, field }: FieldRow, ...marks: readonly string[]): string {
  return [name, typeWords(field), ...marks].filter(Boolean).join(', ')
}

// Only rows that somebody opened have rows below them: a schema that holds itself ends.
function rowsBelow(
  field: FieldSchema,
  path: IndexPath,
  opened: ReadonlySet<string>,
  level: number,
): readonly FieldRow[] {
  const { step, field: shape } = insideOf(field)
  const from = step === null ? path : [...path, step]
  if (step !== null && !shape.struct) return hasFields(shape) ? rowsBelow(shape, from, opened, level) : []
  return shape.names().flatMap(name => {
    const below = shape.field(name)
    if (below === null) return []
    const own = [...from, name]
    const id = pathKey(own)
    const open = hasFields(below) ? opened.has(id) : null
    const row: FieldRow = { id, level, open, path: own, name, field: below, required: shape.required.includes(name) }
    return open === true ? [row, ...rowsBelow(below, own, opened, level + 1)] : [row]
  })
}

// A list of itself has no end.
const deepest = 6

function hasFields(field: FieldSchema, depth = 0): boolean {
  const { step, field: shape } = insideOf(field)
  return shape.names().length > 0 || (step !== null && depth < deepest && hasFields(shape, depth + 1))
}
