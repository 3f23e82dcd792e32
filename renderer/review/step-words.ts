import { useTranslation } from 'react-i18next'
import type { StepFields, StepTarget } from '../../contract/steps.ts'

/** What steps of an edit are called, and the fields that they change, in a line. */
export function useStepWords() {
  const { t } = useTranslation('steps')
  return {
    name: ({ subresource }: StepTarget): string => subresource ?? t('object'),
    fields: ({ paths, changed }: StepFields): string =>
      paths.length < changed
        ? t('fieldsMore', { paths: [...paths], count: changed - paths.length })
        : t('fields', { paths: [...paths] }),
  }
}
