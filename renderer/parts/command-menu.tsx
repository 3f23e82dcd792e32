import { Menu, MenuItem, type MenuProps } from 'react-aria-components'
import { type Command, onMac, showKeys } from '../app/commands.ts'

/** A menu of commands, with their keys. */
export function CommandMenu({
  label,
  commands,
  ...rest
}: Pick<MenuProps<object>, 'autoFocus' | 'onClose'> & {
  readonly label: string
  readonly commands: readonly Command[]
}) {
  return (
    <Menu {...rest} className="menu" aria-label={label}>
      {commands.map(command => (
        <CommandItem key={command.id} command={command} />
      ))}
    </Menu>
  )
}

/** A command as an entry of a menu. */
export function CommandItem({ command: { label, keys, enabled, run } }: { readonly command: Command }) {
  return (
    <MenuItem
      className="menu-item"
      textValue={label}
      isDisabled={!enabled}
      // The menu gives the focus back first.
      onAction={() => setTimeout(run)}
    >
      <span className="menu-label">{label}</span>
      {keys[0] !== undefined && <kbd>{showKeys(keys[0], onMac)}</kbd>}
    </MenuItem>
  )
}
