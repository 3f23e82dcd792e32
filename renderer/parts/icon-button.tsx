import { Button, type ButtonProps, Tooltip, TooltipTrigger } from 'react-aria-components'
import { onMac, showKeys } from '../app/commands.ts'
import { Icon, type IconName } from './icon.tsx'

/** A button that is only a drawing: its label is its accessible name and, with its keys, its tooltip. */
export function IconButton({
  icon,
  label,
  keys,
  pressed,
  ...rest
}: Omit<ButtonProps, 'children' | 'className'> & {
  readonly icon: IconName
  readonly label: string
  readonly keys?: string
  /** For a button that switches something on and off. */
  readonly pressed?: boolean
}) {
  return (
    <TooltipTrigger delay={600} closeDelay={80}>
      <Button
        {...rest}
        className="icon-button"
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      >
        <Icon name={icon} filled={pressed === true} />
      </Button>
      <Tooltip className="tooltip" offset={6}>
        {label}
        {keys !== undefined && <kbd>{showKeys(keys, onMac)}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  )
}
