import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands.ts'
import type { EditWork } from '../edit/edit-work.ts'
import { Choice } from '../parts/choice.tsx'
import type { JsonState } from './json-view.ts'

/** Shows the text as YAML or as JSON, and says where the JSON holds what the draft has not. */
export function FormatSwitch({
  json,
  work,
  canShow,
  active,
}: {
  readonly json: JsonState
  readonly work: EditWork
  /** False where the text cannot be shown the other way now. */
  readonly canShow: boolean
  /** Whether the edit's text is on screen. */
  readonly active: boolean
}) {
  const { t } = useTranslation(['json', 'edit'])
  const { shown, problems } = json
  const toggle = () => void (shown ? work.json.close() : work.json.open())
  useCommands(
    active
      ? [
          {
            id: 'edit.format',
            label: t(shown ? 'showYaml' : 'showJson'),
            group: t('edit:commands.group'),
            enabled: canShow,
            keys: ['Alt+J'],
            run: toggle,
          },
        ]
      : [],
  )
  return (
    <span className="json-switch">
      <Choice
        label={t('format')}
        value={shown ? 'json' : 'yaml'}
        options={[
          { id: 'yaml', name: 'YAML' },
          { id: 'json', name: 'JSON' },
        ]}
        isDisabled={!canShow}
        onValue={value => (value === 'json') !== shown && toggle()}
      />
      <span role="status">
        {problems.length > 0 && (
          <span className="edit-state" data-state="away">
            {t('behind')}
          </span>
        )}
      </span>
    </span>
  )
}
