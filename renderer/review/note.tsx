import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ForeignChange } from '../../contract/edit.ts'
import { FieldValue } from '../edit/field-value.tsx'

/** One thing that the person should know before Submit: a region under its title. */
export function Note({
  title,
  tone,
  children,
}: {
  readonly title: string
  readonly tone: 'warn' | 'info'
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <section className={`review-block note ${tone}`} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  )
}

/** What others changed: which field, from what to what, and who it was. */
export function ForeignChanges({ changes }: { readonly changes: readonly ForeignChange[] }) {
  const { t } = useTranslation('review')
  return (
    <ul className="foreign">
      {changes.map(({ path, before, after, manager }) => (
        <li key={path}>
          <code>{path}</code> <FieldValue value={before} absent={t('fates.absent')} /> →{' '}
          <FieldValue value={after} absent={t('fates.absent')} />{' '}
          <small>{t('others.by', { who: manager ?? t('others.unknownWriter') })}</small>
        </li>
      ))}
    </ul>
  )
}
