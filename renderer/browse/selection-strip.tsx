import { Button, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useAllCommands } from '../app/commands.ts'
import { CommandMenu } from '../parts/command-menu.tsx'
import { Icon } from '../parts/icon.tsx'

/** How many rows are chosen, and what can be done with them. It stands below the rows, so that none moves under the pointer. */
export function SelectionStrip({
  count,
  matched,
  onAll,
  onClear,
}: {
  readonly count: number
  readonly matched: number
  readonly onAll: () => void
  readonly onClear: () => void
}) {
  const { t } = useTranslation('list')
  const commands = useAllCommands().filter(({ id, enabled }) => id.startsWith('rows.') && enabled)
  const copies = commands.filter(({ id }) => id.startsWith('rows.copy.'))
  if (count === 0) return null
  return (
    <section className="selection-strip" aria-label={t('choose.title')}>
      <strong role="status">{t('choose.count', { count })}</strong>
      {count < matched && (
        <button type="button" className="text-button" onClick={onAll}>
          {t('choose.allMatching', { count: matched })}
        </button>
      )}
      <span className="selection-acts">
        <MenuTrigger>
          <Button className="button">
            {t('choose.copy')}
            <Icon name="chevron" />
          </Button>
          <Popover className="popover" placement="top end" offset={4}>
            <CommandMenu label={t('choose.copy')} commands={copies} />
          </Popover>
        </MenuTrigger>
        {commands
          .filter(command => !copies.includes(command))
          .map(command => (
            <Button key={command.id} className="button" onPress={command.run}>
              {command.label}
            </Button>
          ))}
        <Button className="button" onPress={onClear}>
          {t('choose.none')}
        </Button>
      </span>
    </section>
  )
}
