import { useTranslation } from 'react-i18next'
import { PanelDialog } from '../parts/panel-dialog.tsx'
import { useVimShortcuts } from '../text/vim-shortcuts.ts'
import { type Command, onMac, showKeys, useAllCommands } from './commands.ts'

/** All keys that do something now, by group. */
export function ShortcutsDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('app')
  const commands = useAllCommands().filter(command => command.keys.length > 0)
  const fixed: readonly Command[] = open
    ? [
        ['Enter', t('shortcuts.openRow')],
        ['*', t('shortcuts.favourite')],
        ['I', t('shortcuts.kindAbout')],
        ['Alt+ArrowDown', t('shortcuts.kindMove')],
        ['Escape', t('shortcuts.escape')],
      ].map(([keys = '', label = '']) => ({
        id: keys,
        label,
        group: t('groups.everywhere'),
        enabled: true,
        run: () => undefined,
        keys: [keys],
      }))
    : []
  const vim = useVimShortcuts()
  const groups = Map.groupBy([...commands, ...fixed, ...(open ? vim : [])], command => command.group)
  return (
    <PanelDialog title={t('shortcuts.title')} open={open} onClose={onClose}>
      <div className="shortcuts">
        {[...groups].map(([group, inGroup]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {inGroup.map(command => (
                <div key={command.id} className="shortcut" data-off={!command.enabled || undefined}>
                  <dt>{command.label}</dt>
                  <dd>
                    {command.keys.map(keys => (
                      <kbd key={keys}>{showKeys(keys, onMac)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </PanelDialog>
  )
}
