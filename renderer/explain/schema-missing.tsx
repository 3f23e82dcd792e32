import { useTranslation } from 'react-i18next'
import { ProblemText } from '../parts/problem-text.tsx'
import type { EditSchema } from '../schema/edit-schema.ts'

/** Why nothing can be explained. */
export function SchemaMissing({ schema }: { readonly schema: Exclude<EditSchema, { kind: 'known' }> }) {
  const { t } = useTranslation('explain')
  if (schema.kind === 'failed') {
    return (
      <div className="side-message">
        <ProblemText problem={schema.problem} />
      </div>
    )
  }
  return (
    <p className="side-message" role="status">
      {t(schema.kind === 'asking' ? 'asking' : 'noSchema')}
    </p>
  )
}
