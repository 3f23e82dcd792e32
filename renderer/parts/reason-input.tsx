import { useId } from 'react'

/** Why something is done, kept in the history with it. */
export function ReasonInput({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const field = useId()
  return (
    <div className="reason-input">
      <label htmlFor={field}>{label}</label>
      <input
        id={field}
        className="field"
        maxLength={2_000}
        value={value}
        onChange={event => onChange(event.target.value)}
      />
    </div>
  )
}
