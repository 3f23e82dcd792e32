import { Label, Radio, RadioGroup, Text } from 'react-aria-components'

/** A setting with a few values, all of which are shown. */
export function SettingChoice<T extends string>({
  label,
  value,
  options,
  note,
  onChange,
}: {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [T, string])[]
  readonly note?: string
  readonly onChange: (value: T) => void
}) {
  function choose(chosen: string): void {
    const option = options.find(([one]) => one === chosen)
    if (option !== undefined) onChange(option[0])
  }
  return (
    <RadioGroup className="setting" value={value} onChange={choose} orientation="horizontal">
      <Label>{label}</Label>
      <div className="segments">
        {options.map(([one, name]) => (
          <Radio key={one} value={one} className="segment">
            {name}
          </Radio>
        ))}
      </div>
      {note !== undefined && (
        <Text slot="description" className="setting-note">
          {note}
        </Text>
      )}
    </RadioGroup>
  )
}
