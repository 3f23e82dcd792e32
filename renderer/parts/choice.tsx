import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'

/** A choice of one among few, drawn as joined buttons. */
export function Choice({
  label,
  value,
  options,
  isDisabled = false,
  onValue,
}: {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly id: string; readonly name: string }[]
  readonly isDisabled?: boolean
  readonly onValue: (value: string) => void
}) {
  return (
    <ToggleButtonGroup
      className="switch"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      isDisabled={isDisabled}
      selectedKeys={[value]}
      onSelectionChange={keys => {
        for (const key of keys) onValue(String(key))
      }}
    >
      {options.map(({ id, name }) => (
        <ToggleButton key={id} id={id}>
          {name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
