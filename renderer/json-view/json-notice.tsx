import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { EditWork } from '../edit/edit-work.ts'
import { Notice } from '../edit/notice.tsx'
import type { JsonState } from './json-view.ts'

/** Says, beside the YAML, that the JSON was left while it could not be read. Nothing is drawn otherwise. */
export function JsonNotice({ json, work }: { readonly json: JsonState; readonly work: EditWork }) {
  const { t } = useTranslation('json')
  if (json.shown || json.problems.length === 0) return null
  return (
    <Notice tone="warn" role="status" lead={t('left.lead')}>
      <p>{t('left.text')}</p>
      <div className="notice-ways">
        <Button className="button button-small" onPress={() => void work.json.open()}>
          {t('left.show')}
        </Button>
        <Button className="button button-small" onPress={work.json.drop}>
          {t('left.drop')}
        </Button>
      </div>
    </Notice>
  )
}
