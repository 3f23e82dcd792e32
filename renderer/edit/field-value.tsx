/** A field's value as short YAML, or the word for a field that is not there. */
export function FieldValue({ value, absent }: { readonly value: string | null; readonly absent: string }) {
  if (value === null) return <i className="absent">{absent}</i>
  return <code className="value">{value}</code>
}
