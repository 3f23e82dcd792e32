const tail = 16

/** A name that is cut in its middle where room is short: contexts named by a cloud differ only at their ends. */
export function LongName({
  name,
  className = '',
  title,
}: {
  readonly name: string
  readonly className?: string
  readonly title?: string | undefined
}) {
  if (name.length <= tail + 8) {
    return (
      <span className={className} title={title}>
        {name}
      </span>
    )
  }
  return (
    <span className={`long-name ${className}`} title={title ?? name}>
      <span>{name.slice(0, -tail)}</span>
      <span>{name.slice(-tail)}</span>
    </span>
  )
}
